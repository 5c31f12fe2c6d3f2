"""The schedule: each month once, at its moment, whatever was down in between."""

import datetime

import pytest

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from kit.months import LONDON, add_months
from reporting.choices import RequestSource
from reporting.domain import leases, publishing, schedule
from reporting.models import ReportRun
from tests.factories.accounts import RoleGrantFactory
from tests.factories.audits import RoundFactory
from tests.factories.reporting import MAY, NOVEMBER, NOW, issue, programme

pytestmark = pytest.mark.django_db
OCTOBER = datetime.date(2023, 10, 1)


def london(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=LONDON)


def switched_on(first=MAY):
    made = programme(first=first)
    schedule.switch_on(first_month=first, by=made.qa_manager, now=NOW)
    return made


def test_schedule_is_off_until_switched_on():
    made = programme()
    assert schedule.owed(NOW) == []
    schedule.switch_on(first_month=OCTOBER, by=made.qa_manager)
    assert schedule.owed(NOW) == [OCTOBER, NOVEMBER]
    assert HistoryEntry.objects.last().verb == "schedule_switched_on"


def test_month_is_owed_from_its_hour_on():
    switched_on(first=NOVEMBER)
    assert schedule.owed(london(2023, 12, 8, 5, 59)) == []
    assert schedule.owed(london(2023, 12, 8, 6)) == [NOVEMBER]


@pytest.mark.parametrize(
    ("month", "utc_hour"),
    [(datetime.date(2024, 2, 1), 6), (datetime.date(2024, 3, 1), 5), (OCTOBER, 6)],
)
def test_hour_is_londons_in_summer_and_in_winter(month, utc_hour):
    moment = schedule.issue_moment(month, schedule.report_settings())
    assert (moment.day, moment.hour, moment.tzinfo) == (8, utc_hour, datetime.UTC)


def test_hour_that_summer_time_leaves_out_still_comes():
    chosen = schedule.report_settings()
    chosen.issue_day, chosen.issue_hour = 26, 1
    moment = schedule.issue_moment(datetime.date(2023, 2, 1), chosen)
    assert moment == datetime.datetime(2023, 3, 26, 1, tzinfo=datetime.UTC)


def test_owed_months_are_asked_for_once():
    switched_on(first=OCTOBER)
    first = schedule.request_owed(now=NOW)
    assert [run.last_month for run in first] == [OCTOBER, NOVEMBER]
    assert {run.requested_by.is_system for run in first} == {True}
    assert schedule.request_owed(now=NOW) == []


def test_failed_month_is_not_asked_for_again():
    made = switched_on(first=NOVEMBER)
    [run] = schedule.request_owed(now=NOW)
    publishing.fail(leases.claim(run, now=NOW), "Ask again.", now=NOW)
    assert schedule.request_owed(now=NOW) == []
    assert made.request(source=RequestSource.SCHEDULE) == run


def test_month_that_somebody_had_issued_is_not_asked_for():
    issue(switched_on(first=NOVEMBER).request())
    assert schedule.request_owed(now=NOW) == []


def test_run_that_somebody_asked_for_answers_the_schedule():
    run = switched_on(first=NOVEMBER).request()
    assert schedule.request_owed(now=NOW) == [run]
    assert ReportRun.objects.get().source == RequestSource.PERSON


def test_month_without_a_round_is_left_out():
    made = switched_on()
    made.tool.rounds.filter(month=OCTOBER).update(month=datetime.date(2022, 1, 1))
    assert OCTOBER not in schedule.owed(NOW)
    assert NOVEMBER in schedule.owed(NOW)


def test_month_without_audits_waits_and_holds_up_no_other():
    made = switched_on(first=NOVEMBER)
    schedule.switch_on(first_month=OCTOBER, by=made.qa_manager)
    RoundFactory(tool_version=made.tool, month=OCTOBER)
    assert schedule.owed(NOW) == [OCTOBER, NOVEMBER]
    assert [run.last_month for run in schedule.request_owed(now=NOW)] == [NOVEMBER]


def test_at_most_twelve_months_are_caught_up():
    first = datetime.date(2022, 1, 1)
    switched_on(first=first)
    assert schedule.owed(NOW)[0] == add_months(NOVEMBER, -11)


def test_only_those_who_set_things_switch_it_on():
    made = programme()
    officer = RoleGrantFactory(unit=made.root, role=Role.QA_OFFICER).user
    with pytest.raises(Refused):
        schedule.switch_on(first_month=MAY, by=officer)
    assert schedule.report_settings().reports_from is None


def test_a_part_of_the_organisation_answers_for_no_month():
    made = switched_on(first=NOVEMBER)
    issue(made.request(scope=made.team))
    assert schedule.owed(NOW) == [NOVEMBER]


def test_who_switched_it_on_and_from_which_month_is_kept():
    made = programme()
    schedule.switch_on(first_month=OCTOBER.replace(day=9), by=made.qa_manager, now=NOW)
    chosen = schedule.report_settings()
    assert (chosen.reports_from, chosen.switched_by) == (OCTOBER, made.qa_manager)
    entry = HistoryEntry.objects.last()
    assert (entry.by, entry.at, entry.facts) == (
        made.qa_manager,
        NOW,
        {"first_month": "2023-10-01"},
    )


def test_what_the_schedule_asks_for_is_as_at_its_tick_for_the_whole_authority():
    made = switched_on(first=NOVEMBER)
    [run] = schedule.request_owed(now=NOW)
    assert (run.scope, run.kind, run.source) == (made.root, "monthly", RequestSource.SCHEDULE)
    assert (run.as_at, run.requested_at) == (NOW, NOW)
