"""Files as councils keep them: titles above the table, wrapped heads, days in words."""

import datetime
import io

import pytest
import xlsxwriter

from kit.spreadsheets.cells import day_of
from kit.spreadsheets.problems import BadCell
from moderation.domain.importing import CannotRead
from moderation.domain.importing.cells import month_of
from moderation.domain.importing.rows import read_file
from tests.factories.import_files import RETURNED, ROW, csv_file

TITLES = [
    "Case Reference",
    "MONTH",
    "team ",
    "Planned\non",
    "Returned on",
    "overall-practice-grade",
]
SHORT = b"Case Reference;MONTH;team ;Planned on\r\nC1;2023-11;Assessment Team 1;01/11/2023\r\n"
CELLS = ["C1", "2023-11", "Assessment Team 1", "01/11/2023", "14/11/2023", "Good"]
NOVEMBER = datetime.date(2023, 11, 1)


def workbook(*rows: list[object], merged: str = "", left: int = 0) -> bytes:
    """One sheet of these rows, so many columns from the left; `merged` is a range of one title."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Audits 2023")
        for line, row in enumerate(rows):
            sheet.write_row(line, left, row)
        if merged:
            sheet.merge_range(merged, "Case-file audits 2023")
    return made.getvalue()


def read(content: bytes):
    return read_file(content, best=None)


def only_row(content: bytes):
    found = read(content)
    assert list(found.problems) == []
    (row,) = found.rows
    return row


@pytest.mark.parametrize(
    "content",
    [
        workbook([], ["Made on 3 March 2024"], [], TITLES, CELLS, merged="A1:F1"),
        workbook([], [], TITLES, CELLS, [], ["", " "], [], merged="B1:G1", left=1),
        b"Case-file audits 2023\r\n\r\n" + SHORT + b";;;\r\n\r\n",
        b"Audits;;;\r\n" + csv_file(ROW, separator=";"),
        b"\xef\xbb\xbfAudits, 2023\r\n" + csv_file(ROW),
        b"sep=;\r\n" + csv_file(ROW, separator=";", codec="cp1252"),
    ],
    ids=["merged title", "from column B", "semicolons", "padded title", "mark", "Excel's own mark"],
)
def test_a_title_may_stand_above_the_columns_names(content):
    row = only_row(content)
    assert (row.case_reference, row.month, row.planned_on) == ("C1", NOVEMBER, NOVEMBER)


def test_a_problem_is_named_by_the_line_of_the_spreadsheet():
    content = workbook([], [], TITLES, CELLS, [], ["C2", *CELLS[1:3], "soon"], merged="A1:F1")
    (problem,) = read(content).problems
    assert (problem.line, problem.column) == (6, "planned_on")


def test_merged_cells_below_the_first_are_empty_and_said_to_be():
    content = workbook(TITLES[:4], CELLS[:4], ["C2", "2023-11", "", "01/11/2023"])
    (problem,) = read(content).problems
    assert (problem.line, problem.column) == (3, "team")
    assert "fill it in" in problem.sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            workbook(["Audits"], [], ["Case reference", "Month", "Team"], CELLS),
            "Line 3 of the sheet “Audits 2023” must name the columns, and lacks planned_on.",
        ),
        (b"Audits\ncase_reference,team\nC1,A\n", "Line 2 must name the columns, and lacks month"),
        (b"Audits\nof 2023\n", "The first line must name the columns, and lacks case_reference"),
    ],
    ids=["in a sheet", "below a title", "none comes near"],
)
def test_the_line_that_comes_nearest_is_named(content, sentence):
    with pytest.raises(CannotRead) as refusal:
        read(content)
    assert refusal.value.reason == "columns_missing"
    assert refusal.value.sentence.startswith(sentence)


def test_names_of_columns_far_down_are_not_looked_for():
    with pytest.raises(CannotRead):
        read(b"x\n" * 10 + csv_file(ROW))


def test_a_title_wrapped_by_hand_is_a_domain_all_the_same():
    row = only_row(csv_file(RETURNED | {"Domain: Plans and\nreviews\n(Practice)": "RI"}))
    assert [str(column) for column in row.domain_grades] == ["domain: Plans and reviews (practice)"]


@pytest.mark.parametrize(
    "text",
    [
        "14/11/2023",
        "14.11.2023",
        "14/11/2023 00:00",
        "2023-11-14 00:00:00",
        "14 November 2023",
        "14-Nov-2023",
        "14 nov 2023",
        " 14 NOVEMBER 2023 ",
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert day_of(text) == datetime.date(2023, 11, 14)


def test_september_has_two_short_forms():
    assert day_of("3 Sept 2023") == day_of("3 Sep 2023") == datetime.date(2023, 9, 3)


@pytest.mark.parametrize(
    "text", ["14/11/23", "14-Nov-23", "14 Ju 2023", "14 Novem 2023", "14", "Tuesday 14 Nov 2023"]
)
def test_a_day_that_could_be_another_is_refused_with_the_form_to_write(text):
    with pytest.raises(BadCell, match="is no date: write it as 14/11/2023 or 2023-11-14"):
        day_of(text)


@pytest.mark.parametrize("text", ["11/14/2023", "31 November 2023"])
def test_no_day_of_the_calendar_is_said_to_be_none(text):
    with pytest.raises(BadCell, match="is no day of the calendar"):
        day_of(text)


@pytest.mark.parametrize(
    "cell",
    ["2023-11", "01/11/2023", "30/11/2023", "2023-11-14", "1 Nov 2023", datetime.date(2023, 11, 9)],
)
def test_a_month_is_read_from_any_day_of_it(cell):
    assert month_of(cell) == NOVEMBER


@pytest.mark.parametrize("text", ["Nov-23", "Nov 23", "November 23"])
def test_what_excel_makes_of_a_month_says_how_to_mend_it(text):
    with pytest.raises(BadCell, match="is not a month that says which year it means") as bad:
        month_of(text)
    assert "save the file as XLSX" in str(bad.value)


@pytest.mark.parametrize("text", ["May", "Nov 2023", "2023", "11/2023", "31/11/2023"])
def test_other_words_for_a_month_are_refused_with_the_form_to_write(text):
    with pytest.raises(BadCell, match="is not a month: write the year and the month as 2023-11"):
        month_of(text)
