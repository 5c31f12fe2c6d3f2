"""What is wrong in a file, as a page shows it: the first lines, and how many more there are."""

import pytest

from kit.spreadsheets.mending import MOST, problems_table
from kit.spreadsheets.problems import Problem


def wrong(count: int) -> list[Problem]:
    return [Problem(line, "month", "Write it as 2023-11.") for line in range(2, count + 2)]


def test_a_file_without_mistakes_has_no_table():
    assert problems_table([]) is None


@pytest.mark.parametrize(
    ("count", "shown", "notes"),
    [
        (1, 1, []),
        (MOST, MOST, []),
        (MOST + 1, MOST, ["And 1 more, which show when these are mended."]),
    ],
)
def test_the_first_mistakes_are_shown_and_the_others_counted(count, shown, notes):
    table = problems_table(wrong(count))
    assert len(table.rows) == shown
    assert list(table.rows[0].cells) == ["Line 2", "month", "Write it as 2023-11."]
    assert list(table.notes) == notes
