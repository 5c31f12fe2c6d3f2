"""Columns, rows and words that several tables share."""

from collections.abc import Sequence
from datetime import date

from kit.grades import GRADES
from kit.months import london_day, long_date, moment_text, month_name, period_text
from kit.shares import Share
from kit.tables import Cell, Column, Row
from reporting.domain.figures import GradeCounts, MonthlyFigures
from reporting.printing.parts import BETTER, EMPTY, SAME, WORSE, MatrixCell, MatrixRow

TOTAL = "Total"


def number_columns(*titles: str, group: str = "") -> list[Column]:
    """Columns of figures."""
    return [Column(title, numeric=True, group=group) for title in titles]


def grade_columns(group: str = "", *, swatches: bool = True) -> list[Column]:
    """One column a grade, best first; long words may part at a soft hyphen."""
    return [
        Column(
            look.short.replace("improvement", "improve\u00adment"),
            numeric=True,
            group=group,
            label=look.word,
            grade=look.value if swatches else None,
        )
        for look in GRADES
    ]


def grade_cells(counts: GradeCounts) -> list[int]:
    return list(counts.best_first)


def percent_cell(share: Share) -> Cell:
    """The percentage alone, where both its numbers are columns of the same row.

    Below ten it is marked, because a percentage of so few says little (domain rule 19).
    """
    small = share.is_small and share.of > 0
    return Cell(share.percent_text, mark="*" if small else "", share=share)


def months_text(figures: MonthlyFigures) -> str:
    return period_text(figures.period.first, figures.period.last)


def month_row(month: date, cells: Sequence[Cell | str | int], figures: MonthlyFigures) -> Row:
    """A month's row; that of the report's month is set off."""
    return Row([month_name(month), *cells], current=month == figures.period.last)


def as_at_text(figures: MonthlyFigures) -> str:
    return moment_text(figures.as_at)


def day_text(figures: MonthlyFigures) -> str:
    return long_date(london_day(figures.as_at))


def by_grades(rows: Sequence[tuple[int, int, int, int]]) -> tuple[MatrixRow, ...]:
    """Rows of a matrix best grade first: worse right of the diagonal, better left of it."""
    return tuple(
        MatrixRow(
            look.word,
            tuple(_cell(count, column - place) for column, count in enumerate(row)),
            sum(row),
        )
        for place, (look, row) in enumerate(zip(GRADES, rows, strict=True))
    )


def grade_heads() -> tuple[str, ...]:
    return tuple(column.title for column in grade_columns())


def matrix_totals(rows: Sequence[tuple[int, int, int, int]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _cell(count: int, right: int) -> MatrixCell:
    if right == 0:
        return MatrixCell(count, SAME)
    if not count:
        return MatrixCell(count, EMPTY)
    return MatrixCell(count, WORSE if right > 0 else BETTER)
