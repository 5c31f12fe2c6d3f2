"""Who looked (domain rule 21): noted where a case's words are made, written before they leave.

Whatever makes the words of a case for output takes the case through `noted`; whoever answers
requests collects within `noting` and calls `write` before the answer leaves. Outside a request
nothing is collected, because nothing leaves.
"""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

from accounts.models import User
from accounts.permissions import held_by
from cases.choices import Business, Medium
from cases.models import Case, CaseAccess, CaseView
from cases.models.case import LISTS_ALL, SEES_ALL, SEES_UNIT

_collected: ContextVar[set[int] | None] = ContextVar("cases_collected", default=None)

UNIT_ROLES: frozenset[str] = frozenset(SEES_UNIT)
DUTY_ROLES: frozenset[str] = frozenset((*SEES_ALL, *LISTS_ALL))

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
    """One row a case by one statement, after three that read what the person has to do with them.

    `cases` are keys. Repeated looks each write. Takes no lock, least of all the head of history.
    """
    moment = now or timezone.now()
    medium = MEDIA.get(content_type.partition(";")[0], Medium.OTHER)
    rows = [
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
    ]
    if len(rows) == 1:
        # Without the transaction of a bulk: two statements fewer on every page about one case.
        rows[0].save(force_insert=True)
    else:
        CaseView.objects.bulk_create(rows)


def _with_business(cases: Collection[int], user: User) -> list[tuple[int, Business]]:
    """Each case's key with what the person has to do with it now.

    Three plain statements, because composing one that decides takes longer than they do.
    """
    access = CaseAccess.objects.filter(user=user, case__in=cases, until_at__isnull=True)
    assigned = set(access.values_list("case_id", flat=True))
    held = held_by(user)
    found = Case.objects.filter(pk__in=cases).order_by("pk")
    return [
        (key, Business.ASSIGNED if key in assigned else _by_role(held, path, restricted_at))
        for key, path, restricted_at in found.values_list("pk", "team__path", "restricted_at")
    ]


def _by_role(
    held: list[tuple[str, str]], path: str, restricted_at: datetime.datetime | None
) -> Business:
    """What the roles held above a case's team make of it; a unit alone opens no restricted one."""
    roles = {role for role, unit in held if path.startswith(unit)}
    if roles & UNIT_ROLES and restricted_at is None:
        return Business.UNIT
    return Business.DUTY if roles & DUTY_ROLES else Business.NONE
