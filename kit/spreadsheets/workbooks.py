"""XLSX files made safe before they are parsed.

An XLSX is a zip of XML. Three things can bring a server down before a single cell is read: parts
that unpack to gigabytes, parts whose stated size is a lie, and one cell far away from the others,
for which the parser reserves the whole rectangle between them. So every part is unpacked here
within a limit, looked through, and packed again with true sizes.
"""

import io
import re
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from kit.spreadsheets.problems import CannotRead

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_001
MOST_COLUMNS = 120

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
# What reading raises: zipfile says NotImplementedError of a compression that it does not know, and
# RuntimeError of an encrypted part.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class _Extent:
    """Reads one part and refuses cells with content beyond the limits, and entities."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.cell = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "row":
            self.cell = ""
            check_extent(f"A{attributes['r']}" if "r" in attributes else "A1", wide=False)
        elif name == "c":
            self.cell = attributes.get("r", "A1")
        elif name in ("v", "is", "f") and self.cell:
            check_extent(self.cell)

    def refuse_doctype(self, *_: Any) -> None:
        raise CannotRead("not_a_sheet", "The file holds what no spreadsheet holds. Save it anew.")


def check_extent(reference: str, *, wide: bool = True) -> None:
    """Raise CannotRead ("too_many_rows") for a cell beyond the limits, or that is no cell.

    A row may be formatted down to the sheet's end; only what is written counts (`wide`).
    """
    match = _CELL.fullmatch(reference)
    if match and not wide:
        return
    if not match or int(match[2]) > MOST_ROWS or _column(match[1]) > MOST_COLUMNS:
        raise CannotRead(
            "too_many_rows",
            f"Something stands in cell {reference[:12]}, beyond {MOST_ROWS - 1:,} rows or "
            f"{MOST_COLUMNS} columns. Delete it, or split the file by year.",
        )


def repacked(content: bytes) -> bytes:
    """The workbook's XML parts, packed again with true sizes and without all the rest.

    Raises CannotRead ("too_large_unpacked", "damaged", "not_a_sheet", "too_many_rows").
    """
    safe = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(safe, "w") as clean:
            for name, part in _parts(packed):
                clean.writestr(name, part)
    except (*_DAMAGED, expat.ExpatError) as problem:
        raise CannotRead(
            "damaged", "The file is damaged and can't be opened. Save it again as XLSX or CSV."
        ) from problem
    return safe.getvalue()


def _parts(packed: zipfile.ZipFile) -> Any:
    entries = packed.infolist()
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise CannotRead(
            "not_a_sheet", "That file is no spreadsheet. Save the sheet as XLSX or CSV."
        )
    left = MOST_UNPACKED
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > left:
        raise _too_large()
    seen = set()
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")) or entry.filename in seen:
            continue
        seen.add(entry.filename)
        with packed.open(entry) as opened:
            part = opened.read(left + 1)
        left -= len(part)
        if left < 0:
            raise _too_large()
        _Extent().parser.Parse(part, True)
        yield entry.filename, part


def _too_large() -> CannotRead:
    return CannotRead(
        "too_large_unpacked",
        f"Unpacked, the file is larger than {MOST_UNPACKED // 1024**2} MB. Copy the rows into a "
        "new sheet, or save it as CSV.",
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
