"""Safety: whether each child was said to be safe, and what was done when not (domain rule 7)."""

import datetime
from dataclasses import dataclass

from kit.shares import Share


@dataclass(frozen=True)
class SafetyMonth:
    month: datetime.date
    returned: int
    answered: int
    concerns: int


@dataclass(frozen=True)
class SafetyFigures:
    """Answers in the returned audits of the period, and the concerns raised in its audits.

    `unsafe` are answers "no" that stand at the moment. `median_minutes` runs from raising to
    acknowledging, None when none was acknowledged.
    """

    months: tuple[SafetyMonth, ...]
    safe: int
    check_today: int
    unsafe: int
    acknowledged: int
    settled: int
    median_minutes: int | None

    @property
    def returned(self) -> int:
        return sum(row.returned for row in self.months)

    @property
    def concerns(self) -> int:
        return sum(row.concerns for row in self.months)

    @property
    def answered_share(self) -> Share:
        return Share(sum(row.answered for row in self.months), self.returned)

    @property
    def still_open(self) -> int:
        return self.concerns - self.settled
