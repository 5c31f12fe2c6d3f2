"""The open month of a unit at a glance, and whose audits are still out (domain rules 1 and 2)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.choices import ManagerLevel, Role
from accounts.models import Unit, User
from accounts.permissions import reach
from audits.models import AuditSettings, Round
from kit.months import add_months, london_day, long_date
from kit.working_days import add_working_days, working_days_between
from moderation.domain.queries import still_blind
from reporting.domain.counting.returns import count_by, return_counts
from reporting.domain.figures import Period, ReturnCounts
from reporting.domain.ledger import Ledger, open_ledger

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Outstanding:
    """Scheduled audits of a service not returned, by their auditors' level of management."""

    service: str
    level: str
    outstanding: int
    past_date: int


@dataclass(frozen=True)
class OpenMonth:
    """A month's audits of a unit at a moment; `closes` says when its returns close."""

    unit: str
    month: datetime.date
    counts: ReturnCounts
    closes: str
    chase: tuple[Outstanding, ...]
    hidden: int

    @property
    def on_time(self) -> int:
        return self.counts.returned - self.counts.late


def home_units(user: User, *roles: Role) -> list[Unit]:
    """The units at which the person holds one of the roles, without those under another."""
    found: list[Unit] = []
    for unit in Unit.objects.filter(reach(user, *roles, field="")).order_by("path"):
        if not any(unit.path.startswith(above.path) for above in found):
            found.append(unit)
    return found


def newest_round(*, now: datetime.datetime) -> Round | None:
    """The newest round in the monthly figures that has opened."""
    rounds = Round.objects.filter(in_ledger=True, opens_on__lte=london_day(now), created_at__lt=now)
    return rounds.order_by("-month", "-pk").first()


def month_ledger(unit: Unit, month: datetime.date, *, user: User, now: datetime.datetime) -> Ledger:
    """The month's audits of the unit without those this person still has to moderate blind."""
    opened = open_ledger(Period(month, month), scope=unit, as_at=now)
    return opened.leaving_out(still_blind(user))


def open_month(ledger: Ledger, held: Round) -> OpenMonth:
    """The month of a round as the ledger has it: one query, and one for the settings."""
    rows = list(count_by(ledger, "service__name", "auditor_level"))
    return OpenMonth(
        unit=ledger.scope.name,
        month=held.month,
        counts=return_counts(rows),
        closes=_closes(held, ledger.today),
        chase=tuple(_chase(rows)),
        hidden=len(ledger.left_out),
    )


def _chase(rows: Iterable[Row]) -> Iterable[Outstanding]:
    """Where most is past its date first."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["service__name"], row["auditor_level"]].append(row)
    counted = [(key, return_counts(held)) for key, held in groups.items()]
    found = [
        Outstanding(service, str(ManagerLevel(level).label), counts.not_returned, counts.overdue)
        for (service, level), counts in counted
        if counts.not_returned
    ]
    return sorted(found, key=lambda row: (-row.past_date, -row.outstanding, row.service, row.level))


def _closes(held: Round, today: datetime.date) -> str:
    """ "Returns close on 8 December 2023, in 3 working days."; once closed, the day."""
    if held.returns_closed_at:
        return f"Returns were closed on {long_date(held.returns_closed_at)}."
    last = add_months(held.month, 1) - datetime.timedelta(days=1)
    day = add_working_days(last, AuditSettings.objects.in_use().returns_close_days)
    if today > day:
        return f"Returns were to close on {long_date(day)} and are open still."
    if today == day:
        return f"Returns close today, {long_date(day)}."
    left = working_days_between(today, day)
    days = "1 working day" if left == 1 else f"{left} working days"
    return f"Returns close on {long_date(day)}, in {days}."
