"""The columns of a file: which are there, where, and which are not read."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audits.choices import Axis
from kit.spreadsheets.problems import CannotRead, shown
from kit.spreadsheets.reading import TITLE_LINES, Line, Sheet

REQUIRED = ("case_reference", "month", "team", "planned_on")
OPTIONAL = (
    "auditor_email",
    "exempted_on",
    "exemption_reason",
    "returned_on",
    "overall_practice_grade",
    "overall_outcome_grade",
    "moderated_on",
    "moderator_email",
    "moderated_practice_grade",
    "moderated_outcome_grade",
)
LONGEST_NAME = 120

# A title that was wrapped by hand holds line breaks.
_DOMAIN = re.compile(r"(?is)domain\s*:\s*(.+?)\s*\(\s*(practice|outcome)\s*\)")


@dataclass(frozen=True)
class DomainColumn:
    """A column of grades of one domain on one axis. `key` tells domains apart, however spelt."""

    name: str
    axis: Axis

    @property
    def key(self) -> str:
        return key_of(self.name)

    def __str__(self) -> str:
        return f"domain: {self.name} ({self.axis.value})"


@dataclass(frozen=True)
class Columns:
    """Where each column stands, from 0; titles of those that are not read; how many there are."""

    places: Mapping[str, int]
    domains: Mapping[DomainColumn, int]
    not_read: tuple[str, ...]
    width: int

    @property
    def grades_outcome(self) -> bool:
        """Whether anything in the file is graded on the outcome axis."""
        overall = {"overall_outcome_grade", "moderated_outcome_grade"} & set(self.places)
        return bool(overall) or any(column.axis == Axis.OUTCOME for column in self.domains)

    @property
    def domain_names(self) -> dict[str, str]:
        """Each domain's name as first spelt, by its key, in the order of the file."""
        names: dict[str, str] = {}
        for column in self.domains:
            names.setdefault(column.key, column.name)
        return names


def key_of(name: str) -> str:
    return " ".join(name.casefold().split())


def choose_sheet(sheets: Sequence[Sheet]) -> tuple[Sheet, Columns]:
    """The first sheet with a line that names all required columns: from the line after it on, and
    its columns. Above it a title may stand, and the day the report was made.

    Raises CannotRead ("columns_missing", "column_twice", "domain_name") for the line that comes
    nearest when no sheet will do.
    """
    for sheet in sheets:
        for place, line in enumerate(sheet.lines[:TITLE_LINES]):
            if not _missing(_titles(line)):
                return replace(sheet, lines=sheet.lines[place + 1 :]), _columns(line)
    raise _nearest_lacks([(sheet, line) for sheet in sheets for line in sheet.lines[:TITLE_LINES]])


def _nearest_lacks(lines: Sequence[tuple[Sheet, Line]]) -> CannotRead:
    """What the line that names most of the columns still lacks; the first line where none does."""
    sheet, line = min(lines, key=lambda pair: len(_missing(_titles(pair[1]))))
    missing = _missing(_titles(line))
    where = f"Line {line.number}" if len(missing) < len(REQUIRED) else "The first line"
    where += f" of the sheet {shown(sheet.name)}" if sheet.name else ""
    return CannotRead(
        "columns_missing",
        f"{where} must name the columns, and lacks {', '.join(missing)}. Add what is missing, "
        "spelt like that.",
    )


def _columns(header: Line) -> Columns:
    places: dict[str, int] = {}
    domains: dict[DomainColumn, int] = {}
    not_read: list[str] = []
    titles = _titles(header)
    _check_once(titles)
    for place, title in enumerate(titles):
        if title in REQUIRED or title in OPTIONAL:
            places[title] = place
        elif column := _domain(title, str(header.cells[place])):
            domains[column] = place
        elif title:
            not_read.append(str(header.cells[place])[:LONGEST_NAME])
    return Columns(places, domains, tuple(not_read), len(titles))


def _titles(header: Line) -> list[str]:
    """Canonical names: "Case reference", "case-reference" and "CASE_REFERENCE" are one."""
    return [_title(str(cell)) for cell in header.cells]


def _title(text: str) -> str:
    if match := _DOMAIN.fullmatch(text.strip()):
        return f"domain: {key_of(match[1])} ({match[2].lower()})"
    plain = re.sub(r"\(.*\)", "", text.casefold())
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _domain(title: str, text: str) -> DomainColumn | None:
    match = _DOMAIN.fullmatch(text.strip())
    if match is None:
        return None
    name = " ".join(match[1].split())
    if len(name) > LONGEST_NAME or key_of(name) == "overall":
        raise CannotRead(
            "domain_name",
            f"{shown(title)} can't be a domain: use overall_practice_grade for the overall, and "
            f"names of at most {LONGEST_NAME} characters.",
        )
    return DomainColumn(name, Axis(match[2].lower()))


def _missing(titles: Sequence[str]) -> list[str]:
    return [name for name in REQUIRED if name not in titles]


def _check_once(titles: Sequence[str]) -> None:
    known = [title for title in titles if title in (*REQUIRED, *OPTIONAL) or ":" in title]
    twice = [title for title, times in Counter(known).items() if times > 1]
    if twice:
        raise CannotRead(
            "column_twice", f"The column {twice[0]} stands there twice. Delete one of the two."
        )
