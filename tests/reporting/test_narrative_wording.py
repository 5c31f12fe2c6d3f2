"""How counts, shares, lists and places among others are put into words (domain rule 19)."""

from datetime import date

import pytest

from kit.months import months_from
from kit.shares import Share
from reporting.domain.figures import Period
from reporting.domain.narrative import wording
from reporting.domain.narrative.wording import Named

NOVEMBER = date(2023, 11, 1)


def named(**shares):
    return [Named(name, Share(*share)) for name, share in shares.items()]


@pytest.mark.parametrize(
    ("number", "word"), [(0, "no"), (1, "one"), (7, "seven"), (12, "twelve"), (13, "13")]
)
def test_numbers_up_to_twelve_are_words(number, word):
    assert wording.word(number) == word


@pytest.mark.parametrize(
    ("number", "told"), [(1, "once"), (2, "twice"), (3, "three times"), (13, "13 times")]
)
def test_how_often(number, told):
    assert wording.times(number) == told


def test_nouns_and_verbs_go_with_their_number():
    assert [wording.counted(number, "audit") for number in (0, 1, 2)] == [
        "0 audits",
        "1 audit",
        "2 audits",
    ]
    assert wording.counted(2, "child", "children") == "2 children"
    assert [wording.verb(number) for number in (0, 1, 2)] == ["were", "was", "were"]


@pytest.mark.parametrize(
    ("items", "told"), [("", ""), ("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")]
)
def test_a_list_ends_with_and(items, told):
    assert wording.listed(items) == told


@pytest.mark.parametrize(
    ("count", "told"),
    [(4, "a, b, c and d"), (5, "a, b, c, d and e"), (6, "a, b, c, d and 2 others")],
)
def test_no_sentence_names_one_other(count, told):
    assert wording.some("abcdef"[:count]) == told


@pytest.mark.parametrize(
    ("share", "after"),
    [
        ((0, 0), ""),
        ((1, 1), " (small number)"),
        ((3, 9), " (small number)"),
        ((1, 10), " (10.0%)"),
    ],
)
def test_a_percentage_from_ten_on(share, after):
    held = Share(*share)
    assert wording.tail(held) == after
    assert wording.said(held) == f"{share[0]} of {share[1]}{after}"


@pytest.mark.parametrize(
    ("share", "told"),
    [((3, 9), "A (3 of 9, small number)"), ((1, 10), "A (1 of 10, 10.0%)")],
)
def test_a_name_with_its_share(share, told):
    assert wording.in_brackets(Named("A", Share(*share))) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [
        ((0, 0), "0 of 0 audits came back"),
        ((0, 1), "0 of 1 audit came back (small number)"),
        ((1, 1), "1 of 1 audit came back (small number)"),
        ((0, 2), "none of 2 audits came back (small number)"),
        ((5, 20), "5 of 20 audits came back (25.0%)"),
    ],
)
def test_a_part_of_a_whole(share, told):
    assert wording.of_which(Share(*share), "audit", "came back") == told


@pytest.mark.parametrize(
    ("shares", "lowest", "highest"),
    [
        ({"A": (1, 10), "B": (5, 10)}, ["A"], ["B"]),
        ({"A": (1, 10), "B": (2, 20), "C": (5, 10)}, ["A", "B"], ["C"]),
        ({"A": (1, 10), "B": (5, 10), "C": (10, 20)}, ["A"], ["B", "C"]),
        ({"A": (1, 3), "B": (333, 1000)}, ["B"], ["A"]),
        ({"A": (1, 10), "B": (2, 20)}, ["A", "B"], ["A", "B"]),
    ],
)
def test_the_ends_are_all_that_share_them_before_any_rounding(shares, lowest, highest):
    items = named(**shares)
    assert [item.name for item in wording.lowest(items)] == lowest
    assert [item.name for item in wording.highest(items)] == highest


def test_only_shares_of_ten_or_more_are_compared():
    items = named(A=(1, 9), B=(1, 10))
    assert [item.name for item in wording.comparable(items)] == ["B"]


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"A": (1, 10)}, ""),
        ({"A": (1, 10), "B": (2, 20)}, "Both have the same share, 10.0%."),
        ({"A": (1, 10), "B": (1, 10), "C": (1, 10)}, "All three have the same share, 10.0%."),
        ({"A": (1, 10), "B": (5, 10)}, "Most B (5 of 10, 50.0%), least A (1 of 10, 10.0%)."),
    ],
)
def test_a_spread_needs_two_that_differ(shares, told):
    assert wording.spread(named(**shares), high="Most", low="least") == told


@pytest.mark.parametrize(
    ("own", "others", "place"),
    [
        (1, (), ""),
        (1, (2,), "the lower"),
        (2, (1,), "the higher"),
        (1, (1,), ""),
        (1, (2, 3), "the lowest"),
        (3, (1, 2), "the highest"),
        (2, (1, 3), ""),
        (1, (1, 3), "the joint lowest"),
        (3, (1, 3), "the joint highest"),
        (2, (2, 2), ""),
    ],
)
def test_a_place_is_said_at_the_ends_alone(own, others, place):
    shares = [Share(n, 10) for n in (own, *others)]
    assert wording.place_among(shares[0], shares) == place


def test_no_place_is_said_where_one_month_is_small():
    shares = [Share(1, 10), Share(4, 9), Share(5, 10)]
    assert wording.place_among(shares[0], shares) == ""


@pytest.mark.parametrize(
    ("months", "in_words", "name"),
    [
        (1, "in November 2023", "November"),
        (7, "from May to November 2023", "November"),
        (12, "from December 2022 to November 2023", "November"),
        (13, "from November 2022 to November 2023", "November 2023"),
    ],
)
def test_a_month_has_its_year_where_the_period_has_two_of_its_name(months, in_words, name):
    first = months_from(date(2022, 1, 1), NOVEMBER)[-months]
    period = Period(first, NOVEMBER)
    assert wording.over(period) == in_words
    assert wording.month_in(period, NOVEMBER) == name


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (0, ""),
        (1, ""),
        (2, "Two months are too few to call a trend."),
        (11, "Eleven months are too few to call a trend."),
        (12, ""),
    ],
)
def test_no_trend_below_twelve_months(months, told):
    assert wording.too_few_for_a_trend(months) == told
