"""Tables whose columns are months, and the marks and shades of single cells."""

from datetime import date

import pytest

from kit.months import add_months
from kit.shares import Share
from kit.tables import Cell
from reporting.domain.figures import GradeMatrix, MonthReturns, ReturnCounts, ServiceReturns
from reporting.printing.months_across import MOST_MONTHS, earlier, overdue_table
from reporting.printing.parts import BETTER, EMPTY, SAME, WORSE
from reporting.printing.sections.cells import by_grades, matrix_totals, month_row, percent_cell
from tests.reporting.figures import golden_figures, golden_with

NOVEMBER = date(2023, 11, 1)


def overdue(**services):
    """Figures of services with so many overdue audits in each month until November."""
    length = len(next(iter(services.values())))
    months = [add_months(NOVEMBER, step) for step in range(1 - length, 1)]

    def counts(number):
        return ReturnCounts(planned=200, overdue=number)

    rows = tuple(
        MonthReturns(month, sum(map(counts, numbers), ReturnCounts()))
        for month, numbers in zip(months, zip(*services.values(), strict=True), strict=True)
    )
    made = tuple(
        ServiceReturns(name, tuple(map(counts, numbers))) for name, numbers in services.items()
    )
    return golden_with(returns={"months": rows, "services": made, "exemptions": ()})


def texts(row) -> list[object]:
    return [cell.text if isinstance(cell, Cell) else cell for cell in row.cells]


def test_as_many_months_as_fit_have_a_column_each():
    figures = overdue(North=range(MOST_MONTHS))
    table = overdue_table(figures, "Overdue", "")
    heads = [column.title for column in table.columns]
    assert heads[1:-3] == ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    assert texts(table.rows[0])[1:-3] == list(range(MOST_MONTHS))
    assert (earlier(figures), table.notes) == ("", [])


def test_earlier_months_stand_together_unshaded_and_are_named():
    figures = overdue(North=[5, 6, *range(1, MOST_MONTHS), 0])
    table = overdue_table(figures, "Overdue", "Note.")
    assert [column.title for column in table.columns][1:3] == ["Earlier", "Apr"]
    assert texts(table.rows[0])[1:4] == [11, 1, 2]
    assert texts(table.total)[1:4] == [11, 1, 2]
    assert table.rows[0].cells[1].shade == 0
    assert table.notes == ["Note.", "Earlier: February to March 2023."]


def test_the_darkest_cell_is_the_most_of_one_month_and_one_is_seen():
    figures = overdue(North=[0, 1, 12], South=[60, 0, 120])
    table = overdue_table(figures, "Overdue", "")
    assert [row.cells[0] for row in table.rows] == ["South", "North"]
    shades = [[cell.shade for cell in row.cells[1:-3]] for row in table.rows]
    assert shades == [[3, 0, 6], [0, 1, 1]]
    assert texts(table.rows[0])[-3] == 180


def test_without_an_overdue_audit_nothing_is_shaded():
    table = overdue_table(overdue(North=[0, 0], South=[0, 0]), "Overdue", "")
    assert {cell.shade for row in table.rows for cell in row.cells[1:-3]} == {0}
    assert [row.cells[0] for row in table.rows] == ["North", "South"]


@pytest.mark.parametrize(
    ("share", "text", "mark"),
    [((0, 0), "\u2013", ""), ((1, 9), "11.1%", "*"), ((1, 10), "10.0%", "")],
)
def test_a_percentage_of_few_is_marked(share, text, mark):
    cell = percent_cell(Share(*share))
    assert (cell.text, cell.mark, cell.share) == (text, mark, Share(*share))


def test_the_months_row_of_the_report_is_set_off():
    figures = golden_figures()
    rows = [month_row(month, [], figures) for month in (add_months(NOVEMBER, -1), NOVEMBER)]
    assert [(row.cells, row.current) for row in rows] == [
        (["October 2023"], False),
        (["November 2023"], True),
    ]


def test_a_matrix_is_worse_to_the_right_and_better_to_the_left():
    matrix = GradeMatrix(((0, 1, 0, 2), (3, 0, 0, 0), (0, 0, 4, 5), (0, 6, 0, 7)))
    rows = by_grades(matrix.rows)
    assert [[cell.tone for cell in row.cells] for row in rows] == [
        [SAME, WORSE, EMPTY, WORSE],
        [BETTER, SAME, EMPTY, EMPTY],
        [EMPTY, EMPTY, SAME, WORSE],
        [EMPTY, BETTER, EMPTY, SAME],
    ]
    assert [(row.head, row.total) for row in rows] == [
        ("Outstanding", 3),
        ("Good", 3),
        ("Requires improvement", 9),
        ("Inadequate", 13),
    ]
    assert matrix_totals(matrix.rows) == matrix.column_totals == (3, 7, 4, 14)
    assert (matrix.on_diagonal, matrix.right_of_diagonal, matrix.left_of_diagonal) == (11, 8, 9)
