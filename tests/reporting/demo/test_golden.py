"""The demonstration counts to Bradford's published tables, digit for digit."""

import datetime

import pytest

from accounts.domain.units import authority
from kit.months import LONDON
from reporting.domain.counting import count_figures
from reporting.domain.figures import MonthlyFigures, Period
from tests import golden
from tests.reporting.recount import check_recount, grades_of

PERIOD = Period(golden.FIRST, golden.LAST)

# November's last return and the last settlement came in the weeks after the month.
AS_AT = datetime.datetime(2024, 2, 1, tzinfo=LONDON)


@pytest.fixture
def figures(demo) -> MonthlyFigures:
    return count_figures(PERIOD, scope=authority(), as_at=AS_AT)


def test_returns(figures):
    counted = {
        f"{row.month:%Y-%m}": (
            row.counts.planned,
            row.counts.exempted,
            row.counts.scheduled,
            row.counts.returned,
            row.counts.rate.percent,
        )
        for row in figures.returns.months
    }
    published = golden.rows("returns")
    columns = ("planned", "exempted", "scheduled", "returned")
    assert counted == {
        row["month"]: (
            *(int(row[column]) for column in columns),
            golden.percent(row["percent_returned_as_published"]),
        )
        for row in published
    }


def test_returns_in_total(figures):
    total = figures.returns.total
    counted = (total.planned, total.exempted, total.scheduled, total.returned)
    assert (*counted, total.rate.percent_text) == (730, 49, 681, 229, "33.6%")


def test_grades_after_moderation(figures):
    total = vars(figures.grades.standing) | {"total": figures.grades.standing.total}
    published = {
        row.pop("month"): {name: int(count) for name, count in row.items()}
        for row in golden.rows("grades_after_moderation")
    }
    assert grades_of(figures) | {"total": total} == published


def test_moderation(figures):
    moderation = figures.moderation
    counted = {
        "moderated": str(moderation.counts.total),
        "final_grade_good": str(moderation.settled_grades.good),
        "final_grade_requires_improvement": str(moderation.settled_grades.requires_improvement),
        "final_grade_inadequate": str(moderation.settled_grades.inadequate),
        "percent_moderated": moderation.moderated_share.percent_text,
        "grade_supported": str(moderation.counts.supported),
        "grade_downgraded": str(moderation.counts.downgraded),
        "percent_downgraded": moderation.counts.downgraded_share.percent_text,
    }
    assert counted == golden.measures()


def test_the_statements_recount_it(figures):
    check_recount(figures, scope=authority())


def test_the_statements_recount_each_service(figures):
    services = authority().children.services()
    assert services
    for service in services:
        check_recount(count_figures(PERIOD, scope=service, as_at=AS_AT), scope=service)
