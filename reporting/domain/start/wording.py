"""How long ago, in the words of work lists."""

import datetime

from kit.months import LONDON, london_day, moment_text

HOUR, DAY = 60, 24 * 60
HOURS_FROM, DAYS_FROM = 2 * HOUR, 2 * DAY


def minutes_since(moment: datetime.datetime, *, now: datetime.datetime) -> int:
    """Whole minutes."""
    return (now - moment) // datetime.timedelta(minutes=1)


def waited(minutes: int) -> str:
    """ "45 minutes", from two hours on "3 hours", from two days on "2 days"."""
    if minutes < HOURS_FROM:
        return _counted(minutes, "minute")
    if minutes < DAYS_FROM:
        return _counted(minutes // HOUR, "hour")
    return _counted(minutes // DAY, "day")


def when(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    """ "today 14:10", "yesterday 09:05", else the day and the time."""
    days = (london_day(now) - london_day(moment)).days
    if days > 1:
        return f"on {moment_text(moment)}"
    name = "yesterday" if days else "today"
    return f"{name} {moment.astimezone(LONDON):%H:%M}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
