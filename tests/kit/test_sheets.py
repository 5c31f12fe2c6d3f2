import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kit.sheets import csv_bytes, safe_cell, xlsx_bytes


def read(file):
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def read_xlsx(file):
    return CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1234", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1"]
)
def test_text_that_would_run_as_a_formula_is_marked_as_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Safeguarding East", "23 of 117", "19.7%", "–", "a=b"])
def test_other_text_is_left_alone(text):
    assert safe_cell(text) == text


def test_numbers_stay_numbers_and_days_are_iso():
    file = csv_bytes(["a", "b", "c", "d"], [[-3, Decimal("-19.7"), date(2023, 11, 1), None]])
    assert file.decode("utf-8-sig").splitlines()[1] == '-3,-19.7,"2023-11-01",""'


def test_a_file_opens_with_its_names_whole_in_excel():
    file = csv_bytes(["Service"], [["Zoë’s; team, “East”"]])
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.endswith(b"\r\n")
    assert read(file) == [["Service"], ["Zoë’s; team, “East”"]]


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="2 cells and the header 1"):
        csv_bytes(["a"], [["b", "c"]])


def test_a_workbook_says_what_the_csv_says():
    header, rows = ["Case", "Seen"], [["=1+1", "Yes"], ["https://a.example", None]]
    book = read_xlsx(xlsx_bytes("Cases", header, rows))
    assert book == read(csv_bytes(header, rows))
    assert book[1][0] == "'=1+1"


def test_numbers_of_a_workbook_stay_numbers():
    assert read_xlsx(xlsx_bytes("Counts", ["n"], [[3], [Decimal("19.7")]])) == [["n"], [3], [19.7]]


def test_a_workbook_holds_neither_formulas_nor_links():
    rows = [["=HYPERLINK(1)"], ["https://a.example"], ["{=1}"]]
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes("Cases", ["a"], rows))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet.lower().replace(b"=hyperlink(1)", b"")


def test_days_of_a_workbook_are_days_to_sort_by():
    book = read_xlsx(xlsx_bytes("Cases", ["Due", "At"], [[date(2023, 11, 1), None]]))
    assert book == [["Due", "At"], [date(2023, 11, 1), ""]]
    moment = datetime(2023, 11, 1, 12, 30, tzinfo=UTC)
    assert read_xlsx(xlsx_bytes("Cases", ["At"], [[moment]]))[1] == ["2023-11-01T12:30:00+00:00"]


def test_a_workbooks_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="2 cells and the header 1"):
        xlsx_bytes("Cases", ["a"], [["b", "c"]])


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_no_text_whatever_comes_back_as_a_formula(cells):
    [_, row] = read(csv_bytes(["a"] * len(cells), [cells]))
    assert [cell.removeprefix("'") for cell in row] == [
        cell.replace("\0", "").removeprefix("'") for cell in cells
    ]
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
