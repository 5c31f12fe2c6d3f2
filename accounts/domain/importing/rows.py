"""The lines of a file of staff as typed rows; all that is wrong with them, by line and column.

One row a person and unit; a row without an e-mail address only names a unit.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from accounts.choices import MembershipKind, Role
from kit.spreadsheets.cells import day_of, email_of, text_of
from kit.spreadsheets.problems import BadCell, CannotRead, Problem, shown
from kit.spreadsheets.reading import Line, Sheet, read_sheets

COLUMNS = ("unit", "email", "name", "post", "lead", "from", "until", "role")
LONGEST = 120
_LEADS = {"yes": MembershipKind.LEAD, "lead": MembershipKind.LEAD, "no": MembershipKind.MEMBER}
_LEADS |= {"member": MembershipKind.MEMBER, "y": MembershipKind.LEAD, "n": MembershipKind.MEMBER}


@dataclass(frozen=True)
class StaffRow:
    """A unit by the names from below the authority on, and who belongs there."""

    line: int
    unit: tuple[str, ...]
    email: str = ""
    name: str = ""
    post: str = ""
    kind: MembershipKind = MembershipKind.MEMBER
    from_on: datetime.date | None = None
    until_on: datetime.date | None = None
    role: Role | None = None


@dataclass(frozen=True)
class StaffFile:
    """What a file says: the rows that can be read, and the problems of the others."""

    rows: Sequence[StaffRow]
    problems: Sequence[Problem]


def read_file(content: bytes) -> StaffFile:
    """The rows of the first sheet that has the column `unit`.

    Raises CannotRead where the file as a whole cannot be read.
    """
    sheet, places = _chosen(read_sheets(content))
    rows: list[StaffRow] = []
    problems: list[Problem] = []
    for line in sheet.lines[1:]:
        _read(line, places, rows, problems)
    if not rows and not problems:
        raise CannotRead("empty", "The file has no row below its first line. Fill it in.")
    return StaffFile(rows, problems)


def _chosen(sheets: Sequence[Sheet]) -> tuple[Sheet, dict[str, int]]:
    for sheet in sheets:
        places = {_plain(cell): place for place, cell in enumerate(sheet.lines[0].cells)}
        if "unit" in places:
            return sheet, {name: place for name, place in places.items() if name in COLUMNS}
    raise CannotRead(
        "no_columns",
        "The first line must name the columns: unit, and if you have them "
        f"{', '.join(COLUMNS[1:])}.",
    )


def _read(
    line: Line, places: Mapping[str, int], rows: list[StaffRow], problems: list[Problem]
) -> None:
    """Add the line as a row, or each thing that is wrong with it."""
    found: dict[str, Any] = {}
    before = len(problems)
    for name, place in places.items():
        cell = line.cells[place] if place < len(line.cells) else ""
        if cell == "":
            continue
        field, reader = _READERS[name]
        try:
            found[field] = reader(cell)
        except BadCell as problem:
            problems.append(Problem(line.number, name, str(problem)))
    if len(problems) > before:
        return
    missing = [name for name, needed in _needed(found).items() if needed]
    problems += [Problem(line.number, name, "It is missing: fill it in.") for name in missing]
    if not missing:
        rows.append(StaffRow(line=line.number, **found))


def _needed(found: Mapping[str, Any]) -> dict[str, bool]:
    about_person = bool(found.keys() - {"unit"})
    return {
        "unit": "unit" not in found,
        "email": about_person and "email" not in found,
        "name": "email" in found and "name" not in found,
    }


def _unit_of(cell: object) -> tuple[str, ...]:
    parts = tuple(" ".join(part.split()) for part in text_of(cell).split(">"))
    if not all(parts) or any(len(part) > LONGEST for part in parts):
        raise BadCell(
            f"{shown(cell)} names no unit: write “Service > Area > Team”, from the top down."
        )
    return parts


def _short(cell: object) -> str:
    text = text_of(cell)
    if len(text) > LONGEST:
        raise BadCell(f"It is longer than {LONGEST} characters: shorten it.")
    return text


def _kind_of(cell: object) -> MembershipKind:
    kind = _LEADS.get(_plain(cell))
    if kind is None:
        raise BadCell(f"{shown(cell)} is neither yes nor no: write one of them.")
    return kind


def _role_of(cell: object) -> Role:
    wanted = _plain(cell)
    for role in Role:
        if wanted in (role.value, _plain(role.label)):
            return role
    raise BadCell(f"{shown(cell)} is no role: write one of {', '.join(Role.values)}.")


def _plain(cell: object) -> str:
    return "_".join(str(cell).casefold().replace("-", " ").replace("_", " ").split()).replace(
        "e_mail", "email"
    )


_READERS: Mapping[str, tuple[str, Callable[[object], object]]] = MappingProxyType(
    {
        "unit": ("unit", _unit_of),
        "email": ("email", email_of),
        "name": ("name", _short),
        "post": ("post", _short),
        "lead": ("kind", _kind_of),
        "from": ("from_on", day_of),
        "until": ("until_on", day_of),
        "role": ("role", _role_of),
    }
)
