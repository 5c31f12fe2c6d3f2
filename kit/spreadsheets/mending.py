"""The table that says what is wrong in a file, for every page on which one is imported."""

from collections.abc import Sequence

from kit.spreadsheets.problems import Problem
from kit.tables import Column, Row, Table

MOST = 50


def problems_table(problems: Sequence[Problem]) -> Table | None:
    """The first problems, by line; a note says how many more there are. None where nothing is."""
    if not problems:
        return None
    first, left = problems[:MOST], len(problems) - MOST
    columns = (Column("Where"), Column("Column"), Column("What to mend"))
    rows = [Row((f"Line {each.line}", each.column, each.sentence)) for each in first]
    notes = (f"And {left} more, which show when these are mended.",) if left > 0 else ()
    title = "What to mend, line by line"
    return Table(title, columns, rows, notes=notes, stacks=True, title_hidden=True)
