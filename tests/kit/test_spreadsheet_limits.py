"""How large a spreadsheet may be: at each limit it is read, one beyond it is refused in words."""

import pytest

from kit.sheets import safe_cell
from kit.spreadsheets.problems import CannotRead
from kit.spreadsheets.reading import MOST_BYTES, MOST_CHARACTERS, read_sheets
from kit.spreadsheets.workbooks import MOST_COLUMNS, MOST_ROWS, check_extent


def reason_of(step) -> str:
    try:
        step()
    except CannotRead as refusal:
        return refusal.reason
    return ""


@pytest.mark.parametrize(
    ("content", "beyond", "reason"),
    [
        (b"a\n" * MOST_ROWS, b"a\n", "too_many_rows"),
        (b"," * (MOST_COLUMNS - 1) + b"a", b",", "too_many_rows"),
        (b"x" * MOST_CHARACTERS, b"x", "cell_too_long"),
    ],
    ids=["rows", "columns", "characters"],
)
def test_a_file_is_read_up_to_each_limit(content, beyond, reason):
    assert reason_of(lambda: read_sheets(content)) == ""
    assert reason_of(lambda: read_sheets(content + beyond)) == reason


def test_a_file_of_the_most_bytes_is_looked_into():
    content = b"x" * MOST_BYTES
    assert reason_of(lambda: read_sheets(content)) == "damaged"
    assert reason_of(lambda: read_sheets(content + b"x")) == "too_large"


def test_empty_lines_are_no_rows():
    assert reason_of(lambda: read_sheets(b"a\n" * MOST_ROWS + b",\n" * 9)) == ""


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("A1", ""),
        (f"A{MOST_ROWS}", ""),
        (f"A{MOST_ROWS + 1}", "too_many_rows"),
        ("DP1", ""),
        ("dq1", "too_many_rows"),
        ("Z9", ""),
        ("XFD1", "too_many_rows"),
        ("1", "too_many_rows"),
        ("", "too_many_rows"),
    ],
)
def test_what_is_written_lies_within_the_limits(cell, reason):
    assert reason_of(lambda: check_extent(cell)) == reason


def test_a_row_may_be_formatted_down_to_the_end():
    assert reason_of(lambda: check_extent("A1048576", wide=False)) == ""
    assert reason_of(lambda: check_extent("nowhere", wide=False)) == "too_many_rows"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@a", "plain"])
def test_an_apostrophe_that_files_put_there_is_taken_off(text):
    [sheet] = read_sheets(f"{safe_cell(text)},x".encode())
    assert list(sheet.lines[0].cells) == [text, "x"]


def test_an_apostrophe_of_the_writers_own_stays():
    [sheet] = read_sheets(b"'plain,x")
    assert sheet.lines[0].cells[0] == "'plain"
