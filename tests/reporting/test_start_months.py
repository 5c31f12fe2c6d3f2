"""The open month at a glance: when its returns close, and whose audits are still out."""

import datetime

import pytest

from accounts.choices import ManagerLevel
from audits.models import AuditSettings
from kit.months import LONDON
from reporting.domain.figures import Period
from reporting.domain.ledger import open_ledger
from reporting.domain.start.months import OpenMonth, Outstanding, newest_round, open_month
from tests.reporting.records import AS_AT, NOVEMBER, OCTOBER, at

SEPTEMBER = datetime.date(2023, 9, 1)
YESTERDAY, TODAY = datetime.date(2023, 12, 7), datetime.date(2023, 12, 8)


def glance(records, held, *, day=TODAY) -> OpenMonth:
    moment = datetime.datetime.combine(day, AS_AT.timetz())
    ledger = open_ledger(Period(held.month, held.month), scope=records.authority, as_at=moment)
    return open_month(ledger, held)


@pytest.mark.parametrize(
    ("month", "day", "said"),
    [
        (NOVEMBER, (2023, 12, 4), "Returns close on 7 December 2023, in 3 working days."),
        (NOVEMBER, (2023, 12, 6), "Returns close on 7 December 2023, in 1 working day."),
        (NOVEMBER, (2023, 12, 7), "Returns close today, 7 December 2023."),
        (
            *(NOVEMBER, (2023, 12, 8)),
            "Returns were to close on 7 December 2023 and are open still.",
        ),
        (
            *(SEPTEMBER, (2023, 10, 7)),
            "Returns were to close on 6 October 2023 and are open still.",
        ),
        (SEPTEMBER, (2023, 10, 1), "Returns close on 6 October 2023, in 5 working days."),
    ],
)
def test_when_returns_close_is_said_in_working_days(records, month, day, said):
    held = records.round(month)
    assert glance(records, held, day=datetime.date(*day)).closes == said


def test_how_many_working_days_later_is_a_setting(records):
    AuditSettings.objects.create(returns_close_days=6)
    day = datetime.date(2023, 12, 7)
    assert glance(records, records.november, day=day).closes == (
        "Returns close on 8 December 2023, in 1 working day."
    )


def test_once_closed_the_day_is_said(records):
    held = records.november
    held.returns_closed_at = datetime.datetime(2023, 12, 5, 23, 30, tzinfo=LONDON)
    assert glance(records, held).closes == "Returns were closed on 5 December 2023."


def test_where_most_is_past_its_date_is_chased_first(records):
    records.audit(team=records.care_team, auditor_level=ManagerLevel.TEAM)
    for level, due_on in (
        (ManagerLevel.HEAD, YESTERDAY),
        (ManagerLevel.TEAM, YESTERDAY),
        (ManagerLevel.TEAM, TODAY),
    ):
        records.audit(auditor_level=level, due_on=due_on)
    records.returned(auditor_level=ManagerLevel.DIRECTOR)
    records.exempted(records.audit(auditor_level=ManagerLevel.DIRECTOR))

    found = glance(records, records.november)

    team, head = str(ManagerLevel.TEAM.label), str(ManagerLevel.HEAD.label)
    assert found.chase == (
        Outstanding("Protection", team, 2, 1),
        Outstanding("Protection", head, 1, 1),
        Outstanding("Care", team, 1, 0),
    )
    assert (found.counts.returned, found.on_time, found.hidden) == (1, 1, 0)


def test_what_came_back_late_is_not_on_time(records):
    records.returned(-48, due_on=datetime.date(2023, 12, 5))
    records.returned(-48)
    found = glance(records, records.november)
    assert (found.counts.returned, found.on_time) == (2, 1)


def test_the_newest_round_is_the_last_that_has_opened(records):
    tomorrow = TODAY + datetime.timedelta(days=1)

    def opened(month, opens_on, **values):
        return records.round(month, opens_on=opens_on, due_on=tomorrow, **values)

    opened(OCTOBER, OCTOBER)
    last = opened(NOVEMBER, TODAY)
    opened(datetime.date(2023, 12, 1), tomorrow)
    opened(datetime.date(2024, 1, 1), OCTOBER, created_at=at(0))
    opened(datetime.date(2024, 2, 1), OCTOBER, kind="themed", in_ledger=False)
    assert newest_round(now=AS_AT) == last
