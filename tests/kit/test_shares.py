from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.shares import Share, interval

COUNTS = st.integers(0, 10**9)
SHARES = st.tuples(COUNTS, COUNTS).map(lambda two: Share(min(two), max(two)))


@pytest.mark.parametrize(
    ("n", "of", "percent"),
    [
        (44, 83, "53.0"),
        (42, 103, "40.8"),
        (27, 87, "31.0"),
        (33, 75, "44.0"),
        (33, 115, "28.7"),
        (27, 101, "26.7"),
        (23, 117, "19.7"),
        (229, 681, "33.6"),
    ],
)
def test_bradfords_rates_come_out(n, of, percent):
    assert str(Share(n, of).percent) == percent


@pytest.mark.parametrize(
    ("n", "of", "percent"), [(1, 16, "6.3"), (1, 2000, "0.1"), (0, 5, "0.0"), (5, 5, "100.0")]
)
def test_halves_are_rounded_up(n, of, percent):
    assert Share(n, of).percent == Decimal(percent)


@given(SHARES)
def test_a_percentage_is_never_further_off_than_half_a_tenth(share):
    if share.of == 0:
        assert share.percent is None
        return
    off = Fraction(share.percent) - Fraction(100 * share.n, share.of)
    assert Fraction(-1, 20) < off <= Fraction(1, 20)
    assert share.percent.as_tuple().exponent == -1


def test_a_share_of_nothing_is_a_dash():
    assert Share(0, 0).percent is None
    assert Share(0, 0).percent_text == "–"
    assert Share(0, 0).text == "0 of 0"


def test_a_share_is_told_with_both_counts_and_below_ten_with_them_alone():
    assert Share(23, 117).text == "23 of 117 (19.7%)"
    assert Share(3, 8).text == "3 of 8"
    assert Share(3, 8).is_small
    assert Share(1, 10).text == "1 of 10 (10.0%)"


@pytest.mark.parametrize(("n", "of"), [(2, 1), (-1, 3), (0, -1)])
def test_a_part_beyond_its_whole_is_refused(n, of):
    with pytest.raises(ValueError, match="is no share"):
        Share(n, of)


def test_a_share_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Share(1, 2).n = 2


def test_lower_is_decided_before_rounding():
    assert Share(3333, 10_000).is_below(Share(1, 3))
    assert not Share(1, 3).is_below(Share(2, 6))
    assert not Share(0, 0).is_below(Share(1, 3))


def test_wilsons_interval_as_published():
    # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    assert interval(Share(81, 263)) == (Decimal("25.5"), Decimal("36.6"))
    assert interval(Share(15, 148)) == (Decimal("6.2"), Decimal("16.0"))
    assert interval(Share(0, 20)) == (Decimal("0.0"), Decimal("16.1"))
    assert interval(Share(1, 29)) == (Decimal("0.6"), Decimal("17.2"))


def test_of_nothing_nothing_is_known():
    assert interval(Share(0, 0)) == (Decimal("0.0"), Decimal("100.0"))


@given(SHARES.filter(lambda share: share.of))
def test_the_interval_holds_its_share(share):
    low, high = interval(share)
    assert 0 <= low <= share.percent <= high <= 100
