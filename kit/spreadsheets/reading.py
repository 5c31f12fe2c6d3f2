"""A file as sheets of cells: CSV or XLSX, told apart by their content."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kit.sheets import safe_cell
from kit.spreadsheets.problems import CannotRead
from kit.spreadsheets.workbooks import MOST_COLUMNS, MOST_ROWS, repacked

MOST_BYTES = 10 * 1024 * 1024
MOST_CHARACTERS = 1_000
TITLE_LINES = 10
"""Among so many lines the one with the columns' names is looked for."""

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Line:
    """One line of a sheet: its number as a spreadsheet program counts, and its cells."""

    number: int
    cells: Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """A sheet's lines that have something in them; a CSV file is one sheet without a name."""

    name: str
    lines: Sequence[Line]


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a file that have lines.

    Raises CannotRead ("too_large", "old_excel", "not_a_sheet", "damaged", "empty" and others),
    with a sentence.
    """
    if len(content) > MOST_BYTES:
        raise too_large()
    if content.startswith(_OLD_EXCEL):
        raise CannotRead(
            "old_excel",
            "That is an old Excel file, or one with a password. Save it as XLSX without a "
            "password, or as CSV.",
        )
    sheets = _workbook(content) if content.startswith(_ZIP) else [_csv(content)]
    found = [sheet for sheet in sheets if sheet.lines]
    if not found:
        raise CannotRead("empty", "The file is empty. Choose the file that holds the rows.")
    return found


def too_large() -> CannotRead:
    return CannotRead(
        "too_large",
        f"The file is larger than {MOST_BYTES // 1024**2} MB. Split it by year, and import one "
        "after the other.",
    )


def _workbook(content: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(repacked(content))) as book:
            return [_sheet(book, name) for name in book.sheet_names]
    except CalamineError as problem:
        raise CannotRead(
            "damaged", "The file is damaged and can't be opened. Save it again as XLSX or CSV."
        ) from problem


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Sheet(name, _lines(enumerate(rows, start=1)))


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    return Sheet("", _lines(_numbered(reader)))


def _separator(text: str) -> str:
    """That of the first line with several cells: above it a report may have its title."""
    first = text.lstrip("\r\n").split("\n", TITLE_LINES)[:TITLE_LINES]
    wide = (line for line in first if max(map(line.count, _SEPARATORS)) > 1)
    return max(_SEPARATORS, key=next(wide, first[0]).count)


def _numbered(reader: Any) -> Iterator[tuple[int, Sequence[object]]]:
    """Each row with the line it begins on: a quoted cell may hold line breaks."""
    number = 1
    try:
        for row in reader:
            yield number, row
            number = reader.line_num + 1
    except csv.Error as problem:
        raise CannotRead(
            "damaged",
            f"From line {number} on the file can't be read: a quotation mark is missing or too "
            "many. Mend that line, or save the sheet as XLSX.",
        ) from problem


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else what Excel writes on Windows."""
    codec = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or text.lstrip().startswith(("%PDF-", "{\\rtf", "<")):
        raise CannotRead(
            "not_a_sheet", "That file is no spreadsheet. Save the sheet as XLSX or CSV."
        )
    return text


def _lines(rows: Iterable[tuple[int, Sequence[object]]]) -> list[Line]:
    found = []
    for number, row in rows:
        cells = [_cell(cell) for cell in row]
        if any(cell != "" for cell in cells):
            found.append(Line(number, cells))
        _check_size(number, cells, len(found))
    return found


def _check_size(number: int, cells: Sequence[object], lines: int) -> None:
    if lines > MOST_ROWS or len(cells) > MOST_COLUMNS:
        raise CannotRead(
            "too_many_rows",
            f"The file has more than {MOST_ROWS - 1:,} rows or {MOST_COLUMNS} columns. Split it "
            "by year, and import one after the other.",
        )
    if any(isinstance(cell, str) and len(cell) > MOST_CHARACTERS for cell in cells):
        raise CannotRead(
            "cell_too_long",
            f"A cell on line {number} holds more than {MOST_CHARACTERS:,} characters. Leave out "
            "columns of text: only dates, names and grades are imported.",
        )


def _cell(cell: object) -> object:
    """Text without spaces around it; an apostrophe that our own files put there is taken off."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    bare = text.removeprefix("'")
    return bare if safe_cell(bare) == text else text
