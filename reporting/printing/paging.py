"""Tables that would not fit a page are printed as several, captioned "1 of n"."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from kit.tables import Cell, Row, Table
from reporting.printing.parts import Part, Section, TablePart

LINES = 42
"""Lines of a table's body that fit a page under its caption and head."""

_PADDING = 0.8  # of a line, between rows
_CLOSE = 0.4  # the same where many rows stand close
_ROOMY = ((4, 60), (6, 42))  # up to so many columns, characters in one line of the first
_CHARACTERS = 23  # with more columns


def paged(section: Section) -> Section:
    """The section with every table that is too long for a page split."""
    parts = tuple(piece for part in section.parts for piece in _pieces(part))
    return replace(section, parts=parts)


def _pieces(part: Part) -> Iterator[Part]:
    if not isinstance(part, TablePart):
        yield part
        return
    for table in split(part.table):
        yield replace(part, table=table)


def split(table: Table) -> list[Table]:
    """The table itself, or its rows in several; the total row and the notes end the last."""
    groups = _groups(table)
    if len(groups) < 2:
        return [table]
    pieces = [
        replace(
            table,
            rows=rows,
            number=f"{table.number}, {place} of {len(groups)}",
            total=None,
            notes=(),
        )
        for place, rows in enumerate(groups, start=1)
    ]
    return [*pieces[:-1], replace(pieces[-1], total=table.total, notes=table.notes)]


def _groups(table: Table) -> list[list[Row]]:
    """The rows in as many pieces as are needed, about equally long."""
    lines = [_lines(row, _characters(len(table.columns))) for row in table.rows]
    if sum(lines) + _CLOSE * len(lines) <= LINES:
        return [list(table.rows)]
    heights = [count + _PADDING for count in lines]
    share = sum(heights) / ceil(sum(heights) / LINES)
    groups: list[list[Row]] = [[]]
    filled = 0.0
    for row, height in zip(table.rows, heights, strict=True):
        if groups[-1] and filled + height / 2 > share:
            groups.append([])
            filled = 0
        groups[-1].append(row)
        filled += height
    return groups


def _characters(columns: int) -> int:
    return next((count for most, count in _ROOMY if columns <= most), _CHARACTERS)


def _lines(row: Row, characters: int) -> int:
    head = row.cells[0]
    text = str(head.text if isinstance(head, Cell) else head)
    return max(1, ceil(len(text) / characters))
