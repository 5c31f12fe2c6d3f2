"""Working days in England: Monday to Friday without the bank holidays."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from kit.months import long_date

_DAY = timedelta(days=1)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_working_day(day: date) -> bool:
    """Whether offices in England are open on `day`."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`, or before it when negative.

    Nought gives `day` itself, whatever day it is.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + _DAY * step for step in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def due_when(due_on: date, today: date) -> str:
    """When something is due, and how long that is, to stand after or under the word "due".

    "Friday, in 3 working days", "13 November 2023, 1 working day late". Days of the coming week
    go by their name, all others by their date. Late is said so once a working day has passed,
    from two months on in months and from two years on in years: nobody counts 839 working days.
    """
    days = (due_on - today).days
    if days in (0, 1):
        return "today" if days == 0 else "tomorrow"
    if days < 0:
        late = f", {_late(due_on, today)} late" if working_days_between(due_on, today) else ""
        return f"{long_date(due_on)}{late}"
    name = _WEEKDAYS[due_on.weekday()] if days < 7 else long_date(due_on)
    return f"{name}, in {_working(today, due_on)}"


def due_in_words(due_on: date, today: date) -> str:
    """The same as a part of a sentence: "due Friday, in 3 working days", "was due on ..."."""
    return f"{'was due on' if due_on < today else 'due'} {due_when(due_on, today)}"


def _late(due_on: date, today: date) -> str:
    """How long ago in whole months or years where it is long ago, else in working days."""
    months = (today.year - due_on.year) * 12 + today.month - due_on.month
    months -= today.day < due_on.day
    if months < 2:
        return _working(due_on, today)
    return f"{months} months" if months < 24 else f"{months // 12} years"


def _working(start: date, end: date) -> str:
    count = working_days_between(start, end)
    return "1 working day" if count == 1 else f"{count} working days"


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
