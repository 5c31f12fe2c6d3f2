from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.working_days import (
    add_working_days,
    due_in_words,
    due_when,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))


def test_weekends_and_englands_bank_holidays_are_not_worked():
    assert is_working_day(date(2023, 11, 30))
    assert not is_working_day(date(2023, 12, 2))
    assert not is_working_day(date(2023, 5, 8))
    assert is_working_day(date(2023, 1, 3))
    assert not is_working_day(date(2023, 1, 2))


def test_five_working_days_after_november_is_the_close_of_returns():
    assert add_working_days(date(2023, 11, 30), 5) == date(2023, 12, 7)


def test_working_days_step_over_christmas_and_back():
    assert add_working_days(date(2023, 12, 22), 1) == date(2023, 12, 27)
    assert add_working_days(date(2023, 12, 27), -1) == date(2023, 12, 22)


def test_no_working_days_is_the_day_itself():
    assert add_working_days(date(2023, 12, 2), 0) == date(2023, 12, 2)
    assert working_days_between(date(2023, 12, 1), date(2023, 12, 1)) == 0


@given(DAYS, st.integers(1, 60))
def test_days_added_are_the_days_counted(day, count):
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days_between(day, later) == count
    assert working_days_between(later, day) == -count


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (date(2023, 11, 14), "today"),
        (date(2023, 11, 15), "tomorrow"),
        (date(2023, 11, 17), "Friday, in 3 working days"),
        (date(2023, 11, 20), "Monday, in 4 working days"),
        (date(2023, 11, 21), "21 November 2023, in 5 working days"),
        (date(2023, 11, 13), "13 November 2023, 1 working day late"),
        (date(2023, 9, 15), "15 September 2023, 42 working days late"),
        (date(2023, 9, 14), "14 September 2023, 2 months late"),
        (date(2021, 11, 15), "15 November 2021, 23 months late"),
        (date(2021, 11, 14), "14 November 2021, 2 years late"),
    ],
)
def test_due_is_said_in_words(due_on, said):
    today = date(2023, 11, 14)
    assert due_when(due_on, today) == said
    verb = "was due on" if due_on < today else "due"
    assert due_in_words(due_on, today) == f"{verb} {said}"


def test_a_weekend_makes_nothing_late():
    assert due_in_words(date(2023, 11, 17), date(2023, 11, 19)) == "was due on 17 November 2023"
