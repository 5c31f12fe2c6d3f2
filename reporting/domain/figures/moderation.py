"""Moderation: how often the second reading gave the same grade (domain rules 11 to 13)."""

import datetime
from dataclasses import dataclass

from kit.shares import Share
from reporting.domain.figures.grades import GradeCounts, GradeMatrix


@dataclass(frozen=True)
class ComparisonCounts:
    """Settled moderations by what they said of the auditor's grade, headline axis."""

    supported: int = 0
    downgraded: int = 0
    upgraded: int = 0

    @property
    def total(self) -> int:
        return self.supported + self.downgraded + self.upgraded

    @property
    def supported_share(self) -> Share:
        return Share(self.supported, self.total)

    @property
    def downgraded_share(self) -> Share:
        return Share(self.downgraded, self.total)

    @property
    def upgraded_share(self) -> Share:
        return Share(self.upgraded, self.total)

    def __add__(self, other: "ComparisonCounts") -> "ComparisonCounts":
        return ComparisonCounts(
            self.supported + other.supported,
            self.downgraded + other.downgraded,
            self.upgraded + other.upgraded,
        )


@dataclass(frozen=True)
class ModerationMonth:
    month: datetime.date
    counts: ComparisonCounts


@dataclass(frozen=True)
class ModerationReason:
    """Moderations by why the audit was chosen; only `code == "random"` speaks for the rest."""

    code: str
    name: str
    counts: ComparisonCounts


@dataclass(frozen=True)
class ModerationFigures:
    """Everything the report says about moderation.

    `matrix` has the auditor's grade in rows, the settled grade in columns. `waiting` were
    re-graded and not yet settled at the report's moment, and are in no other figure here.
    """

    returned: int
    months: tuple[ModerationMonth, ...]
    reasons: tuple[ModerationReason, ...]
    matrix: GradeMatrix
    blind: int
    sighted: int
    two_people: int
    waiting: int

    @property
    def counts(self) -> ComparisonCounts:
        return sum((row.counts for row in self.months), ComparisonCounts())

    @property
    def moderated_share(self) -> Share:
        """Moderated and settled, of returned."""
        return Share(self.counts.total, self.returned)

    @property
    def not_moderated(self) -> int:
        return self.returned - self.counts.total

    @property
    def random(self) -> ComparisonCounts:
        found = [row.counts for row in self.reasons if row.code == "random"]
        return sum(found, ComparisonCounts())

    @property
    def settled_grades(self) -> GradeCounts:
        """The grades that moderated audits ended with."""
        return GradeCounts(*self.matrix.column_totals)
