"""What stands in one cell: references, months, teams and reasons, at their longest and shortest."""

import contextlib
import datetime

import pytest

from audits.choices import Axis, ExemptionReason
from kit.spreadsheets.problems import BadCell
from kit.spreadsheets.reading import read_sheets
from moderation.domain.importing import CannotRead, cells
from moderation.domain.importing.columns import LONGEST_NAME, Columns, choose_sheet
from tests.factories.import_files import ROW, csv_file


def read(reader, cell):
    """What it is read as, or None where it is refused."""
    with contextlib.suppress(BadCell):
        return reader(cell)
    return None


@pytest.mark.parametrize(("count", "is_read"), [(40, True), (41, False)])
def test_a_reference_has_forty_signs(count, is_read):
    assert (read(cells.reference_of, "C" * count) is not None) == is_read


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2023-11", datetime.date(2023, 11, 1)),
        (datetime.date(2023, 11, 14), datetime.date(2023, 11, 1)),
        ("2023-13", None),
        ("November", None),
    ],
)
def test_a_month_is_written_as_one_or_is_any_day_of_it(cell, month):
    assert read(cells.month_of, cell) == month


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Team 1", ("Team 1",)),
        (" Service >  Area > Team  1 ", ("Service", "Area", "Team 1")),
        ("A > B > C > D", None),
        ("A > > C", None),
        ("A >", None),
        ("t" * 120, ("t" * 120,)),
        ("t" * 121, None),
        ("Service > " + "t" * 121, None),
    ],
)
def test_a_team_is_named_with_at_most_two_units_above_it(cell, parts):
    assert read(cells.team_of, cell) == parts


@pytest.mark.parametrize("reason", ExemptionReason)
def test_a_reason_is_known_by_its_code_and_its_words(reason):
    assert cells.reason_of(reason.value.upper()) == reason
    assert cells.reason_of(f" {reason.label}. ") == reason


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("Post vacant", ExemptionReason.VACANT_POST),
        ("maternity leave", ExemptionReason.SICK_LEAVE),
        ("Post", ExemptionReason.VACANT_POST),
        ("Auditor", None),
        ("Auditors", None),
        ("12", None),
    ],
)
def test_a_reason_may_be_begun_where_one_alone_begins_so(cell, reason):
    assert read(cells.reason_of, cell) == reason


def columns_of(**titles: str) -> Columns:
    row = ROW | dict.fromkeys(titles.values(), "")
    return choose_sheet(read_sheets(csv_file(row)))[1]


@pytest.mark.parametrize(
    ("title", "is_graded"),
    [
        ("domain: Voice (practice)", False),
        ("domain: Voice (outcome)", True),
        ("overall_practice_grade", False),
        ("overall_outcome_grade", True),
        ("moderated_outcome_grade", True),
    ],
)
def test_one_column_on_the_outcome_axis_is_enough(title, is_graded):
    columns = columns_of(first="domain: Plans (practice)", second=title)
    assert columns.grades_outcome == is_graded


@pytest.mark.parametrize("more", [0, 1])
def test_a_domain_has_a_name_of_the_longest_length(more):
    title = f"domain: {'d' * (LONGEST_NAME + more)} ({Axis.PRACTICE.value})"
    if more:
        with pytest.raises(CannotRead, match="names of at most"):
            columns_of(title=title)
        return
    assert [column.name for column in columns_of(title=title).domains] == ["d" * LONGEST_NAME]
