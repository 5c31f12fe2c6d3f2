"""Files of past audits, as a council would send them."""

import csv
import datetime
import io
from collections.abc import Iterable, Mapping

import xlsxwriter

from moderation.domain.importing import Plan, import_audits

ROW = {
    "case_reference": "C1",
    "month": "2023-11",
    "team": "Assessment Team 1",
    "planned_on": "2023-11-01",
}
RETURNED = ROW | {"returned_on": "2023-11-14", "overall_practice_grade": "Good"}
MODERATED = RETURNED | {"moderated_on": "2023-11-20", "moderated_practice_grade": "RI"}
EXEMPTED = ROW | {"exempted_on": "2023-11-10", "exemption_reason": "vacant_post"}

Row = Mapping[str, object]


def titles_of(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(title for row in rows for title in row))


def csv_file(*rows: Row, separator: str = ",", codec: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, titles_of(rows), restval="", delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(codec)


def xlsx_file(*rows: Row) -> bytes:
    """Days become days as Excel knows them; everything else is written as it is."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet("Audits"), book.add_format({"num_format": "dd/mm/yyyy"})
        titles = titles_of(rows)
        sheet.write_row(0, 0, titles)
        for line, row in enumerate(rows, start=1):
            for place, title in enumerate(titles):
                value = row.get(title, "")
                if isinstance(value, datetime.date):
                    sheet.write_datetime(line, place, value, day)
                else:
                    sheet.write(line, place, value)
    return made.getvalue()


def bring(world, *rows: Row, **chosen: object) -> Plan:
    """Import rows by the QA manager."""
    given = {"file_name": "audits.csv", "by": world.qa_manager}
    return import_audits(csv_file(*rows), **given | chosen)
