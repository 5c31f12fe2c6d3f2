"""The published tables read back out of the PDF that the command writes for the demonstration."""

import re

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from kit.months import month_name, parse_month
from tests import golden


@pytest.fixture
def text(demo, tmp_path) -> str:
    """Every word of the report on May to November 2023, in reading order."""
    path = tmp_path / "november.pdf"
    months = ("--month", "2023-11", "--from", "2023-05", "--as-at", "2024-02-01T06:00")
    call_command("build_report", "monthly", *months, "--output", str(path))
    pages = PdfReader(path).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def named(code: str) -> str:
    return month_name(parse_month(code))


def test_the_pdf_holds_every_published_figure(text):
    for row in golden.rows("returns"):
        *counts, published = list(row.values())[1:]
        share = f"{golden.percent(published)}%"
        assert " ".join([named(row["month"]), *counts, share]) in text
    assert "Total 730 49 681 229 33.6%" in text
    for row in golden.rows("grades_after_moderation"):
        month, *counts = row.values()
        name = "Total" if month == "total" else named(month)
        assert " ".join([name, *counts]) in text
    measures = golden.measures()
    assert f"Moderated, of returned {measures['moderated']} 229 26.2%" in text
    assert f"Grade supported {measures['grade_supported']} 60 48.3%" in text
    assert f"Grade downgraded {measures['grade_downgraded']} 60 51.7%" in text
    assert "All 0 16 34 10 60" in text
