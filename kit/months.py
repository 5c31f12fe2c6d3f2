"""Months, days and moments as the council writes them.

A month is a date on its first day. Days and moments are those of London.
"""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# Written out: the process's locale must not decide what a report says.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class BadMonth(ValueError):
    """What was given is no month. The text is one sentence for the person who gave it."""


def parse_month(text: str) -> date:
    """The month written as "2023-11". Raises BadMonth with a sentence that says how to mend it."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text.strip())
    if match and 1 <= int(match[2]) <= 12 and int(match[1]) >= 1900:
        return date(int(match[1]), int(match[2]), 1)
    shown = text.strip()[:20]
    raise BadMonth(f"“{shown}” is not a month: write the year and the month as 2023-11.")


def first_of(day: date) -> date:
    """The month in which `day` lies. A moment is first taken to London's calendar."""
    if isinstance(day, datetime):
        day = london_day(day)
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The month `count` months after `month`, or before it when negative."""
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


def months_from(first: date, last: date) -> list[date]:
    """Every month from `first` to `last`, both included; none when `last` is earlier."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, step) for step in range(max(0, count))]


def month_name(month: date) -> str:
    """Month and year: "November 2023"."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def short_month(month: date) -> str:
    """The first three letters, "Nov": for axes, where the year stands in the subtitle."""
    return MONTHS[month.month - 1][:3]


def period_text(first: date, last: date) -> str:
    """The months covered: "May to November 2023", "November 2022 to May 2023", "May 2023"."""
    if (first.year, first.month) == (last.year, last.month):
        return month_name(last)
    if first.year == last.year:
        return f"{MONTHS[first.month - 1]} to {month_name(last)}"
    return f"{month_name(first)} to {month_name(last)}"


def long_date(day: date) -> str:
    """A day in full: "3 March 2026"."""
    if isinstance(day, datetime):
        day = london_day(day)
    return f"{day.day} {month_name(day)}"


def day_in_column(day: date) -> str:
    """A day in full for a narrow column: it breaks before its year or not at all."""
    return long_date(day).replace(" ", "\u00a0", 1)


def moment_text(moment: datetime) -> str:
    """A moment in London's time: "6 December 2023, 06:00". Raises ValueError when naive."""
    local = _in_london(moment)
    return f"{local.day} {month_name(local)}, {local:%H:%M}"


def london_day(moment: datetime) -> date:
    """The calendar day in London at `moment`. Raises ValueError for a naive moment."""
    return _in_london(moment).date()


def end_of_day(day: date) -> datetime:
    """The last microsecond of `day` in London: what is due on a day is due until then."""
    return datetime.combine(day, time.max, tzinfo=LONDON)


def _in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(LONDON)
