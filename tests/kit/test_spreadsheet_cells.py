"""One cell of a spreadsheet: days, addresses and text, and the sentences about bad ones."""

import datetime

import pytest

from kit.spreadsheets import cells
from kit.spreadsheets.problems import BadCell, HasProblems, Problem, shown

DAY = datetime.date(2023, 11, 4)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime.datetime(2023, 11, 4, 23, 59, tzinfo=datetime.UTC),
        "2023-11-04",
        "2023-11-4",
        " 2023-11-04 00:00:00 ",
        "2023-11-04T09:30",
        "4/11/2023",
        "04.11.2023",
        "04-11-2023",
    ],
)
def test_a_day_is_read_as_spreadsheets_and_people_write_it(cell):
    found = cells.day_of(cell)
    assert (found, type(found)) == (DAY, datetime.date)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31/11/2023", "no day of the calendar"),
        ("2023-13-01", "no day of the calendar"),
        ("11/2023", "is no date"),
        ("4/11/23", "is no date"),
        ("", "is no date"),
        (datetime.date(1999, 12, 31), "1999-12-31 is before the year 2000"),
        ("1999-12-31", "before the year 2000"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_do(cell, words):
    with pytest.raises(BadCell, match=words):
        cells.day_of(cell)
    assert cells.day_of("2000-01-01") == datetime.date(2000, 1, 1)


def test_an_address_is_read_in_small_letters():
    assert cells.email_of(" Ana@Council.Example ") == "ana@council.example"
    with pytest.raises(BadCell, match="“Ana” is no e-mail address"):
        cells.email_of("Ana")


@pytest.mark.parametrize(
    ("cell", "text"), [(" A ", "A"), (3.0, "3"), (3.5, "3.5"), (3, "3"), (None, "None")]
)
def test_a_whole_number_loses_its_decimals(cell, text):
    assert cells.text_of(cell) == text


@pytest.mark.parametrize("cell", ["a\nb", "a\x00b", "a\ud800"])
def test_signs_that_cannot_be_seen_are_refused(cell):
    with pytest.raises(BadCell, match="can't be seen"):
        cells.text_of(cell)


def test_problems_are_counted_and_come_by_line_and_column():
    two = [Problem(3, "month", "It is empty."), Problem(2, "team", "It is empty.")]
    assert str(sorted(two)[0]) == "Line 2, team: It is empty."
    assert HasProblems(two).sentence.startswith("2 things are wrong in the file")
    assert HasProblems(two[:1]).sentence.startswith("1 thing is wrong in the file")
    assert HasProblems(two).problems == two


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("a  b\nc", "“a b c”"), ("x" * 40, f"“{'x' * 40}”"), ("x" * 41, f"“{'x' * 40}...”")],
)
def test_what_is_quoted_is_short_and_on_one_line(text, quoted):
    assert shown(text) == quoted
