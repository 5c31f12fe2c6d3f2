"""Sealing looks: each day's rows counted and hashed into the chain of history.

Looks are not chained, because a page that only shows something never waits for the chain's head.
Triggers refuse to change them; the seal finds what was done where the triggers were taken away:
rows of sealed days that are changed, missing or too many. Rows of today are not sealed yet.
"""

import datetime
import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.domain import history
from accounts.domain.people import system_user
from accounts.models import HistoryEntry, Unit
from cases.models import CaseView
from cases.models.look import CaseViewQuerySet
from kit.months import LONDON, london_day, long_date

SETTLING = datetime.timedelta(hours=1)
"""How long after midnight a day's last requests are surely written."""

FIELDS = ("pk", "user", "case", "route", "medium", "together", "business", "at")
ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def seal_owed(*, now: datetime.datetime | None = None) -> HistoryEntry | None:
    """Seal the days that are over and not sealed yet, as one entry; None when none is owed."""
    moment = now or timezone.now()
    root = Unit.objects.select_for_update().filter(parent__isnull=True).order_by("pk").first()
    from_on = _next_day()
    until_on = london_day(moment - SETTLING) - ONE_DAY
    if root is None or from_on is None or from_on > until_on:
        return None
    rows, sha256 = digest(from_on, until_on)
    return history.record(
        "views_sealed",
        subject=root,
        by=system_user(),
        at=moment,
        from_on=from_on,
        until_on=until_on,
        rows=rows,
        sha256=sha256,
    )


def verify() -> list[str]:
    """Every seal that its rows do not fit, in words; empty when all do."""
    return [finding for seal in _seals() for finding in _findings(seal)]


def digest(from_on: datetime.date, until_on: datetime.date) -> tuple[int, str]:
    """How many looks these days have, both included, and the SHA-256 over all of them."""
    made, count = hashlib.sha256(), 0
    for row in _rows(from_on, until_on).values_list(*FIELDS).iterator(chunk_size=2000):
        *fields, at = row
        moment = at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        made.update("|".join([*map(str, fields), moment]).encode() + b"\n")
        count += 1
    return count, made.hexdigest()


def _rows(from_on: datetime.date, until_on: datetime.date) -> CaseViewQuerySet:
    began = datetime.datetime.combine(from_on, datetime.time(), tzinfo=LONDON)
    ended = datetime.datetime.combine(until_on + ONE_DAY, datetime.time(), tzinfo=LONDON)
    return CaseView.objects.filter(at__gte=began, at__lt=ended).order_by("pk")


def _next_day() -> datetime.date | None:
    """The first day that is not sealed; None as long as nobody has looked at anything."""
    last = _seals().last()
    if last:
        return datetime.date.fromisoformat(last.facts["until_on"]) + ONE_DAY
    first = CaseView.objects.order_by("at").first()
    return london_day(first.at) if first else None


def _seals() -> QuerySet[HistoryEntry]:
    roots = Unit.objects.filter(parent__isnull=True).values("public_id")
    kind = Unit._meta.label_lower
    return HistoryEntry.objects.filter(
        subject_kind=kind, subject_id__in=roots, verb="views_sealed"
    ).order_by("position")


def _findings(seal: HistoryEntry) -> Iterator[str]:
    days = [datetime.date.fromisoformat(seal.facts[name]) for name in ("from_on", "until_on")]
    rows, sha256 = digest(*days)
    between = f"{long_date(days[0])} to {long_date(days[1])}"
    if rows != seal.facts["rows"]:
        sealed = seal.facts["rows"]
        yield f"Looks of {between}: {sealed} were sealed, and there are {rows}."
    elif sha256 != seal.facts["sha256"]:
        yield f"Looks of {between} were changed after they were sealed."
