"""Files: what is read, and what is refused with a sentence before it does harm."""

import datetime
import io
import struct
import zipfile

import pytest

from kit.spreadsheets.reading import MOST_BYTES, read_sheets
from kit.spreadsheets.workbooks import MOST_UNPACKED
from moderation.domain.importing import CannotRead
from moderation.domain.importing.columns import choose_sheet
from tests.factories.import_files import ROW, csv_file, xlsx_file

SHEET = "xl/worksheets/sheet1.xml"


def lines(content: bytes) -> list[tuple[int, list]]:
    return [(line.number, list(line.cells)) for line in read_sheets(content)[0].lines]


def refused(content: bytes) -> str:
    with pytest.raises(CannotRead) as refusal:
        choose_sheet(read_sheets(content))
    assert refusal.value.sentence.endswith(".")
    return refusal.value.reason


def changed(content: bytes, **parts: bytes) -> bytes:
    """The same workbook with the sheet's XML, or other parts, replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        replaced = {SHEET: parts["sheet"]} if "sheet" in parts else {}
        replaced |= {name: part for name, part in parts.items() if name != "sheet"}
        for name in old.namelist():
            new.writestr(name, replaced.pop(name, old.read(name)), zipfile.ZIP_DEFLATED)
        for name, part in replaced.items():
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def sheet_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(SHEET)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_as_office_programs_write_it(separator, codec):
    content = csv_file(ROW | {"team": "Équipe, Est; 1"}, separator=separator, codec=codec)
    assert lines(content)[1] == (2, ["C1", "2023-11", "Équipe, Est; 1", "2023-11-01"])


def test_lines_are_counted_as_the_spreadsheet_counts_them():
    content = b'a,b\r\n\r\n"1\n2",x\r\n,\r\ny,z\r\n'
    assert [number for number, _ in lines(content)] == [1, 3, 6]
    assert [number for number, _ in lines(xlsx_file(ROW, {}, ROW))] == [1, 2, 4]


def test_days_of_a_workbook_are_days():
    content = xlsx_file(ROW | {"planned_on": datetime.date(2023, 11, 14)})
    assert lines(content)[1][1][3] == datetime.date(2023, 11, 14)


def test_the_sheet_with_the_columns_is_chosen():
    sheets = [*read_sheets(b"Read me\n"), *read_sheets(csv_file(ROW))]
    assert list(choose_sheet(sheets)[0].lines) == list(sheets[1].lines[1:])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"%PDF-1.7\n", "not_a_sheet"),
        (b"<html><table>", "not_a_sheet"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_sheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "old_excel"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b'a,b\n"never closed,1\n', "damaged"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
        (b"a\n" * 10_003, "too_many_rows"),
        (b"," * 130 + b"x\n", "too_many_rows"),
        (b"a\n" + b"x" * 1_001, "cell_too_long"),
        (b"case,month\nC1,2023-11\n", "columns_missing"),
        (b"month,Month,case_reference,team,planned_on\n", "column_twice"),
        (b"case_reference,month,team,planned_on,domain: Overall (practice)\n", "domain_name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_of_another_kind_are_refused(content, reason):
    assert refused(content) == reason


def test_a_zip_of_another_kind_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("photo.xml", "<a/>")
    assert refused(made.getvalue()) == "not_a_sheet"


def test_a_zip_bomb_is_refused_by_its_stated_size():
    bomb = changed(xlsx_file(ROW), **{"xl/more.xml": b" " * (MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert refused(bomb) == "too_large_unpacked"


def test_a_zip_bomb_that_states_a_small_size_is_never_unpacked_whole():
    bomb = bytearray(changed(xlsx_file(ROW), **{"xl/more.xml": b" " * (MOST_UNPACKED + 1)}))
    size = struct.pack("<L", MOST_UNPACKED + 1)
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = struct.pack("<L", 100)
    assert refused(bytes(bomb)) == "damaged"


@pytest.mark.parametrize("far", ["XFD2", "A1048576", "\u0661", "A99999999"])
def test_one_cell_far_away_is_refused(far):
    """The parser reserves the whole rectangle up to it: 17 thousand million cells."""
    book = xlsx_file(ROW)
    xml = sheet_xml(book).replace(b'r="D2"', f'r="{far}"'.encode())
    assert refused(changed(book, sheet=xml)) == "too_many_rows"


def test_rows_that_are_only_formatted_do_no_harm():
    book = xlsx_file(ROW)
    blank = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    xml = sheet_xml(book).replace(b"</sheetData>", blank)
    xml = xml.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')
    assert len(lines(changed(book, sheet=xml))) == 2


def test_entities_and_broken_xml_are_refused():
    book = xlsx_file(ROW)
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet/>'
    assert refused(changed(book, sheet=entity)) == "not_a_sheet"
    assert refused(changed(book, sheet=b"<worksheet>")) == "damaged"
