"""What fills the slots of the sample texts: words for the child, and dates that read in order.

Slots: {child} {she} {her} {him} {hers} {herself} {school} {family} {planname} {review} {chair},
each with a capital for the start of a sentence; {month} < {date1} < {date2} < {date3} < {later};
{schoolday}, outside the holidays; {weeks}, {n} and {of}, which suit the grade.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

MONTHS = "January February March April May June July August September October November December"
NUMBERS = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
)
# Where in the look-back each moment falls, as shares of its length.
MONTH_BAND, LATER_BAND = (0.0, 0.2), (0.84, 0.95)
DATE_BANDS = ((0.25, 0.41), (0.44, 0.61), (0.63, 0.78))
HOLIDAYS = (
    ((1, 1), (1, 6)),
    ((2, 12), (2, 18)),
    ((3, 30), (4, 16)),
    ((5, 27), (6, 2)),
    ((7, 22), (9, 4)),
    ((10, 24), (10, 31)),
    ((12, 18), (12, 31)),
)
WEEKS = {4: (2, 3), 3: (2, 4), 2: (5, 10), 1: (10, 20)}
PRONOUNS = {
    "she": {"she": "she", "her": "her", "him": "her", "hers": "hers", "herself": "herself"},
    "he": {"she": "he", "her": "his", "him": "him", "hers": "his", "herself": "himself"},
}
UNBORN = {
    "she": "the baby",
    "her": "the baby's",
    "him": "the baby",
    "hers": "the baby's",
    "herself": "the baby",
}
CALLED = {"unborn": "the baby", "baby": "the baby", "young": "the child", "middle": "the child"}
LEARNS_AT = {"baby": "nursery", "leaver": "college"}
PLAN_WORDS = {
    "assessment": ("plan", "review", "reviewing manager"),
    "in_need": ("child in need plan", "review", "reviewing manager"),
    "protection": ("protection plan", "conference", "conference chair"),
    "in_care": ("care plan", "review", "IRO"),
    "leaving_care": ("pathway plan", "pathway review", "reviewing manager"),
}


@dataclass(frozen=True)
class Child:
    """What a text must know of a child: age band, kind of plan, and "she" or "he"."""

    band: str
    plan: str
    pronoun: str = "she"


@dataclass(frozen=True)
class Dates:
    """The months that an audit judges: from `first` to the day before its return, `last`."""

    first: date
    last: date


def band_of(years: int | None) -> str:
    """The age band of a child of so many years; None is not yet born."""
    if years is None:
        return "unborn"
    limits = ((2, "baby"), (8, "young"), (13, "middle"), (18, "teen"))
    return next((band for limit, band in limits if years < limit), "leaver")


def draw(rng: Random, child: Child, dates: Dates, grade: int | None = None) -> dict[str, str]:
    """One consistent set of slot values, each also under its capitalised name."""
    planname, review, chair = PLAN_WORDS[child.plan]
    pronouns = UNBORN if child.band == "unborn" else PRONOUNS[child.pronoun]
    values = pronouns | {
        "child": CALLED.get(child.band, "the young person"),
        "school": LEARNS_AT.get(child.band, "school"),
        "family": "the young person" if child.plan == "leaving_care" else "the family",
        "planname": planname,
        "review": review,
        "chair": chair,
    }
    values |= _moments(rng, dates) | _counts(rng, grade or 3)
    return values | {_capital(name): _capital(value) for name, value in values.items()}


def _moments(rng: Random, dates: Dates) -> dict[str, str]:
    days = [_workday(rng, dates, band) for band in DATE_BANDS]
    return {
        "month": _month(_month_before(days[0], _day(rng, dates, MONTH_BAND))),
        "later": _month(_day(rng, dates, LATER_BAND)),
        "schoolday": spoken(_schoolday(rng, dates)),
    } | {f"date{place}": spoken(day) for place, day in enumerate(days, start=1)}


def _counts(rng: Random, grade: int) -> dict[str, str]:
    """So many of so many: all, all but one, half, or two of many, as the grade goes down."""
    of = rng.randint(6, 9) if grade == 1 else rng.randint(4, 6)
    n = {4: of, 3: of - 1, 2: of // 2, 1: 2}[grade]
    return {"n": number(n), "of": number(of), "weeks": number(rng.randint(*WEEKS[grade]))}


def number(count: int) -> str:
    """A count up to twenty as a word."""
    return NUMBERS.split()[count]


def spoken(day: date) -> str:
    """A day as auditors write it within the look-back: "3 September"."""
    return f"{day.day} {_month(day)}"


def in_holidays(day: date) -> bool:
    """Whether schools are likely to be closed, by fixed dates that suit any year."""
    return any(start <= (day.month, day.day) <= end for start, end in HOLIDAYS)


def _month(day: date) -> str:
    return MONTHS.split()[day.month - 1]


def _day(rng: Random, dates: Dates, band: tuple[float, float]) -> date:
    length = (dates.last - dates.first).days
    return dates.first + timedelta(rng.randint(int(length * band[0]), int(length * band[1])))


def _month_before(first: date, day: date) -> date:
    """The day, or one in the month before it if its month is that of the first date."""
    same = (day.year, day.month) == (first.year, first.month)
    return day.replace(day=1) - timedelta(days=1) if same else day


def _workday(rng: Random, dates: Dates, band: tuple[float, float]) -> date:
    """A weekday in the band; on a weekend or at Christmas the nearest working day before it."""
    day = _day(rng, dates, band)
    while day.weekday() > 4 or (day.month, day.day) in {(12, 25), (12, 26), (1, 1)}:
        day -= timedelta(days=1)
    return day


def _schoolday(rng: Random, dates: Dates) -> date:
    """A school day in the middle of the look-back, or any working day if there is none."""
    for _ in range(40):
        day = _workday(rng, dates, (0.1, 0.8))
        if not in_holidays(day):
            return day
    return day


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
