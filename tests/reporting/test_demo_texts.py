"""The demonstration's sample texts: complete, of true lengths, never equal, nobody's real name."""

import re
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

import pytest

from audits.tools import read_themes
from reporting.demo import texts
from reporting.demo.texts import compose
from reporting.demo.texts.slots import Child, Dates, band_of, draw, in_holidays

DOMAINS = "ABCDEFGH"
GRADES = (4, 3, 2, 1)
DATES = Dates(date(2023, 5, 15), date(2023, 11, 14))
HOME = ("assessment", "in_need", "protection")
CHILDREN = [
    *(Child("unborn", plan, "he") for plan in HOME),
    *(
        Child(band, plan, pronoun)
        for band in ("baby", "young", "middle", "teen")
        for plan in (*HOME, "in_care")
        for pronoun in ("she", "he")
    ),
    Child("teen", "leaving_care"),
    Child("leaver", "leaving_care", "he"),
]
# Surnames of people named in published council reports, which no fictitious person may bear.
REAL_SURNAMES = (
    "Adetosoye|Afzal|Allen|Beter|Brunton|Cass|Dixon|Flemming|Greaves|Hanks|Henderson|Johal|Keen"
    "|Pelham|Pendry|Reed|Rowe|Shaw|Tomlinson|Townend"
)
AMERICAN = re.compile(
    r"\b(?!sizes?\b|prize|seize)\w*(?:ize[ds]?|izing|ization|avior|olor|practicing|program)\b"
)
FILES = sorted(Path(texts.FOLDER).glob("*.toml"))


def a_month(seed, audits=44):
    """The texts of a month's audits, one in seven of them by an auditor who says too little."""
    rng, taken, month = Random(seed), set(), []
    for place in range(audits):
        child = rng.choice(CHILDREN)
        write = compose.short_text if place % 7 == 3 else compose.domain_text
        for code in DOMAINS:
            grade = rng.choices(GRADES, (1, 9, 16, 8))[0]
            make = partial(
                write, code, grade, child.band, child.plan, rng, DATES, pronoun=child.pronoun
            )
            month.append(compose.unlike(taken, make))
    return month


@pytest.fixture(scope="module")
def month():
    return a_month(seed=1)


@pytest.mark.parametrize("code", DOMAINS)
def test_each_domain_and_grade_has_texts_for_every_child(code):
    for grade, pool in texts.domain_pool(code).items():
        assert len(pool.pairs) >= 6, grade
        assert len(pool.extras) >= 6, grade
        for child in CHILDREN:
            suited = [pair for pair in pool.pairs if pair.saw.suits(child.band, child.plan)]
            assert len(suited) >= 2, (grade, child)


@pytest.mark.parametrize("code", DOMAINS)
def test_no_slot_is_left_unfilled(code):
    rng = Random(code)
    for grade in GRADES:
        for child in CHILDREN * 4:
            case = (code, grade, child.band, child.plan, rng, DATES)
            outcome = rng.choice(GRADES)
            for text in (
                *compose.domain_text(*case, outcome=outcome),
                *compose.domain_text(*case),
                *compose.short_text(*case),
            ):
                assert not re.search(r"[{}<>|]", text), text
                assert text[0].isupper(), text
                assert text[-1] in ".!?'", text


def test_every_template_of_a_domain_can_be_filled():
    rng, child = Random(1), Child("young", "in_care")
    slots = draw(rng, child, DATES, 2)
    for code in DOMAINS:
        for pool in texts.domain_pool(code).values():
            for pair in pool.pairs + pool.short:
                assert "{" not in compose.fill(pair.saw.say + pair.made.say, slots, rng)
            for line in pool.extras + pool.made:
                assert "{" not in compose.fill(line.say, slots, rng)


@pytest.mark.parametrize("kind", texts.line_kinds())
def test_every_single_text_can_be_filled(kind):
    slots = draw(Random(2), Child("young", "in_care"), DATES, 2)
    for line in texts.lines(kind):
        assert "{" not in compose.fill(line.say, slots, Random(2)), kind


def test_lengths_are_those_of_real_audits(month):
    lengths = [len(saw.split()) for saw, _ in month]
    full = [length for length in lengths if length > 20]
    assert min(full) >= 25
    assert max(full) <= 140
    assert 50 <= median(full) <= 90
    assert max(full) - min(full) > 50


@pytest.mark.parametrize("code", DOMAINS)
def test_weak_auditors_write_8_to_20_words(code):
    for grade in GRADES:
        for seed in range(12):
            saw, _ = compose.short_text(code, grade, "middle", "protection", Random(seed), DATES)
            assert 8 <= len(saw.split()) <= 20, saw


@pytest.mark.parametrize("seed", range(5))
def test_no_two_audits_of_a_month_say_the_same(seed):
    month = a_month(seed)
    every = [text for pair in month for text in pair]
    assert len(month) == 44 * 8
    assert len(set(every)) == len(every)


def test_the_same_seed_gives_the_same_texts(month):
    assert a_month(seed=1) == month
    assert a_month(seed=2) != month


def test_redrawing_gives_up_with_a_clear_sentence():
    with pytest.raises(texts.SampleTextError, match="No new text in 400 draws"):
        compose.unlike({"the only one"}, lambda: "the only one")


def test_another_outcome_changes_only_what_difference_it_made():
    case = ("H", 2, "middle", "protection")
    weak, strong = (
        compose.domain_text(*case, Random(5), DATES, outcome=outcome) for outcome in (2, 4)
    )
    assert weak[0] == strong[0]
    assert weak[1] != strong[1]


def test_a_child_keeps_one_pronoun():
    rng = Random(3)
    for code in DOMAINS:
        slots = draw(rng, Child("middle", "in_need", "he"), DATES)
        assert (slots["she"], slots["her"], slots["Him"]) == ("he", "his", "Him"), code


@pytest.mark.parametrize("seed", range(20))
def test_moments_of_a_text_come_in_order(seed):
    slots = draw(Random(seed), Child("young", "in_need"), DATES, 2)
    days = [date.fromisoformat(_iso(slots[f"date{place}"])) for place in (1, 2, 3)]
    assert days == sorted(set(days))
    assert DATES.first < days[0]
    assert days[2] < DATES.last
    assert all(day.weekday() < 5 for day in days)
    assert slots["month"] != f"{days[0]:%B}"
    assert not in_holidays(date.fromisoformat(_iso(slots["schoolday"])))


def _iso(spoken):
    day, name = spoken.split()
    month = next(month for month in range(1, 13) if f"{date(2023, month, 1):%B}" == name)
    return f"2023-{month:02}-{int(day):02}"


@pytest.mark.parametrize(
    ("years", "band"),
    [(None, "unborn"), (0, "baby"), (2, "young"), (12, "middle"), (17, "teen"), (18, "leaver")],
)
def test_age_bands(years, band):
    assert band_of(years) == band


@pytest.mark.parametrize("child", CHILDREN)
def test_other_texts_suit_every_child(child):
    rng = Random(4)
    for grade in GRADES:
        assert compose.being_this_child(child, grade, grade, rng).count(".") >= 3
        for kind in ("overall.first", "overall.celebrate", "safety.safe", "people.child"):
            assert compose.phrase(kind, rng, child, DATES, grade=grade)
    for code in DOMAINS:
        what, different, days = compose.action_text(code, rng, child, DATES)
        assert "{" not in what + different
        assert 0 < days <= 60


def test_worries_are_settled_the_same_day():
    for child in CHILDREN:
        worry, done = compose.concern_text(Random(6), child, DATES)
        assert worry != done
        assert "{" not in worry + done


def test_findings_cover_every_theme_both_ways():
    findings = texts.read_findings()
    assert set(findings) == {theme.code for theme in read_themes()}
    for theme in findings.values():
        assert len(theme.strengths) >= 2
        assert len(theme.developments) >= 2


def test_there_are_enough_of_the_other_texts():
    assert [len(texts.read_actions(scope)) for scope in ("child", "team", "service")] == [36, 8, 8]
    assert len(texts.lines("safety.safe")) >= 25
    assert len(texts.read_concerns()) >= 8
    for source in ("worker", "manager", "child", "parent", "carer", "reviewer"):
        assert len(texts.lines(f"people.{source}")) >= 12, source


def test_six_services_and_quality_assurance():
    assert [unit.name for unit in texts.read_units()] == [
        "Referral and assessment",
        "Safeguarding East",
        "Safeguarding West",
        "Children in care",
        "Leaving care",
        "Disabled children",
        "Quality assurance",
    ]


def test_staff_names_are_many_and_nobody_real():
    staff = texts.read_staff()
    assert len(set(staff.first_names)) == 60
    assert len(set(staff.surnames)) == 90
    assert not set(staff.surnames) & set(REAL_SURNAMES.split("|"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_texts_name_no_real_person_and_are_spelt_in_british_english(path):
    written = path.read_text(encoding="utf-8")
    assert not re.search(rf"\b({REAL_SURNAMES})\b", written)
    assert not AMERICAN.findall(written)
    assert "\u2014" not in written
    assert "\u2013" not in written


def test_an_unknown_tag_or_kind_is_refused():
    with pytest.raises(texts.SampleTextError, match=r"no sample texts of the kind people\.dog"):
        texts.lines("people.dog")
    with pytest.raises(texts.SampleTextError, match="There is no tag toddler"):
        texts._tags(["toddler"])
