"""A thousand rows, spelt as councils spell, reach the report's figures to the digit."""

import datetime
import time
from collections import Counter
from random import Random

import pytest

from audits.choices import Grade
from kit.months import LONDON, add_months
from reporting.domain.counting import count_figures
from reporting.domain.figures import Period
from tests.factories.import_files import bring

pytestmark = pytest.mark.django_db

MAY, NOVEMBER = datetime.date(2023, 5, 1), datetime.date(2023, 11, 1)
MONTHS = [add_months(MAY, number) for number in range(7)]
AS_AT = datetime.datetime(2023, 12, 6, 6, tzinfo=LONDON)
SPELLINGS = {
    "Outstanding": 4,
    "O": 4,
    "good": 3,
    "G": 3,
    "RI": 2,
    "R.I.": 2,
    "Requiring Improvement": 2,
    "requires improvement to be good": 2,
    "Inadequate": 1,
    "I": 1,
}


def row_of(number: int, chance: Random) -> dict[str, str]:
    """The row of one audit: seven of a thousand excused, 45 % returned, a quarter moderated."""
    month = chance.choice(MONTHS)
    row = {
        "Case reference": f"AB{number:05}",
        "MONTH": f"{month:%Y-%m}",
        "team": f"Service {number % 4} > Team {number % 12}",
        "planned on": f"{month:%d/%m/%Y}",
        "auditor_email": f"auditor{number % 30}@council.example",
    }
    if number % 142 == 0:
        return row | {"exempted_on": f"{month:%Y-%m}-10", "exemption_reason": "Post vacant"}
    if chance.random() > 0.45:
        return row
    words = list(SPELLINGS)
    row |= {
        "returned_on": f"{month:%Y-%m}-{chance.randint(2, 19)}",
        "overall_practice_grade": chance.choice(words),
        "overall_outcome_grade": chance.choice(words),
        "domain: Play (practice)": chance.choice([*words, "n/a"]),
    }
    if chance.random() < 0.25:
        row |= {
            "moderated_on": f"{month:%Y-%m}-25",
            "moderated_practice_grade": chance.choice(words),
        }
    return row


def own(row: dict[str, str]) -> int:
    return SPELLINGS[row["overall_practice_grade"]]


def standing(row: dict[str, str]) -> int:
    return SPELLINGS[row.get("moderated_practice_grade", row["overall_practice_grade"])]


@pytest.fixture
def rows():
    chance = Random("a thousand audits")
    return [row_of(number, chance) for number in range(1, 1001)]


@pytest.fixture
def figures(world, rows):
    bring(world, *rows)
    return count_figures(Period(MAY, NOVEMBER), scope=world.authority, as_at=AS_AT)


def test_a_thousand_rows_report_to_the_digit(rows, figures):
    """Planned, exempted and returned by month; own and standing grades; moderations."""
    assert {row.get("overall_practice_grade", "RI") for row in rows} == set(SPELLINGS)
    for number, month in enumerate(MONTHS):
        held = [row for row in rows if row["MONTH"] == f"{month:%Y-%m}"]
        returned = [row for row in held if "returned_on" in row]
        counts = figures.returns.months[number].counts
        excused = sum("exempted_on" in row for row in held)
        expected = (len(held), excused, len(returned))
        assert (counts.planned, counts.exempted, counts.returned) == expected
        grades, count = figures.grades.months[number], Counter(map(own, returned))
        assert list(grades.own.best_first) == [count[grade] for grade in Grade]
        count = Counter(map(standing, returned))
        assert list(grades.standing.best_first) == [count[grade] for grade in Grade]
    assert figures.returns.total.exempted == 7


def test_moderations_report_to_the_digit(rows, figures):
    moderated = [row for row in rows if "moderated_on" in row]
    compared = Counter((standing(row) > own(row)) - (standing(row) < own(row)) for row in moderated)
    found = [month.counts for month in figures.moderation.months]
    assert sum(one.supported for one in found) == compared[0]
    assert sum(one.downgraded for one in found) == compared[-1]
    assert sum(one.upgraded for one in found) == compared[1]


def test_a_thousand_rows_take_seconds(world, rows):
    started = time.monotonic()
    bring(world, *rows)
    assert bring(world, *rows).unchanged == 1000
    assert time.monotonic() - started < 20
