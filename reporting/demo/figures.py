"""The figures that the fictitious authority's seven months come to, as data of the fiction.

They are the published figures of May to November 2023: planned, exempted and returned by month,
grades after moderation, 60 moderated and 31 of them one step lower. What was never published is
made up to fit: the split by service, and the auditors' own grades behind the lower ones. The
loader makes records that come to these figures; no program counts from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

OUTSTANDING, GOOD, REQUIRES_IMPROVEMENT, INADEQUATE = 4, 3, 2, 1
SCALE = (OUTSTANDING, GOOD, REQUIRES_IMPROVEMENT, INADEQUATE)
Counts = tuple[int, int, int, int]

# By service, May to November.
RETURNED = {
    "Referral and assessment": (11, 11, 7, 9, 9, 7, 7),
    "Safeguarding East": (8, 7, 5, 5, 6, 4, 3),
    "Safeguarding West": (8, 7, 4, 5, 5, 5, 2),
    "Children in care": (10, 11, 7, 9, 7, 7, 7),
    "Leaving care": (5, 4, 3, 4, 4, 3, 4),
    "Disabled children": (2, 2, 1, 1, 2, 1, 0),
}
NOT_RETURNED = {
    "Referral and assessment": (7, 10, 10, 7, 14, 13, 17),
    "Safeguarding East": (10, 15, 15, 11, 21, 19, 23),
    "Safeguarding West": (10, 15, 16, 10, 20, 18, 23),
    "Children in care": (6, 11, 10, 7, 14, 12, 16),
    "Leaving care": (3, 5, 5, 4, 7, 7, 7),
    "Disabled children": (3, 5, 4, 3, 6, 5, 8),
}
EXEMPTED = {
    "Referral and assessment": (1, 1, 1, 1, 1, 2, 1),
    "Safeguarding East": (3, 0, 4, 1, 4, 3, 2),
    "Safeguarding West": (1, 1, 2, 0, 1, 2, 2),
    "Children in care": (1, 0, 1, 1, 2, 1, 1),
    "Leaving care": (1, 0, 1, 1, 1, 0, 1),
    "Disabled children": (1, 0, 1, 0, 0, 1, 0),
}


@dataclass(frozen=True)
class Cell:
    """One service's audits of one month."""

    service: str
    exempted: int
    returned: int
    not_returned: int

    @property
    def planned(self) -> int:
        return self.exempted + self.returned + self.not_returned


@dataclass(frozen=True)
class Outcome:
    """The auditor's own overall grade, and the moderator's if the audit was moderated."""

    own: int
    moderated: int | None = None

    @property
    def stands(self) -> int:
        return self.moderated or self.own


@dataclass(frozen=True)
class MonthFigures:
    """One month. Counts are of Outstanding, Good, Requires improvement, Inadequate.

    `supported` and `lowered` are of the own grades of moderated audits; lowered is one step.
    """

    month: date
    due_on: date
    own: Counts
    supported: Counts
    lowered: Counts

    @property
    def cells(self) -> tuple[Cell, ...]:
        place = MONTHS.index(self)
        return tuple(
            Cell(name, EXEMPTED[name][place], RETURNED[name][place], NOT_RETURNED[name][place])
            for name in RETURNED
        )

    def outcomes(self) -> Iterator[Outcome]:
        """One for each returned audit of the month."""
        for place, grade in enumerate(SCALE):
            supported, lowered = self.supported[place], self.lowered[place]
            yield from [Outcome(grade, grade)] * supported
            yield from [Outcome(grade, grade - 1)] * lowered
            yield from [Outcome(grade)] * (self.own[place] - supported - lowered)


# August's audits were due after the holidays.
MONTHS = (
    MonthFigures(date(2023, 5, 1), date(2023, 5, 31), (1, 24, 17, 2), (0, 3, 2, 0), (1, 4, 0, 0)),
    MonthFigures(date(2023, 6, 1), date(2023, 6, 30), (0, 13, 26, 3), (0, 2, 2, 0), (0, 6, 1, 0)),
    MonthFigures(date(2023, 7, 1), date(2023, 7, 31), (0, 5, 12, 10), (0, 1, 1, 1), (0, 3, 2, 0)),
    MonthFigures(date(2023, 8, 1), date(2023, 9, 8), (1, 10, 5, 17), (0, 2, 1, 1), (1, 1, 2, 0)),
    MonthFigures(date(2023, 9, 1), date(2023, 9, 29), (1, 13, 10, 9), (0, 2, 2, 1), (0, 3, 1, 0)),
    MonthFigures(date(2023, 10, 1), date(2023, 10, 31), (0, 9, 12, 6), (0, 1, 2, 0), (0, 3, 1, 0)),
    MonthFigures(date(2023, 11, 1), date(2023, 11, 30), (0, 7, 12, 4), (0, 3, 2, 0), (0, 2, 0, 0)),
)
