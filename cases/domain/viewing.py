"""Who looked (domain rule 21): noted where a case's words are made, written before they leave.

Whatever makes the words of a case for output takes the case through `noted`; whoever answers
requests collects within `noting` and calls `write` before the answer leaves. Outside a request
nothing is collected, because nothing leaves.
"""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Case as Choice
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.permissions import grants
from cases.choices import Business, Medium
from cases.models import Case, CaseAccess, CaseView
from cases.models.case import LISTS_ALL, SEES_ALL, SEES_UNIT

_collected: ContextVar[set[int] | None] = ContextVar("cases_collected", default=None)

MEDIA = {
    "text/html": Medium.PAGE,
    "text/csv": Medium.CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Medium.XLSX,
    "application/pdf": Medium.PDF,
}


@contextmanager
def noting() -> Iterator[set[int]]:
    """Collect the keys of the cases that are noted within the block."""
    collected: set[int] = set()
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


def noted(case: Case) -> Case:
    """The same case, noted as one whose words are about to be shown."""
    collected = _collected.get()
    if collected is not None:
        collected.add(case.pk)
    return case


def forget() -> None:
    """Nothing noted so far leaves: a refusal or an error takes the page's place."""
    collected = _collected.get()
    if collected is not None:
        collected.clear()


def write(
    cases: Collection[int],
    *,
    by: User,
    route: str,
    content_type: str,
    now: datetime.datetime | None = None,
) -> None:
    """One row a case, by one statement that reads and one that writes.

    `cases` are keys. Repeated looks each write. Takes no lock, least of all the head of history.
    """
    moment = now or timezone.now()
    medium = MEDIA.get(content_type.partition(";")[0], Medium.OTHER)
    CaseView.objects.bulk_create(
        CaseView(
            user=by,
            case_id=key,
            route=route,
            medium=medium,
            together=len(cases),
            business=business,
            at=moment,
        )
        for key, business in _with_business(cases, by)
    )


def _with_business(cases: Collection[int], user: User) -> QuerySet[Case, tuple[int, str]]:
    """Each case's key with what the person has to do with it now."""
    access = CaseAccess.objects.filter(user=user, case=OuterRef("pk"), until_at__isnull=True)
    duty = _reaching(grants(user, *SEES_ALL, *LISTS_ALL))
    business = Choice(
        When(Exists(access), then=Value(Business.ASSIGNED)),
        When(
            Q(restricted_at__isnull=True) & Exists(_reaching(grants(user, *SEES_UNIT))),
            then=Value(Business.UNIT),
        ),
        When(Exists(duty), then=Value(Business.DUTY)),
        default=Value(Business.NONE),
        output_field=CharField(),
    )
    found = Case.objects.filter(pk__in=cases).annotate(business=business)
    return found.order_by("pk").values_list("pk", "business")


def _reaching(held: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
    """Those of the grants that reach the case's team."""
    path = ExpressionWrapper(OuterRef("team__path"), output_field=CharField())
    return held.alias(team_path=path).filter(team_path__startswith=F("unit__path"))
