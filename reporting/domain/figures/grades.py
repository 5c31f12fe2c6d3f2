"""Grades: own and standing, by month, by domain and axis (domain.md section 1)."""

import datetime
from dataclasses import dataclass

from kit.shares import Share

BEST_FIRST = (4, 3, 2, 1)


@dataclass(frozen=True)
class GradeCounts:
    """How many audits have each grade; not applicable is no grade and not counted here."""

    outstanding: int = 0
    good: int = 0
    requires_improvement: int = 0
    inadequate: int = 0

    @property
    def total(self) -> int:
        return sum(self.best_first)

    @property
    def best_first(self) -> tuple[int, int, int, int]:
        return (self.outstanding, self.good, self.requires_improvement, self.inadequate)

    @property
    def good_or_better(self) -> Share:
        return Share(self.outstanding + self.good, self.total)

    @property
    def inadequate_share(self) -> Share:
        return Share(self.inadequate, self.total)

    def __add__(self, other: "GradeCounts") -> "GradeCounts":
        pairs = zip(self.best_first, other.best_first, strict=True)
        return GradeCounts(*(mine + theirs for mine, theirs in pairs))


@dataclass(frozen=True)
class GradeMonth:
    """One month's returned audits: auditors' own and standing overall grades, headline axis.

    `moderated` were settled by the report's moment, `lowered` of them stand below the auditor's.
    """

    month: datetime.date
    own: GradeCounts
    standing: GradeCounts
    moderated: int
    lowered: int


@dataclass(frozen=True)
class DomainGrades:
    """Standing grades of one domain on both axes; not applicable is counted apart."""

    code: str
    name: str
    is_overall: bool
    practice: GradeCounts
    outcome: GradeCounts
    practice_not_applicable: int
    outcome_not_applicable: int


@dataclass(frozen=True)
class GradeMatrix:
    """Counts by two grades, rows and columns best first (Outstanding to Inadequate)."""

    rows: tuple[tuple[int, int, int, int], ...]

    @property
    def total(self) -> int:
        return sum(sum(row) for row in self.rows)

    @property
    def on_diagonal(self) -> int:
        return sum(self.rows[place][place] for place in range(4))

    @property
    def right_of_diagonal(self) -> int:
        """Where the column's grade is worse than the row's."""
        return sum(sum(row[place + 1 :]) for place, row in enumerate(self.rows))

    @property
    def left_of_diagonal(self) -> int:
        return self.total - self.on_diagonal - self.right_of_diagonal

    @property
    def row_totals(self) -> tuple[int, ...]:
        return tuple(sum(row) for row in self.rows)

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*self.rows, strict=True))


@dataclass(frozen=True)
class GradeTable:
    """Everything the report says about grades.

    `practice_by_outcome` has the overall practice grade in rows, the outcome grade in columns.
    """

    months: tuple[GradeMonth, ...]
    domains: tuple[DomainGrades, ...]
    practice_by_outcome: GradeMatrix

    @property
    def standing(self) -> GradeCounts:
        return sum((row.standing for row in self.months), GradeCounts())

    @property
    def own(self) -> GradeCounts:
        return sum((row.own for row in self.months), GradeCounts())

    @property
    def moderated(self) -> int:
        return sum(row.moderated for row in self.months)

    @property
    def lowered(self) -> int:
        return sum(row.lowered for row in self.months)

    @property
    def last(self) -> GradeMonth:
        return self.months[-1]
