import csv
import io
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from audits.tools import read_tool
from kit.grades import GRADES
from kit.pdf import render_pdf
from kit.tables import Cell, Column, Row, Table
from reporting.domain.narrative import narrate
from reporting.printing import charts, monthly_csv, monthly_html, monthly_sections
from reporting.printing.paging import LINES, split
from reporting.printing.parts import Figure, Pair, TablePart
from tests.reporting.any_figures import (
    any_figures,
    hostile_figures,
    wide_figures,
)
from tests.reporting.figures import EXEMPTED, PLANNED, RETURNED, STANDING, golden_figures

HOSTILE = '"><script>alert(1)</script><img src="http://example.test/x">{{ x }}'


def edition(figures, authority="Aireborough Children's Services"):
    """A report as printing sees it."""
    return SimpleNamespace(
        number="MR-2023-11/1",
        authority_name=authority,
        status="draft",
        approved_at=None,
        approved_as="",
        figures=figures.as_document(),
        narrative=narrate(figures).as_document(),
        chain_head="9f3c1a70e2b45d18" * 4,
        chain_position=18342,
        run=SimpleNamespace(
            as_at=figures.as_at,
            first_month=figures.period.first,
            last_month=figures.period.last,
            edition=1,
        ),
    )


def html_of(figures, **changes):
    return monthly_html(edition(figures, **changes))[0]


def sections_of(figures):
    return monthly_sections(figures, narrate(figures))


@cache
def printed(make):
    """The PDF of the figures that `make` gives, made once for all tests."""
    html, css = monthly_html(edition(make()))
    document = render_pdf(html, css=css, title="Monthly report", timeout=120, memory_mb=1500)
    return PdfReader(io.BytesIO(document))


class Tables(HTMLParser):
    """The cells of every table of a page, row by row, under its caption."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.caption, self.row, self.into = {}, "", None, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "caption":
            self.caption, self.into = "", tag
        elif tag == "tr":
            self.row = []
        elif tag in ("th", "td") and self.row is not None:
            self.row.append("")
            self.into = tag

    def handle_endtag(self, tag):
        if tag == "tr" and self.row is not None:
            self.tables.setdefault(" ".join(self.caption.split()), []).append(self.row)
        if tag in ("caption", "th", "td"):
            self.into = ""

    def handle_data(self, data):
        if self.into == "caption":
            self.caption += data
        elif self.into and self.row:
            self.row[-1] += data.strip()


def table(html, title):
    return next(rows for caption, rows in Tables(html).tables.items() if title in caption)


def lines_of(figures):
    text = monthly_csv(edition(figures)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def table_parts(figures):
    return [
        (section, part)
        for section in sections_of(figures)
        for part in section.parts
        if isinstance(part, TablePart)
    ]


def test_it_says_what_each_grade_means_on_both_axes():
    html = html_of(golden_figures())
    [_, *rows] = Tables(html).tables["What each grade means"]
    assert [row[0] for row in rows] == [look.word for look in GRADES]
    said = {text.replace("\u2019", "'") for row in rows for text in row[1:]}
    for grade in read_tool("MCF").grades:
        assert {grade.practice, grade.outcome} <= said


def test_the_return_table_is_the_published_one_with_its_total():
    head, *rows = table(html_of(golden_figures()), "Planned, exempted, scheduled and returned")
    assert head == ["Month", "Planned", "Exempted", "Scheduled", "Returned", "% of scheduled"]
    assert rows[0] == ["May 2023", "91", "8", "83", "44", "53.0%"]
    assert rows[-1] == ["Total", "730", "49", "681", "229", "33.6%"]
    columns = list(zip(*rows[:-1], strict=True))
    assert columns[1:3] == [tuple(map(str, PLANNED)), tuple(map(str, EXEMPTED))]
    assert columns[4] == tuple(map(str, RETURNED))


def test_the_grade_table_is_the_published_one_and_says_how_many_were_moderated():
    html = html_of(golden_figures())
    title = "60 of 229 moderated; the other 169 are the auditors’ own grades."
    rows = table(html, title)[1:]
    assert [tuple(map(int, row[1:5])) for row in rows[:-1]] == list(STANDING)
    assert rows[-1] == ["Total", "1", "61", "109", "58", "229", "27.1%(62 of 229)"]


def test_moderation_is_printed_as_published():
    rows = table(html_of(golden_figures()), "Outcome of moderation")
    assert ["Moderated, of returned", "60", "229", "26.2%"] in rows
    assert ["Grade supported", "29", "60", "48.3%"] in rows
    assert ["Grade downgraded", "31", "60", "51.7%"] in rows
    settled = {row[0]: row[1] for row in rows}
    assert settled["Settled at Good"] == "16"
    assert settled["Settled at Requires improvement"] == "34"
    assert settled["Settled at Inadequate"] == "10"


def test_figures_and_tables_are_numbered_in_their_order():
    html = html_of(golden_figures())
    for kind in ("Figure", "Table"):
        found = [int(number) for number in re.findall(rf'app-number">{kind} (\d+)<', html)]
        assert found == list(range(1, len(found) + 1))


def test_the_contents_name_every_section():
    html = html_of(golden_figures())
    named = re.findall(r'<a href="#([\w-]+)"', html)
    assert named == re.findall(r'<section class="topic[^"]*" id="([\w-]+)"', html)
    assert named[0] == "summary"


def test_every_chart_begins_with_its_figures_in_words():
    html = html_of(golden_figures())
    pictures = re.findall(r"<svg[^>]*>(.{7})", html)
    assert len(pictures) >= 8
    assert set(pictures) == {"<title>"}


def test_the_line_of_returns_breaks_where_months_are_left_out():
    figures = golden_figures()
    narrative, months = narrate(figures), figures.returns.months
    assert charts.rates(figures, narrative).note == ""
    returns = replace(figures.returns, months=(*months[:2], *months[4:]))
    broken = charts.rates(replace(figures, returns=returns), narrative)
    assert broken.note == "Months in which no audits were planned are left out."
    assert broken.draw(600).svg.count("<path") == 2


def test_every_head_of_a_table_says_what_it_heads():
    heads = re.findall(r"<th\b[^>]*>", html_of(golden_figures()))
    assert heads
    assert [head for head in heads if "scope=" not in head] == []


def test_the_same_edition_prints_the_same():
    figures = golden_figures()
    assert monthly_html(edition(figures)) == monthly_html(edition(figures))
    assert monthly_csv(edition(figures)) == monthly_csv(edition(figures))


def test_the_style_sheet_names_nothing_to_fetch():
    css = monthly_html(edition(golden_figures()))[1]
    assert "url(" not in css
    assert "@import" not in css


def test_hostile_names_stay_text():
    html = html_of(hostile_figures(HOSTILE), authority=HOSTILE)
    assert "alert(1)" in html
    assert "<script" not in html
    assert "<img" not in html


def test_hostile_names_run_in_no_sheet():
    found = lines_of(hostile_figures('=HYPERLINK("http://example.test")'))
    rows = [line["row"] for line in found if "HYPERLINK" in line["row"]]
    assert rows
    assert all(row.startswith("'=") for row in rows)


def test_the_sheet_has_every_figure_of_every_table():
    figures = golden_figures()
    found = {(line["section"], line["table"], line["row"]) for line in lines_of(figures)}
    for section, part in table_parts(figures):
        for row in part.table.rows:
            head = row.cells[0]
            name = head.text if isinstance(head, Cell) else head
            assert (section.heading, part.name, name) in found


def test_a_share_in_the_sheet_has_its_counts():
    lines = lines_of(golden_figures())
    rate = next(line for line in lines if line["row"] == "Total")
    assert rate["section"] == "Audit returns"
    share = next(line for line in lines if (line["row"], line["n"]) == ("Total", "229"))
    assert (share["of"], share["value"]) == ("681", "33.6")
    matrix = [line for line in lines if line["table"].startswith("Auditor's grade")]
    changed = [line for line in matrix if (line["row"], line["column"])[0] == "Good"]
    assert [line["value"] for line in changed] == ["0", "14", "22", "0", "36"]


def test_themes_beyond_the_chart_are_in_the_sheet():
    lines = [
        line for line in lines_of(golden_figures()) if line["table"] == "Areas for development"
    ]
    assert {line["row"] for line in lines} >= {"Contingency", "History used"}


def test_a_long_table_is_split_and_its_total_ends_the_last():
    rows = [Row([f"Service {number}", number]) for number in range(60)]
    columns = [Column("Service"), Column("Audits", numeric=True)]
    whole = Table("Audits", columns, rows, number="Table 2", total=Row(["All", 1]), notes=["Note"])
    pieces = split(whole)
    assert [piece.number for piece in pieces] == [
        "Table 2, 1 of 3",
        "Table 2, 2 of 3",
        "Table 2, 3 of 3",
    ]
    assert [row for piece in pieces for row in piece.rows] == rows
    assert [piece.total is None for piece in pieces] == [True, True, False]
    assert all(len(piece.rows) <= LINES for piece in pieces)


def test_a_short_table_stays_whole():
    whole = Table("Audits", [Column("Month")], [Row(["May"])] * 12)
    assert split(whole) == [whole]


def test_every_figure_can_be_drawn_for_a_phone():
    figures = wide_figures()
    parts = [part for section in sections_of(figures) for part in section.parts]
    halves = [half for part in parts if isinstance(part, Pair) for half in (part.left, part.right)]
    drawn = [part.narrow for part in [*parts, *halves] if isinstance(part, Figure)]
    assert drawn
    assert {chart.width for chart in drawn} == {328}


@settings(max_examples=15)
@given(any_figures())
def test_any_figures_can_be_printed(figures):
    assert html_of(figures).count('<section class="topic') == 15
    assert lines_of(figures)


@pytest.mark.parametrize("make", [golden_figures, wide_figures])
def test_no_table_breaks_across_pages(make):
    figures = make()
    pages = ["".join(page.extract_text().split()) for page in printed(make).pages]
    for _, part in table_parts(figures):
        for piece in split(part.table):
            caption = f"{piece.number}{piece.title}".replace(" ", "").replace("'", "’")
            page = next(text for text in pages if caption in text)
            last = piece.total or piece.rows[-1]
            figures_of_last = [
                cell.text if isinstance(cell, Cell) else cell for cell in last.cells[1:]
            ]
            assert str(figures_of_last[-1]).replace(" ", "") in page


@pytest.mark.parametrize("make", [golden_figures, wide_figures])
def test_the_summary_fits_its_page(make):
    pages = [page.extract_text() for page in printed(make).pages]
    assert "Summary" in pages[1]
    assert "Read with care" in pages[1]


def test_the_document_can_be_found_one_s_way_in():
    document = printed(golden_figures)
    bookmarks = [entry.title for entry in document.outline]
    assert bookmarks[:3] == ["Case-file audits: monthly report", "Summary", "1Audit returns"]
    assert len(bookmarks) == 16
    assert document.trailer["/Root"]["/Lang"] == "en-GB"
    last = document.pages[-1].extract_text()
    assert f"Page {len(document.pages)} of {len(document.pages)}" in last
    assert "Official - sensitive" in last
    assert "9f3c 1a70" in last
