"""Rows as a spreadsheet: CSV or XLSX that opens in an office program with every value as it was.

UTF-8 with a byte order mark, because Excel reads a CSV without one as Windows-1252 and spoils
names; programs that expect none read it as "utf-8-sig". Lines end in CR LF (RFC 4180). Text is
quoted, so that no locale's separator splits it; numbers are not. XLSX is made in memory: rows about
children touch no disk.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Cell = str | int | float | Decimal | date | None

_XLSX = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_COLUMN_WIDTH = 20
_DAY = "d mmmm yyyy"

# How a formula may begin: the four signs, also in full width, and what a program strips first.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file's bytes. Raises ValueError when a row has not as many cells as the header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([safe_cell(cell) for cell in header])
    for row in rows:
        _check_length(row, header)
        writer.writerow([safe_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet, whose name is `title`. Nothing in it is a formula or a link.

    Days are real days there, to sort and filter by; everything else is as `safe_cell` says. Rows
    are written as they come. Raises ValueError when a row has not as many cells as the header.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _XLSX) as book:
        sheet, head = book.add_worksheet(title), book.add_format({"bold": True})
        day = book.add_format({"num_format": _DAY, "align": "left"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, _COLUMN_WIDTH)
        for place, name in enumerate(header):
            sheet.write(0, place, safe_cell(name), head)
        for line, row in enumerate(rows, start=1):
            _check_length(row, header)
            for place, cell in enumerate(row):
                if isinstance(cell, date) and not isinstance(cell, datetime):
                    sheet.write_datetime(line, place, cell, day)
                else:
                    sheet.write(line, place, safe_cell(cell))
    return made.getvalue()


def safe_cell(cell: Cell) -> str | int | float | Decimal:
    """What may stand in a sheet: text that would run as a formula is given an apostrophe.

    Numbers stay numbers, days and moments become ISO 8601 text, nothing becomes an empty cell.
    """
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _check_length(row: Sequence[Cell], header: Sequence[str]) -> None:
    if len(row) != len(header):
        raise ValueError(f"A row has {len(row)} cells and the header {len(header)}.")
