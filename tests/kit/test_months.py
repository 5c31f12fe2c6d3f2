from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import months

NOVEMBER = date(2023, 11, 1)


def test_a_month_is_read_as_its_first_day():
    assert months.parse_month("2023-11") == NOVEMBER
    assert months.parse_month(" 2023-01 ") == date(2023, 1, 1)


@pytest.mark.parametrize(
    "text", ["", "2023-13", "2023-00", "2023-1", "11-2023", "0000-01", "2023-11-01", "²023-11"]
)
def test_what_is_no_month_is_refused_with_a_sentence(text):
    with pytest.raises(months.BadMonth, match="is not a month: write the year and the month as"):
        months.parse_month(text)


def test_a_long_wrong_month_is_not_repeated_whole():
    with pytest.raises(months.BadMonth) as refused:
        months.parse_month("x" * 10_000)
    assert len(str(refused.value)) < 100


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)), st.integers(-500, 500))
def test_adding_months_and_taking_them_away_comes_back(day, count):
    month = months.first_of(day)
    assert months.add_months(months.add_months(month, count), -count) == month


def test_months_from_includes_both_ends_and_crosses_the_year():
    found = months.months_from(date(2022, 11, 1), date(2023, 2, 1))
    assert found == [date(2022, 11, 1), date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1)]
    assert months.months_from(NOVEMBER, NOVEMBER) == [NOVEMBER]
    assert months.months_from(NOVEMBER, date(2023, 10, 1)) == []


def test_names_as_the_council_writes_them():
    assert months.month_name(NOVEMBER) == "November 2023"
    assert months.short_month(date(2023, 9, 1)) == "Sep"
    assert months.long_date(date(2026, 3, 3)) == "3 March 2026"
    assert months.day_in_column(date(2026, 3, 3)) == "3\u00a0March 2026"


def test_a_period_names_the_year_once_when_it_can():
    assert months.period_text(date(2023, 5, 1), NOVEMBER) == "May to November 2023"
    assert months.period_text(date(2022, 11, 1), NOVEMBER) == "November 2022 to November 2023"
    assert months.period_text(NOVEMBER, NOVEMBER) == "November 2023"


def test_moments_are_told_in_londons_time():
    winter = datetime(2023, 12, 6, 6, 0, tzinfo=UTC)
    summer = datetime(2023, 6, 30, 23, 30, tzinfo=UTC)
    assert months.moment_text(winter) == "6 December 2023, 06:00"
    assert months.moment_text(summer) == "1 July 2023, 00:30"
    assert months.long_date(summer) == "1 July 2023"
    assert months.first_of(summer) == date(2023, 7, 1)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        months.moment_text(datetime(2023, 12, 6, 6, 0))


def test_a_day_ends_at_midnight_in_london():
    end = months.end_of_day(date(2023, 7, 1))
    assert end.astimezone(UTC) == datetime(2023, 7, 1, 22, 59, 59, 999999, tzinfo=UTC)
