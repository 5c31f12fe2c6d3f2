"""Returns: planned, exempted, scheduled and returned audits (domain rules 1 and 2)."""

import datetime
from dataclasses import dataclass

from kit.shares import Share


@dataclass(frozen=True)
class ReturnCounts:
    """Audits of one row of a return table, as at the report's moment.

    `overdue` are scheduled, not returned and past their due date; `extended` are not returned
    and not yet due because of an extension; `late` came back after the due date, judged by the
    first return.
    """

    planned: int = 0
    exempted: int = 0
    returned: int = 0
    late: int = 0
    overdue: int = 0
    extended: int = 0

    @property
    def scheduled(self) -> int:
        """Planned minus exempted."""
        return self.planned - self.exempted

    @property
    def not_returned(self) -> int:
        return self.scheduled - self.returned

    @property
    def rate(self) -> Share:
        """Returned of scheduled."""
        return Share(self.returned, self.scheduled)

    @property
    def exempted_share(self) -> Share:
        return Share(self.exempted, self.planned)

    def __add__(self, other: "ReturnCounts") -> "ReturnCounts":
        return ReturnCounts(
            self.planned + other.planned,
            self.exempted + other.exempted,
            self.returned + other.returned,
            self.late + other.late,
            self.overdue + other.overdue,
            self.extended + other.extended,
        )


@dataclass(frozen=True)
class MonthReturns:
    month: datetime.date
    counts: ReturnCounts


@dataclass(frozen=True)
class ServiceReturns:
    """A service's audits over the period, by month in the order of the period's months."""

    name: str
    months: tuple[ReturnCounts, ...]

    @property
    def period(self) -> ReturnCounts:
        return sum(self.months, ReturnCounts())

    @property
    def last(self) -> ReturnCounts:
        """The report's month alone."""
        return self.months[-1]


@dataclass(frozen=True)
class LevelReturns:
    """Audits by the level of management their auditors held when they were allocated."""

    code: str
    name: str
    counts: ReturnCounts


@dataclass(frozen=True)
class ExemptionCount:
    code: str
    name: str
    count: int


@dataclass(frozen=True)
class StandingCount:
    """Returned audits by who may audit in their round: independent, peer, line, external."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class ReturnTable:
    """Everything the report says about returns."""

    months: tuple[MonthReturns, ...]
    services: tuple[ServiceReturns, ...]
    levels: tuple[LevelReturns, ...]
    exemptions: tuple[ExemptionCount, ...]
    standings: tuple[StandingCount, ...]
    independence_overrides: int

    @property
    def total(self) -> ReturnCounts:
        return sum((row.counts for row in self.months), ReturnCounts())

    @property
    def last(self) -> ReturnCounts:
        return self.months[-1].counts
