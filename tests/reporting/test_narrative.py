import dataclasses
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings

from kit.shares import Share, interval
from reporting.domain.figures import GradeCounts, MonthlyFigures, ReturnCounts, ServiceReturns
from reporting.domain.narrative import Narrative, narrate
from tests.reporting.any_figures import Shape, any_figures, built
from tests.reporting.figures import MONTHS, golden_figures

SHARE = re.compile(r"(\d+) of (?:the |those )?(\d+)[^.;()]*\((\d+\.\d)%\)")
BRACKET = re.compile(r"\((\d+) of (\d+), (\d+\.\d)%\)")
# What sentences may say besides counts: limits, intervals and periods that rules name.
SAID_BY_RULE = {"10", "95", "12", "30", "2"}


def sentences(document):
    """Every text of a document, however deep."""
    if isinstance(document, str):
        return [document]
    values = document.values() if isinstance(document, dict) else document
    return [text for value in values or () for text in sentences(value)]


def told(figures):
    return sentences(narrate(figures).as_document())


def numbers_of(value):
    """Every number that figures hold or work out: fields, properties, shares and dates."""
    if isinstance(value, Share):
        return {str(value.n), str(value.of), str(value.percent)}
    if isinstance(value, Decimal | int):
        return {str(value)}
    if hasattr(value, "year"):
        return {str(value.day), str(value.year)}
    if isinstance(value, tuple | list):
        return {str(len(value))}.union(*(numbers_of(item) for item in value))
    if not dataclasses.is_dataclass(value):
        return set()
    made = [name for name, kind in vars(type(value)).items() if isinstance(kind, property)]
    names = [field.name for field in dataclasses.fields(value)] + [n for n in made if n != "last"]
    return set().union(*(numbers_of(getattr(value, name)) for name in names))


def worked_out(figures):
    """Numbers that sentences make of two of the figures."""
    matrix = figures.grades.practice_by_outcome
    part, actions = figures.moderation, figures.actions
    total, grades = figures.returns.total, figures.grades
    shares = [
        Share(total.overdue, total.scheduled),
        Share(matrix.on_diagonal, matrix.total),
        Share(figures.safety.unsafe, figures.safety.answered_share.n),
        Share(actions.overdue.total, actions.raised),
        *(figures.learning.share(theme) for theme in figures.learning.developments),
        *(figures.learning.share(theme) for theme in figures.learning.strengths),
    ]
    changes = zip(grades.own.best_first, grades.standing.best_first, strict=True)
    counts = [
        grades.standing.total - grades.moderated,
        part.counts.total - part.random.total,
        total.not_returned - total.overdue,
        actions.raised - actions.completed,
        sum(count for _, count in figures.re_audits.forecast),
        *(abs(after - before) for before, after in changes),
    ]
    ends = interval(part.random.downgraded_share)
    counts += range(len(figures.returns.months))  # how often the share fell or rose
    return numbers_of(tuple(shares)) | numbers_of(tuple(counts)) | {str(end) for end in ends}


def with_services(figures, **rates):
    services = tuple(
        ServiceReturns(name, (ReturnCounts(planned=of, returned=n),) * len(MONTHS))
        for name, (n, of) in rates.items()
    )
    returns = dataclasses.replace(figures.returns, services=services)
    return dataclasses.replace(figures, returns=returns)


def with_safety(**changes):
    figures = golden_figures()
    return dataclasses.replace(figures, safety=dataclasses.replace(figures.safety, **changes))


def test_the_headline_says_the_month_its_rank_and_its_grades():
    assert narrate(golden_figures()).headline == (
        "In November 2023, 23 of 117 scheduled audits came back (19.7%), the lowest share of the "
        "seven months; 5 of those 23 stand at Good or better."
    )


def test_returns_that_rose_once_did_not_fall_month_on_month():
    passage = narrate(golden_figures()).returns
    assert "fell five times and rose once (to 44.0% in August)" in passage.detail
    assert "Seven months are too few to call a trend." in passage.detail
    assert not any("month on month" in text for text in told(golden_figures()))


def test_grades_say_how_many_were_moderated():
    passage = narrate(golden_figures()).grades
    assert passage.finding == "62 of 229 returned audits stand at Good or better (27.1%)."
    assert passage.titles["moderated"] == (
        "60 of 229 moderated; the other 169 are the auditors' own grades."
    )


def test_moderation_says_only_of_the_random_part_what_holds_for_all():
    narrative = narrate(golden_figures())
    assert narrative.moderation.finding == (
        "Of 60 moderated grades, 29 were supported, 31 lowered (51.7%) and none raised."
    )
    assert "between 36.1% and 63.9% (95% interval)" in narrative.chosen.detail
    assert "14 of those were chosen, not drawn by lot" in narrative.chosen.titles["rest"]


def test_no_child_unsafe_is_said_as_a_counted_zero():
    narrative = narrate(golden_figures())
    assert narrative.safety.finding == (
        "No auditor found a child unsafe in 229 audits; the question was answered in 229 of 229."
    )
    assert narrative.summary.facts[3].value == "0"
    assert (
        "does not by itself mean that the child was unsafe"
        in (narrative.safety.titles["inadequate"])
    )


def test_a_child_found_unsafe_comes_first():
    narrative = narrate(with_safety(unsafe=1, safe=224, settled=3))
    assert narrative.safety.finding.startswith("1 of 229 audits found a child unsafe")
    leads = [point.lead for point in narrative.summary.attention]
    assert leads[:2] == ["A child may be unsafe.", "2 safety concerns are not settled."]


def test_services_level_at_the_lowest_place_are_all_named():
    figures = with_services(golden_figures(), North=(1, 10), South=(2, 20), East=(5, 10))
    passage = narrate(figures).services
    assert "the smallest from North (7 of 70, 10.0%) and South (14 of 140, 10.0%)" in passage.detail
    assert passage.titles["ranking"].startswith("Two of three services are below")


def test_services_with_the_same_share_are_not_ranked():
    figures = with_services(golden_figures(), North=(1, 10), South=(2, 20))
    assert "Both have the same share, 10.0%." in narrate(figures).services.detail


def test_a_service_with_few_audits_is_not_compared():
    figures = with_services(golden_figures(), North=(1, 10), South=(2, 20), Small=(0, 1))
    detail = narrate(figures).services.detail
    assert "Small" not in detail
    assert "1 service with fewer than 10 scheduled audits is not compared." in detail


def test_weak_domains_that_are_level_are_all_named():
    figures = golden_figures()
    level = GradeCounts(0, 41, 110, 78)
    domains = tuple(
        dataclasses.replace(row, practice=level) if row.code in "CH" else row
        for row in figures.grades.domains
    )
    grades = dataclasses.replace(figures.grades, domains=domains)
    passage = narrate(dataclasses.replace(figures, grades=grades)).domains
    assert passage.titles["pair"] == (
        "Safety, plans and permanence and Management oversight and supervision are level as the "
        "weakest for practice"
    )


@pytest.mark.parametrize(
    ("months", "most", "exempted", "returned", "last_has_round", "headline"),
    [
        (0, 3, 0.0, 0.0, True, "No audits were scheduled in November 2023."),
        (1, 0, 0.0, 1.0, True, "In November 2023 no audits were planned."),
        (
            *(1, 30, 1.0, 0.0, True),
            "In November 2023 nothing was scheduled: all 34 planned audits were exempted.",
        ),
        (
            *(1, 30, 0.0, 0.0, True),
            "In November 2023, none of 37 scheduled audits came back (0.0%).",
        ),
        (
            *(1, 30, 0.0, 0.0, False),
            "No audits were planned in November 2023; from October to November 2023, none of 37 "
            "scheduled audits came back (0.0%).",
        ),
    ],
)
def test_nothing_is_said_as_it_is(months, most, exempted, returned, last_has_round, headline):
    shape = Shape(1, months, 2, 2, most, exempted, returned, 0.0, False, last_has_round)
    assert narrate(built(shape)).headline == headline


@settings(max_examples=100)
@given(any_figures())
def test_any_figures_can_be_told_and_kept(figures):
    narrative = narrate(figures)
    kept = json.loads(json.dumps(narrative.as_document()))
    assert Narrative.from_document(kept) == narrative
    again = MonthlyFigures.from_document(json.loads(json.dumps(figures.as_document())))
    assert narrate(again) == narrative


@settings(max_examples=100)
@given(any_figures())
def test_every_number_told_is_in_the_figures(figures):
    known = numbers_of(figures) | worked_out(figures) | SAID_BY_RULE
    names = r"\b(Service|Level|Reason|Domain|Strength|Development|Authority) \d+"
    for text in told(figures):
        found = re.findall(r"\d+\.\d|\d+", re.sub(names, "", text))
        assert set(found) <= known, text


@settings(max_examples=100)
@given(any_figures())
def test_every_percentage_has_its_counts_and_none_is_of_fewer_than_ten(figures):
    for text in told(figures):
        for n, of, percent in SHARE.findall(text) + BRACKET.findall(text):
            share = Share(int(n), int(of))
            assert share.percent_text == f"{percent}%", text
            assert not share.is_small, text


@settings(max_examples=100)
@given(any_figures())
def test_nothing_is_lowest_or_highest_that_is_not(figures):
    headline = narrate(figures).headline
    rates = [row.counts.rate for row in figures.returns.months]
    if "the lowest" in headline or "the lower " in headline:
        assert all(rates[-1].is_below(rate) for rate in rates[:-1])
    if "the highest" in headline or "the higher " in headline:
        assert all(rate.is_below(rates[-1]) for rate in rates[:-1])
    if "joint" in headline:
        assert any(rate.percent == rates[-1].percent for rate in rates[:-1])


@settings(max_examples=100)
@given(any_figures())
def test_one_is_singular_and_no_sentence_is_left_open(figures):
    for text in told(figures):
        assert not re.search(r"(?<![\d.])\b1 (audits|services|actions|months|concerns|are)\b", text)
        assert not re.search(r"\b(one|1) \w+ (were|have|stand)\b", text), text
        assert "  " not in text
        assert " ." not in text
        assert "—" not in text


@settings(max_examples=100)
@given(any_figures())
def test_safety_never_says_none_where_one_was_found(figures):
    part = figures.safety
    finding = narrate(figures).safety.finding
    assert ("No auditor found a child unsafe" in finding) <= (part.unsafe == 0)
    if part.answered_share.n and not part.unsafe:
        assert f"answered in {part.answered_share.counts}" in finding


@settings(max_examples=100)
@given(any_figures())
def test_no_trend_is_called_in_fewer_than_twelve_months(figures):
    months = len(figures.returns.months)
    detail = narrate(figures).returns.detail
    assert ("too few to call a trend" in detail) == (1 < months < 12)
