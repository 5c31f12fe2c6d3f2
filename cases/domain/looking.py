"""Reading who looked: by case, by person, one's own, and what looks odd (domain rule 21).

No case's words are read here: a case is its study number, so that reading about looks is no look.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, QuerySet

from accounts.models import User
from cases.choices import Medium
from cases.domain.pseudonyms import study_number
from cases.domain.routes import route_words
from cases.models import Case, CaseView
from cases.models.look import CaseViewQuerySet
from cases.permissions import can_history_case_views, check_history_case_views
from kit.exceptions import NotPossible


@dataclass(frozen=True)
class Mark:
    """A case as pages about looks name it."""

    public_id: uuid.UUID
    number: str


@dataclass(frozen=True)
class Look:
    """One case in one response, or (with `mark` None) all cases of a response together."""

    at: datetime.datetime
    person: User | None
    mark: Mark | None
    page: str
    medium: str
    business: str
    together: int


def mark_of(case: Case) -> Mark:
    return Mark(case.public_id, study_number(case))


def find_case(reference: str, *, by: User) -> Mark:
    """The case with exactly this reference, whatever its letters' case.

    Raises Refused ("history_case_views_not_yours") and NotPossible ("no_such_case").
    """
    check_history_case_views(by)
    case = Case.objects.filter(reference__iexact=reference.strip()).only("public_id").first()
    if case is None:
        raise NotPossible(
            "no_such_case",
            "No case has this reference. Check it against the case system and search again.",
        )
    return mark_of(case)


def marked(public_id: uuid.UUID, *, by: User) -> Mark | None:
    """The case with this public id; None without one, and for who may not read its looks."""
    if not can_history_case_views(by):
        return None
    case = Case.objects.filter(public_id=public_id).only("public_id").first()
    return mark_of(case) if case else None


def lookers(user: User) -> QuerySet[User]:
    """Everybody whose looks this person may read, by name; they read their own elsewhere."""
    people = User.objects.people() if can_history_case_views(user) else User.objects.none()
    return people.order_by("name", "pk")


def of_case(mark: Mark, *, by: User) -> CaseViewQuerySet:
    """Looks at a case, the newest first."""
    seen = CaseView.objects.visible_to(by).filter(case__public_id=mark.public_id)
    return seen.order_by("-at", "-pk")


def responses_to(person: User, *, by: User) -> QuerySet[CaseView, Any]:
    """What a person looked at, a row a response, the newest first; `one` is a case of it."""
    seen = CaseView.objects.visible_to(by).filter(user=person)
    grouped = seen.values("at", "route", "medium", "together").order_by("-at", "route")
    return grouped.annotate(one=Min("case"), least=Min("business"), most=Max("business"))


def cases_of_response(person: User, moment: datetime.datetime, *, by: User) -> CaseViewQuerySet:
    """The cases of what was sent to a person at a moment."""
    seen = CaseView.objects.visible_to(by).filter(user=person, at=moment)
    return seen.order_by("pk")


def has_looked(
    user: User,
    case: Case,
    *,
    routes: Collection[str],
    since: datetime.datetime,
    until: datetime.datetime | None = None,
) -> bool:
    """Whether one of these addresses carried the case to this person, from a moment to a moment.

    For rules about what somebody knows: what was written before the page left tells it.
    """
    seen = CaseView.objects.filter(user=user, case=case, route__in=routes, at__gte=since)
    return (seen.filter(at__lt=until) if until else seen).exists()


def looks(rows: Iterable[CaseView]) -> list[Look]:
    """The rows of `with_case`."""
    return [
        Look(
            at=row.at,
            person=row.user,
            mark=mark_of(row.case),
            page=route_words(row.route),
            medium=str(row.get_medium_display()),
            business=str(row.get_business_display()),
            together=row.together,
        )
        for row in rows
    ]


def together(rows: Iterable[dict[str, Any]]) -> list[Look]:
    """Responses; the case is named where there was one alone. One statement for all of them."""
    found = list(rows)
    alone = [row["one"] for row in found if row["together"] == 1]
    cases = Case.objects.only("public_id").in_bulk(alone)
    return [
        Look(
            at=row["at"],
            person=None,
            mark=mark_of(cases[row["one"]]) if row["together"] == 1 else None,
            page=route_words(row["route"]),
            medium=str(Medium(row["medium"]).label),
            business=_business(row),
            together=row["together"],
        )
        for row in found
    ]


def with_case(rows: CaseViewQuerySet) -> CaseViewQuerySet:
    """The rows with who looked and the case's public id, and nothing else of the case."""
    return rows.select_related("user", "case").only(
        *(field.attname for field in CaseView._meta.concrete_fields),
        *("user__name", "user__post", "user__public_id", "case__public_id"),
    )


def _business(row: dict[str, Any]) -> str:
    if row["least"] != row["most"]:
        return "Differs"
    return str(CaseView(business=row["least"]).get_business_display())
