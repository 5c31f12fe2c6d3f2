"""What was asked about audits: requests that wait for a decision, and the answers that came."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import reach
from audits.domain import asked
from audits.models import Audit, Exemption, Extension
from cases.domain.strip import CaseStrip, strips_of
from kit.months import london_day, long_date
from kit.working_days import add_working_days

MOST = 10
"""Decisions that a page lists; the count says how many there are."""

TOLD_FOR = 10
"""Working days for which a start page tells an answer. Ours; no source."""

MANAGERS = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER)


@dataclass(frozen=True)
class Asked:
    """An exemption or a later date that somebody asked for.

    `may_decide` says whether the reader decides it; `is_extension` which page that is on.
    """

    public_id: UUID
    is_extension: bool
    may_decide: bool
    what: str
    reason: str
    team: str
    asked_by: str
    asked_on: str


@dataclass(frozen=True)
class Decisions:
    """Requests nobody has decided; `rows` are the oldest."""

    count: int
    rows: tuple[Asked, ...]


@dataclass(frozen=True)
class Told:
    """A request of mine with its answer."""

    public_id: UUID
    strip: CaseStrip
    what: str
    answer: str


@dataclass(frozen=True)
class RequestWork:
    """Requests for more time that a team's managers decide, beside their own audits."""

    kind: ClassVar[str] = "requests"
    heading: ClassVar[str] = "Requests for you to decide"
    urgency: ClassVar[int] = 2

    rows: tuple[Asked, ...]


def decisions(known: QuerySet[Audit], *, user: User) -> Decisions:
    """Exemptions and later dates asked for, of these audits, the oldest first."""
    exemptions = asked.exemptions_waiting(Exemption.objects.filter(audit__in=known))
    extensions = asked.extensions_waiting(Extension.objects.filter(audit__in=known))
    rows = [*_first(exemptions), *_first(extensions)]
    rows.sort(key=lambda row: row.requested_at)
    return Decisions(
        count=exemptions.count() + extensions.count(),
        rows=tuple(_asked(rows[:MOST], user)),
    )


def request_work(user: User) -> RequestWork | None:
    """More time that this team or service manager may give; None when nobody asks for any."""
    mine = reach(user, *MANAGERS, field="audit__team")
    found = asked.extensions_waiting(Extension.objects.visible_to(user).filter(mine))
    rows = tuple(row for row in _asked(_first(found), user) if row.may_decide)
    return RequestWork(rows) if rows else None


def told(user: User, *, now: datetime.datetime) -> tuple[Told, ...]:
    """The answers of the last ten working days to what this person asked, the newest first."""
    since = now - (london_day(now) - add_working_days(london_day(now), -TOLD_FOR))
    rows = asked.answered(user, since=since)
    strips = strips_of([row.audit.case for row in rows], on=london_day(now))
    return tuple(
        Told(
            public_id=row.audit.public_id,
            strip=strips[row.audit.case.pk],
            what=asked.what_of(row),
            answer=asked.answer_of(row),
        )
        for row in rows
    )


def _first(rows: "QuerySet[Exemption] | QuerySet[Extension]") -> list[asked.Request]:
    along = rows.select_related("audit__team", "requested_by")
    if rows.model is Extension:
        along = along.prefetch_related("audit__extensions")
    return list(along.order_by("requested_at", "pk")[:MOST])


def _asked(rows: list[asked.Request], user: User) -> Iterator[Asked]:
    short_days = asked.short_extension() if rows else 0
    for row in rows:
        yield Asked(
            public_id=row.public_id,
            is_extension=isinstance(row, Extension),
            may_decide=asked.may_decide(user, row, short_days=short_days),
            what=asked.what_of(row),
            reason=str(row.get_reason_display()),
            team=row.audit.team.name,
            asked_by=str(row.requested_by),
            asked_on=long_date(row.requested_at),
        )
