"""Words, components, the frame of a page and the pages that refuse."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from audits.choices import Grade
from kit.charts import palette
from kit.grades import GRADES, look_of
from kit.shares import Share
from kit.tables import Cell, Column, Row, Table, grade_cell, share_cell
from kit.templatetags import wording
from tests.kit.test_crispy import HOSTILE, Page

PERSON = SimpleNamespace(is_authenticated=True, post="QA officer", name="S. Iqbal")


def draw(source, **context):
    template = engines["django"].from_string("{% load wording components %}" + source)
    return template.render(context, RequestFactory().get("/audits/?team=3&page=2"))


def component(name, **context):
    return Page(render_to_string(f"_components/{name}.html", context))


# Words


def test_dates_are_written_out_in_london():
    at = datetime(2023, 7, 31, 23, 30, tzinfo=UTC)
    assert wording.long_date(date(2026, 3, 3)) == "3 March 2026"
    assert wording.long_date(at) == "1 August 2023"
    assert wording.moment(at) == "1 August 2023, 00:30"
    assert wording.month_name(date(2023, 11, 1)) == "November 2023"


def test_no_date_is_written_as_nothing():
    assert draw("{{ x|long_date }}{{ x|moment }}{{ x|month_name }}{{ x|count }}", x=None) == ""


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (730, "730"), (9999, "9999"), (10000, "10,000")]
)
def test_thousands_are_parted_from_ten_thousand_on(number, text):
    assert wording.count(number) == text


def test_a_share_has_both_its_numbers_and_a_small_one_a_warning():
    assert wording.share(Share(23, 117)) == "23 of 117 (19.7%)"
    small = wording.share(Share(3, 8))
    assert small.startswith("3 of 8 ")
    assert "read the cases, not the percentage" in small
    assert "%" not in small


def test_a_percentage_of_nothing_is_a_dash():
    assert draw("{{ a|percent }} {{ b|percent }}", a=Share(1, 3), b=Share(0, 0)) == "33.3% –"


# Grades


def test_the_grades_are_those_of_the_audits():
    assert [(look.value, look.word) for look in GRADES] == [(g.value, g.label) for g in Grade]


def test_pages_charts_and_print_use_the_same_colours():
    tokens = Path(settings.BASE_DIR, "static", "print-tokens.css").read_text()
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", tokens))
    assert [colours[look.slug] for look in GRADES] == [grade.fill for grade in palette.GRADES]
    assert colours["outstanding-line"] == palette.GRADES[0].line
    assert [colours["ink"], colours["secondary"], colours["navy"]] == [
        palette.INK,
        palette.SECONDARY,
        palette.NAVY,
    ]


def test_a_grade_is_a_swatch_and_its_word():
    page = Page(draw("{% grade 2 %}"))
    assert page.find("span", class_="app-swatch app-swatch--requires-improvement")
    assert "Requires improvement" in page.text


def test_not_applicable_has_no_colour():
    assert "Not applicable" in draw("{% grade None %}")
    assert wording.grade_word(None) == "Not applicable"
    assert "swatch" not in draw("{% grade None %}")


@pytest.mark.parametrize("value", [0, 5])
def test_a_number_off_the_scale_is_no_grade(value):
    with pytest.raises(ValueError, match="is no grade"):
        look_of(value)


def test_the_key_names_the_grades_best_first():
    page = Page(draw("{% grade_key %}"))
    assert page.text.split() == ["Outstanding", "Good", "Requires", "improvement", "Inadequate"]
    assert len(page.find("li")) == 4


# Tables

RETURNS = Table(
    "Returns by month",
    [Column("Month"), Column("Returned", numeric=True), Column("Rate", numeric=True)],
    [
        Row(["October 2023", Cell(27, href="/o/", hidden="audits of October"), "26.7%"]),
        Row(["November 2023", 23, share_cell(Share(23, 117))], current=True),
    ],
    subtitle="Number of audits",
    number="Table 1",
    total=Row(["Total", 50, share_cell(Share(3, 8))]),
    notes=["Scheduled = planned - exempted."],
    stacks=True,
)


def test_a_table_says_what_heads_its_rows_and_columns():
    page = component("table", table=RETURNS)
    assert [a["scope"] for a in page.find("th")] == ["col"] * 3 + ["row"] * 3
    assert len(page.find("caption")) == 1
    for words in ("Table 1", "Returns by month", "Number of audits", "Scheduled ="):
        assert words in page.text


def test_a_table_that_becomes_a_list_keeps_its_roles_and_labels():
    page = component("table", table=RETURNS)
    labels = [attrs["data-l"] for attrs in page.find("td", role="cell")]
    assert labels == ["Returned", "Rate"] * 3
    assert len(page.find("tr", role="row")) == 4
    assert len(page.find("th", role="rowheader")) == 3


def test_this_month_and_the_total_stand_out():
    page = component("table", table=RETURNS)
    assert len(page.find("tr", class_="app-table__current")) == 1
    assert len(page.find("tr", class_="app-table__total")) == 1


def test_figures_are_set_to_the_right_and_link_with_their_meaning():
    page = component("table", table=RETURNS)
    assert len(page.find("td", class_="app-table__figure")) == 6
    assert page.find("a", href="/o/")
    assert "audits of October" in page.text


def test_a_small_share_has_no_percentage_but_a_mark_that_is_explained():
    assert share_cell(Share(3, 8)) == Cell("3 of 8", mark="*")
    assert share_cell(Share(0, 0)) == Cell("–")
    assert share_cell(Share(23, 117)) == Cell("19.7%", aside="(23 of 117)")
    assert RETURNS.all_notes[0] == "* Fewer than 10: read the cases, not the percentage."


def test_a_table_without_small_shares_has_no_note_on_them():
    assert Table("T", [Column("A")], [Row(["1"])]).all_notes == []


def test_columns_in_a_group_share_a_head_and_name_it_on_a_phone():
    columns = [Column("Domain"), *[Column("Good", True, group=g) for g in ("Practice", "Outcome")]]
    page = component("table", table=Table("T", columns, [Row(["A", 1, 2])], stacks=True))
    assert len(page.find("th", scope="colgroup")) == 2
    assert len(page.find("th", scope="col", rowspan="2")) == 1
    labels = [attrs["data-l"] for attrs in page.find("td")]
    assert labels == ["Practice: Good", "Outcome: Good"]


def test_a_grade_in_a_cell_has_its_swatch():
    table = Table("T", [Column("A"), Column("B")], [Row(["x", grade_cell(1)])])
    page = component("table", table=table)
    assert page.find("span", class_="app-swatch app-swatch--inadequate")
    assert grade_cell(None) == Cell("Not applicable")


def test_a_row_must_fill_its_columns():
    with pytest.raises(ValueError, match="has 2 cells under 1 columns"):
        Table("T", [Column("A")], [Row(["1", "2"])])


def test_a_hidden_title_is_still_heard():
    table = Table("Returns", [Column("A")], [Row(["1"])], title_hidden=True)
    assert component("table", table=table).find("caption", class_="govuk-visually-hidden")


# Other components

STRIP = {
    "reference": "40718",
    "initials": "L.K.",
    "age": "11 years",
    "status": "In care, full care order",
    "team": "Child protection 2",
    "worker": "P. Adeyemi",
    "siblings": "1 of 3 brothers and sisters known",
    "extras": [("Due", "30 November 2023")],
}


def test_a_figure_has_its_message_as_text_and_a_picture_for_phones():
    page = component(
        "figure", title="Returns fell", alt="May 53.0%", wide="/w.svg", narrow="/n.svg", grades=True
    )
    assert page.find("img", src="/w.svg", alt="May 53.0%", width="560")
    assert page.find("source", srcset="/n.svg", width="328")
    assert "Returns fell" in page.text
    assert "Inadequate" in page.text


def test_a_case_strip_offers_the_reference_for_copying_only_by_script():
    page = component("case_strip", strip=STRIP)
    assert page.find("button", data_copy="40718")[0].keys() >= {"hidden"}
    for words in [v for v in STRIP.values() if isinstance(v, str)] + ["30 November 2023"]:
        assert words in page.text


def test_what_needs_doing_is_a_number_a_sentence_and_a_link():
    needs = [{"number": 0, "sentence": "safety concerns wait", "href": "/s/", "link": "See them"}]
    page = component("needs_first", needs=needs)
    assert page.text.split()[-6:] == ["0", "safety", "concerns", "wait", "See", "them"]
    assert page.find("a", href="/s/")


def test_progress_says_each_step_in_words():
    states = ("done", "now", "waiting", "failed")
    steps = [{"text": f"Step {state}", "state": state} for state in states]
    page = component("progress", label="Building", done=1, of=4, steps=steps)
    assert page.find("progress", value="1", max="4", aria_label="Building: 1 of 4 steps done")
    assert len(page.find("li", aria_current="step")) == 1
    for words in ("Done", "Under way", "Waiting", "Stopped"):
        assert words in page.text


def test_pages_of_a_list_keep_its_filters():
    page = Page(draw("{% pagination p %}", p=Paginator(range(95), 10).page(5)))
    assert page.find("a", href="?team=3&page=4", rel="prev")
    assert page.find("a", href="?team=3&page=6", rel="next")
    (current,) = page.find("a", aria_current="page")
    assert current["aria-label"] == "Page 5"


def test_a_list_of_one_page_has_no_pages():
    assert draw("{% pagination p %}", p=Paginator(range(5), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("case_strip", {"strip": dict.fromkeys(STRIP, HOSTILE) | {"extras": [(HOSTILE, HOSTILE)]}}),
        ("empty", dict.fromkeys(("why", "what", "href", "link"), HOSTILE)),
        ("figure", dict.fromkeys(("title", "subtitle", "alt", "wide", "note", "number"), HOSTILE)),
        ("key_figure", dict.fromkeys(("value", "label", "detail"), HOSTILE)),
        ("message", {"message": HOSTILE, "position": 1}),
        ("navigation", {"links": [{"href": HOSTILE, "text": HOSTILE}]}),
        ("needs_first", {"needs": [dict.fromkeys(("sentence", "href", "link"), HOSTILE)]}),
        ("progress", {"label": HOSTILE, "steps": [{"text": HOSTILE, "detail": HOSTILE}]}),
        ("refusal", dict.fromkeys(("title", "what", "why", "help"), HOSTILE)),
        ("summary_list", {"facts": [dict.fromkeys(("label", "text", "href"), HOSTILE)]}),
        (
            "table",
            {
                "table": Table(
                    HOSTILE,
                    [Column(HOSTILE), Column(HOSTILE, group=HOSTILE)],
                    [Row([HOSTILE, Cell(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)])],
                    subtitle=HOSTILE,
                    notes=[HOSTILE],
                    stacks=True,
                )
            },
        ),
    ],
)
def test_hostile_text_is_only_text(name, context):
    html = render_to_string(f"_components/{name}.html", context)
    assert "<script" not in html
    page = Page(html)
    assert HOSTILE.split("(")[0] in page.text
    assert not any(attr.startswith(("on", "<")) for _, a in page.elements for attr in a)


# The frame and the refusals


def frame(**context):
    template, request = engines["django"].get_template("base.html"), RequestFactory().get("/")
    request.session = {}
    return Page(template.render(context, request))


@pytest.mark.django_db
def test_a_page_begins_with_a_skip_link_and_has_its_landmarks():
    page = frame(user=PERSON)
    assert page.find("html", lang="en-GB")
    assert page.find("a")[0]["href"] == "#main-content"
    assert [len(page.find(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]


@pytest.mark.django_db
def test_signing_out_is_a_form_that_posts():
    (form,) = frame(user=PERSON).find("form")
    assert (form["method"], form["action"]) == ("post", "/sign-out/")
    assert "QA officer: S. Iqbal" in frame(user=PERSON).text


@pytest.mark.django_db
def test_nobody_signed_in_has_no_sign_out():
    assert not frame(user=SimpleNamespace(is_authenticated=False)).find("form")


def test_no_template_carries_a_script_or_a_style_of_its_own():
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        if "pdf" in path.parts:
            continue
        page = Page(path.read_text())
        assert all("src" in attrs for attrs in page.find("script")), path
        assert not page.find("style"), path
        assert not [a for _, a in page.elements if "style" in a or "onclick" in a], path


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_a_refusal_says_what_why_and_who_can_help(code):
    page = Page(render_to_string(f"{code}.html"))
    assert len(page.find("h1")) == 1
    assert len(page.find("p")) >= 3
    assert "Quality Assurance team" in page.text


@pytest.mark.parametrize("code", ["403", "404"])
def test_whoever_is_signed_in_is_led_on_from_a_refusal(code):
    assert "Go to your first page" in Page(render_to_string(f"{code}.html")).text


def test_a_refusal_gives_the_reason_of_the_rule():
    page = Page(render_to_string("403.html", {"exception": f"You were the manager. {HOSTILE}"}))
    assert "You were the manager." in page.text
    assert not [a for a in page.find("script") if "src" not in a]
