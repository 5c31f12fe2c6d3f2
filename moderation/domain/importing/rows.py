"""The lines of a sheet as typed rows; all that is wrong with them, by line and column."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kit.spreadsheets.cells import day_of, email_of
from kit.spreadsheets.problems import BadCell, Problem
from kit.spreadsheets.reading import Line, read_sheets
from moderation.domain.importing import cells
from moderation.domain.importing.columns import REQUIRED, Columns, choose_sheet
from moderation.domain.importing.grades import grade_of, mark_of
from moderation.domain.importing.row import AuditRow, Key

_READERS: Mapping[str, Callable[[object], object]] = {
    "case_reference": cells.reference_of,
    "month": cells.month_of,
    "team": cells.team_of,
    "planned_on": day_of,
    "auditor_email": email_of,
    "exempted_on": day_of,
    "exemption_reason": cells.reason_of,
    "returned_on": day_of,
    "moderated_on": day_of,
    "moderator_email": email_of,
}


@dataclass(frozen=True)
class FileRows:
    """What a file says: the rows whose cells can all be read, and the problems of the others.

    `sheet` is the name of the sheet that was read, "" for a CSV file.
    """

    sheet: str
    columns: Columns
    rows: Sequence[AuditRow]
    problems: Sequence[Problem]


def read_file(content: bytes, *, best: int | None) -> FileRows:
    """The file's rows. `best` is the figure of Outstanding (4 or 1), where grades are figures.

    Raises CannotRead where the file as a whole cannot be read.
    """
    sheet, columns = choose_sheet(read_sheets(content))
    rows: list[AuditRow] = []
    problems: list[Problem] = []
    for line in sheet.lines:
        row, wrong = _read(line, columns, best)
        problems += wrong
        if row:
            rows.append(row)
    return FileRows(sheet.name, columns, rows, [*problems, *_twice(rows)])


def _read(line: Line, columns: Columns, best: int | None) -> tuple[AuditRow | None, list[Problem]]:
    values: dict[str, Any] = {}
    marks: dict[Any, Any] = {}
    problems: list[Problem] = []
    for column, place in [*columns.places.items(), *columns.domains.items()]:
        cell = line.cells[place] if place < len(line.cells) else ""
        try:
            if isinstance(column, str):
                values[column] = _value(column, cell, best)
            elif cell != "":
                marks[column] = mark_of(cell, best=best)
        except BadCell as bad:
            problems.append(Problem(line.number, str(column), str(bad), bad.reason))
    problems += _too_wide(line, columns)
    if problems:
        return None, problems
    given = {column: value for column, value in values.items() if value is not None}
    return AuditRow(line.number, domain_grades=MappingProxyType(marks), **given), []


def _value(column: str, cell: object, best: int | None) -> object:
    if cell == "":
        if column in REQUIRED:
            raise BadCell("The cell is empty: fill it in, or delete the row.")
        return None
    if column in _READERS:
        return _READERS[column](cell)
    return grade_of(cell, best=best)


def _too_wide(line: Line, columns: Columns) -> Iterator[Problem]:
    """More cells than the header names: an unquoted comma has moved the rest of the line."""
    if any(cell != "" for cell in line.cells[columns.width :]):
        yield Problem(
            line.number,
            "the end of the line",
            f"The line has more cells than the {columns.width} that the columns' names have: put "
            "text that holds a comma in quotation marks.",
        )


def _twice(rows: Sequence[AuditRow]) -> Iterator[Problem]:
    first: dict[Key, int] = {}
    for row in rows:
        earlier = first.setdefault(row.key, row.line)
        if earlier != row.line:
            yield Problem(
                row.line,
                "case_reference",
                f"Line {earlier} holds the same case in the same month: keep one of the two.",
            )
