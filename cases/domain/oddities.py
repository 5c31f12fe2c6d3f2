"""What looks odd among looks: for a person to ask about, never proof of anything.

The program holds no child's or relative's name and nobody's address, so that it cannot see whether
somebody looked up a relative or a neighbour. Surnames are compared with the only names that it
holds for a case: those of its workers.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.domain import history
from accounts.domain.units import authority
from accounts.models import User
from accounts.permissions import check_settings_change
from cases.choices import Business
from cases.domain.looking import Mark, mark_of
from cases.models import Case, CaseView, ViewingSettings, Worker
from cases.models.look import CaseViewQuerySet

MOST = 50


@dataclass(frozen=True)
class OddCase:
    """Somebody's looks at one case: how often, and when last. `why` names what is odd, if named."""

    person: User
    mark: Mark
    times: int
    last_at: datetime.datetime
    why: str = ""


@dataclass(frozen=True)
class OddDay:
    """A day on which somebody looked at many: children opened one by one, and children in all."""

    person: User
    day: datetime.date
    opened: int
    all: int


@dataclass(frozen=True)
class Oddities:
    """What looks odd since a day, the newest `MOST` of each kind."""

    settings: ViewingSettings
    since: datetime.datetime
    without_business: list[OddCase]
    same_surname: list[OddCase]
    many: list[OddDay]


def oddities(user: User, *, now: datetime.datetime | None = None) -> Oddities:
    """Of the looks that this person may read."""
    settings = ViewingSettings.objects.in_use()
    since = (now or timezone.now()) - datetime.timedelta(days=settings.days)
    views = CaseView.objects.visible_to(user).filter(at__gte=since)
    return Oddities(
        settings=settings,
        since=since,
        without_business=_odd_cases(views.filter(business=Business.NONE)),
        same_surname=_same_surname(views),
        many=_many(views, settings),
    )


@transaction.atomic
def set_thresholds(
    *,
    days: int,
    opened_a_day: int,
    listed_a_day: int,
    by: User,
    now: datetime.datetime | None = None,
) -> ViewingSettings:
    """Change what counts as odd. Raises Refused ("settings_change_not_yours")."""
    check_settings_change(by)
    ViewingSettings.objects.get_or_create(pk=1)
    held = ViewingSettings.objects.select_for_update().get(pk=1)
    held.days, held.opened_a_day, held.listed_a_day = days, opened_a_day, listed_a_day
    held.save()
    history.record(
        "viewing_thresholds_set",
        subject=authority(),
        by=by,
        at=now,
        days=days,
        opened_a_day=opened_a_day,
        listed_a_day=listed_a_day,
    )
    return held


def surname(name: str) -> str:
    """The last word of a name, small: "Ann O'Hara (senior)" has none that compares."""
    words = name.split()
    return words[-1].casefold() if len(words) > 1 else ""


def _odd_cases(views: CaseViewQuerySet, why: str = "") -> list[OddCase]:
    """Person and case, the last looked at first."""
    rows: Any = views.values("user", "case").annotate(times=Count("pk"), last=Max("at"))
    found = list(rows.order_by("-last")[:MOST])
    people = User.objects.in_bulk(row["user"] for row in found)
    cases = Case.objects.only("public_id").in_bulk(row["case"] for row in found)
    return [
        OddCase(people[row["user"]], mark_of(cases[row["case"]]), row["times"], row["last"], why)
        for row in found
    ]


def _same_surname(views: CaseViewQuerySet) -> list[OddCase]:
    """Looks by somebody with the surname of another person who is or was the case's worker."""
    workers = _by_surname(Worker.objects.all())
    looked = User.objects.people().filter(pk__in=views.values("user"))
    found = []
    for person in looked:
        others = [row for row in workers[surname(person.name)] if row.user_id != person.pk]
        if others:
            theirs = views.filter(user=person, case__allocations__worker__in=others).distinct()
            keys = views.filter(pk__in=theirs.values("pk"))
            found += _odd_cases(keys, why=f"A worker of the case is {_named(others)}")
    return sorted(found, key=lambda odd: odd.last_at, reverse=True)[:MOST]


def _by_surname(workers: Iterable[Worker]) -> dict[str, list[Worker]]:
    by_surname: dict[str, list[Worker]] = defaultdict(list)
    for worker in workers:
        if surname(worker.name):
            by_surname[surname(worker.name)].append(worker)
    return by_surname


def _named(workers: Iterable[Worker]) -> str:
    return " or ".join(sorted({worker.name for worker in workers}))


def _many(views: CaseViewQuerySet, settings: ViewingSettings) -> list[OddDay]:
    alone = Count("case", distinct=True, filter=Q(together=1))
    days: Any = (
        views.annotate(day=TruncDate("at"))
        .values("user", "day")
        .annotate(opened=alone, all=Count("case", distinct=True))
        .filter(Q(opened__gt=settings.opened_a_day) | Q(all__gt=settings.listed_a_day))
    )
    found = list(days.order_by("-day", "user")[:MOST])
    people = User.objects.in_bulk(row["user"] for row in found)
    return [OddDay(people[row["user"]], row["day"], row["opened"], row["all"]) for row in found]
