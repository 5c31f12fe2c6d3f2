import itertools
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import charts
from kit.charts.lettering import text_width
from kit.shares import Share

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = [charts.PRINT, charts.WIDE, charts.NARROW]
ALLOWED = {"svg", "title", "line", "path", "rect", "circle", "text"}
HOSTILE = '<script>alert(1)</script> ]]> & \\(x\\) <a href="http://127.0.0.1/">k</a> \x00\ufffe'

MONTHS = ["May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
RETURNS = [(44, 83), (42, 103), (27, 87), (33, 75), (33, 115), (27, 101), (23, 117)]
POINTS = [charts.RatePoint(m, Share(*r)) for m, r in zip(MONTHS, RETURNS, strict=True)]
BARS = [
    charts.RankedBar("Children in care", Share(58, 134)),
    charts.RankedBar("Safeguarding West", Share(36, 148)),
    charts.RankedBar("Referral and assessment", Share(61, 139)),
    charts.RankedBar("Small", Share(3, 8)),
    charts.RankedBar("Empty", Share(0, 0)),
]
ALL = charts.RankedBar("All services", Share(229, 681))
GRADES = [
    charts.CompositionRow("All months", (1, 61, 109, 58), is_total=True),
    charts.CompositionRow("Nov", (0, 5, 14, 4)),
    charts.CompositionRow("Dec", (0, 0, 0, 0)),
]
PAIRS = [charts.PairedRow("Management oversight", (0, 41, 110, 78), (0, 44, 111, 74))]
AGREEMENT = [charts.AgreementRow("May", 5, 5), charts.AgreementRow("Jun", 4, 7, 1)]
HEADINGS = ("Quality of practice", "Outcome for the child")


def every_chart(width, label=str, few=1):
    """One of each kind, its labels put through `label` and its rows cut to `few` or all."""
    rates = [charts.RatePoint(label(p.label), p.share) for p in POINTS * few]
    bars = [charts.RankedBar(label(b.label), b.share) for b in BARS * few]
    grades = [charts.CompositionRow(label(r.label), r.counts, r.is_total) for r in GRADES * few]
    pairs = [charts.PairedRow(label(r.label), r.left, r.right) for r in PAIRS * few]
    agreed = [
        charts.AgreementRow(label(r.label), r.supported, r.downgraded, r.upgraded)
        for r in AGREEMENT * few
    ]
    return [
        charts.return_rate(rates, width=width, title="Returns fell"),
        charts.ranking(bars, reference=ALL, width=width, title="Three are below"),
        charts.composition(grades, width=width, title="One in four", spell_out_first=True),
        charts.composition_pair(pairs, headings=HEADINGS, width=width, title="Weakest"),
        charts.supported_downgraded(agreed, width=width, title="Some came down"),
    ]


def texts(chart):
    """The texts of the picture, without halos."""
    found = ElementTree.fromstring(chart.svg).iter(f"{SVG}text")
    return [text for text in found if "stroke" not in text.attrib]


def words(chart):
    return [text.text for text in texts(chart)]


def box(text):
    """Left, right, top and bottom of a text."""
    size, x, y = (float(text.get(name)) for name in ("font-size", "x", "y"))
    width = text_width(text.text, size, bold=int(text.get("font-weight", 400)) >= 600)
    left = x - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
    return left, left + width, y - 0.75 * size, y + 0.05 * size


def overlap(one, other):
    left, right, top, bottom = box(one)
    left2, right2, top2, bottom2 = box(other)
    return left < right2 and left2 < right and top < bottom2 and top2 < bottom


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("few", [0, 1])
def test_only_shapes_and_words_that_refer_to_nothing(width, few):
    for chart in every_chart(width, few=few):
        root = ElementTree.fromstring(chart.svg)
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= ALLOWED
        names = {name for node in root.iter() for name in node.attrib}
        assert not names & {"id", "style", "href", "clip-path"}
        assert "url(" not in chart.svg
        assert (root.get("width"), root.get("height")) == (str(chart.width), str(chart.height))


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_labels_come_out_as_text(width):
    for chart in every_chart(width, label=lambda label: f"{HOSTILE} {label}"):
        assert "<script" not in chart.svg
        assert "<a " not in chart.svg
        alt = ElementTree.fromstring(chart.svg).findtext(f"{SVG}title")
        assert "<script>alert(1)</script> ]]> & \\(x\\)" in alt


@pytest.mark.parametrize("width", WIDTHS)
def test_no_two_texts_meet_and_none_leaves_the_picture(width):
    for chart in every_chart(width):
        for one, other in itertools.combinations(texts(chart), 2):
            assert not overlap(one, other), (chart.title, one.text, other.text)
        for text in texts(chart):
            left, right, top, bottom = box(text)
            assert left >= -1, text.text
            assert right <= chart.width + 1, text.text
            assert top >= 0, text.text
            assert bottom <= chart.height, text.text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 150), st.integers(0, 150)).map(lambda n: Share(min(n), max(n))),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from(WIDTHS),
)
def test_return_rates_of_any_shape_stay_readable(shares, width):
    points = [charts.RatePoint("Nov", share) for share in shares]
    chart = charts.return_rate(points, width=width, title="Returns")
    for one, other in itertools.combinations(texts(chart), 2):
        assert not (overlap(one, other) and "%" in one.text + other.text), (one.text, other.text)
    for text in texts(chart):
        left, right, top, bottom = box(text)
        assert -1 <= left < right <= width + 1
        assert 0 <= top < bottom <= chart.height


def test_equal_figures_give_equal_bytes_and_other_figures_others():
    first, again = every_chart(charts.PRINT), every_chart(charts.PRINT)
    assert [chart.sha256 for chart in first] == [chart.sha256 for chart in again]
    other = charts.return_rate(POINTS[:-1], width=charts.PRINT, title="Returns fell")
    assert other.sha256 != first[0].sha256


def test_the_first_thing_in_the_picture_tells_every_figure():
    chart = charts.return_rate(POINTS, width=charts.NARROW, title="Returns fell")
    first = ElementTree.fromstring(chart.svg)[0]
    assert first.tag == f"{SVG}title"
    assert first.text == chart.alt
    assert chart.alt.startswith("Returns fell. May: 44 of 83 (53.0%); Jun: 42 of 103 (40.8%);")
    assert chart.alt.endswith("Nov: 23 of 117 (19.7%).")


def test_every_month_of_the_print_shows_its_rate_and_counts():
    shown = words(charts.return_rate(POINTS, width=charts.PRINT, title="Returns"))
    assert {point.share.percent_text for point in POINTS} <= set(shown)
    assert {point.share.counts for point in POINTS} <= set(shown)


def test_a_rate_on_fewer_than_ten_is_hollow_and_shows_counts_alone():
    points = [*POINTS, charts.RatePoint("Dec", Share(3, 8))]
    chart = charts.return_rate(points, width=charts.PRINT, title="Returns")
    fills = [node.get("fill") for node in ElementTree.fromstring(chart.svg).iter(f"{SVG}circle")]
    assert fills == ["#12436d"] * 7 + ["#ffffff"]
    assert "37.5%" not in chart.svg
    assert words(chart).count("3 of 8") == 2


def test_the_line_breaks_where_nothing_was_scheduled():
    gap = charts.RatePoint("Aug", Share(0, 0))
    chart = charts.return_rate([*POINTS[:3], gap, *POINTS[4:]], width=charts.PRINT, title="R")
    assert chart.svg.count("<path") == 2
    assert "\N{EN DASH}" in words(chart)


def test_the_line_breaks_where_months_are_left_out():
    later = charts.RatePoint("Nov 26", Share(4, 24), after_gap=True)
    chart = charts.return_rate([*POINTS, later, later], width=charts.PRINT, title="R")
    assert chart.svg.count("<path") == 1
    assert chart.svg.count("<circle") == 9


def test_ranked_highest_first_and_dark_below_the_reference():
    chart = charts.ranking(BARS, reference=ALL, width=charts.PRINT, title="Ranking")
    labels = [word for word in words(chart) if word in {bar.label for bar in BARS}]
    assert labels == [
        "Referral and assessment",
        "Children in care",
        "Small",
        "Safeguarding West",
        "Empty",
    ]
    bars = list(ElementTree.fromstring(chart.svg).iter(f"{SVG}rect"))
    assert [bar.get("fill") for bar in bars] == ["#8fa9bc", "#8fa9bc", "#ffffff", "#12436d"]
    assert "All services 33.6%" in words(chart)
    assert "small number" in words(chart)


def test_segments_fill_their_bar_best_grade_first():
    chart = charts.composition(GRADES[1:2], width=charts.PRINT, title="Grades")
    good, requires, inadequate = ElementTree.fromstring(chart.svg).iter(f"{SVG}rect")
    fills = [bar.get("fill") for bar in (good, requires, inadequate)]
    assert fills == ["#4f9bbf", "#ad500a", "#4a0d2e"]
    lengths = [float(bar.get("width")) for bar in (good, requires, inadequate)]
    assert lengths[1] / lengths[0] == pytest.approx(14 / 5, rel=0.02)
    assert words(chart) == ["Nov", "5", "14", "4", "23"]


def test_the_first_bar_spells_the_grades_out():
    chart = charts.composition(GRADES, width=charts.PRINT, title="Grades", spell_out_first=True)
    assert {"Good 61", "Requires improvement 109", "Inadequate 58"} <= set(words(chart))


def test_a_row_without_audits_says_none():
    chart = charts.composition(GRADES[2:], width=charts.PRINT, title="Grades")
    assert words(chart) == ["Dec", "none", "0"]
    assert charts.supported_downgraded([charts.AgreementRow("Dec", 0, 0)], width=252, title="None")


def test_no_rows_at_all_say_so():
    for chart in every_chart(charts.NARROW, few=0):
        assert words(chart) == ["Nothing to show yet"]
