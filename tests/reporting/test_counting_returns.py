"""Returns: what counts as planned, exempted, returned, late and overdue at a moment (rule 1)."""

import datetime

import pytest

from accounts.choices import ManagerLevel
from audits.choices import ExemptionReason, RoundKind, Standing
from audits.domain import exempting
from audits.models import IndependenceOverride
from kit.exceptions import NotPossible
from kit.months import LONDON
from reporting.domain.figures import ReturnCounts
from tests.reporting.records import AS_AT, NOVEMBER, OCTOBER, at, done

YESTERDAY, TODAY = datetime.date(2023, 12, 7), datetime.date(2023, 12, 8)


def counts(records, **chosen) -> ReturnCounts:
    return records.figures(**chosen).returns.total


def test_allocated_before_the_moment_is_planned_and_at_it_is_not(records):
    records.audit(allocated=-1)
    records.audit(allocated=0)
    assert counts(records) == ReturnCounts(planned=1)
    assert counts(records, hours=1) == ReturnCounts(planned=2)


def test_voided_before_the_moment_is_not_planned(records):
    records.audit(**done("voided", -1, records.second))
    records.audit(**done("voided", 0, records.second))
    assert counts(records).planned == 1


def test_exempted_from_its_approval_to_its_withdrawal(records):
    records.exempted(records.audit(), approved=-10, withdrawn=0)
    seen = [counts(records, hours=hours).exempted for hours in (-10, -9, 0, 1)]
    assert seen == [0, 1, 1, 0]


def test_an_exemption_that_waits_excuses_nothing(records):
    records.exempted(records.audit(), approved=None)
    assert counts(records) == ReturnCounts(planned=1)


def test_an_audit_is_exempted_once_however_often_it_was_asked(records):
    audit = records.audit()
    records.exempted(audit, approved=-30, withdrawn=-20)
    records.exempted(audit, approved=-10)
    assert counts(records) == ReturnCounts(planned=1, exempted=1)


def test_a_returned_audit_cannot_be_exempted_after(records):
    made = records.returned()
    with pytest.raises(NotPossible):
        exempting.ask(made.audit, reason=ExemptionReason.SICK_LEAVE, by=records.system)
    assert counts(records) == ReturnCounts(planned=1, returned=1)


def test_between_send_back_and_the_next_return_an_audit_is_not_returned(records):
    audit = records.audit()
    records.version(audit, -30, sent_back=-20)
    records.version(audit, -10, number=2)
    seen = [counts(records, hours=hours).returned for hours in (-30, -29, -20, -19, -10, -9)]
    assert seen == [0, 1, 1, 0, 0, 1]


def test_a_draft_is_not_returned(records):
    records.version(records.audit(), None)
    assert counts(records) == ReturnCounts(planned=1)


def test_late_is_judged_by_the_first_return(records):
    audit = records.audit(due_on=datetime.date(2023, 12, 6))
    records.version(audit, -40, sent_back=-30)
    records.version(audit, -1, number=2)
    assert counts(records) == ReturnCounts(planned=1, returned=1)


@pytest.mark.parametrize(("clock", "late"), [("23:59:59", 0), ("00:00:00", 1)])
def test_due_until_the_end_of_the_local_day(records, clock, late):
    day = datetime.date(2023, 7, 4) if late else datetime.date(2023, 7, 3)
    moment = datetime.datetime.combine(day, datetime.time.fromisoformat(clock), tzinfo=LONDON)
    hours = (moment - AS_AT) / datetime.timedelta(hours=1)
    records.returned(hours, due_on=datetime.date(2023, 7, 3), allocated=-9000)
    assert counts(records).late == late


def test_late_by_the_due_date_as_it_was_at_the_return(records):
    in_time, too_late = (records.audit(due_on=datetime.date(2023, 12, 1)) for _ in range(2))
    records.extended(in_time, TODAY, approved=-25)
    records.extended(too_late, TODAY, approved=-24)
    for audit in (in_time, too_late):
        records.version(audit, -24)
    assert counts(records) == ReturnCounts(planned=2, returned=2, late=1)


def test_an_audit_sent_back_is_neither_returned_nor_late(records):
    audit = records.audit(due_on=datetime.date(2023, 12, 1))
    records.version(audit, -20, sent_back=-10)
    assert counts(records) == ReturnCounts(planned=1, overdue=1)


def test_overdue_from_the_day_after_it_was_due(records):
    records.audit(due_on=TODAY)
    records.audit(due_on=YESTERDAY)
    records.exempted(records.audit(due_on=YESTERDAY))
    records.returned(due_on=YESTERDAY)
    assert counts(records).overdue == 1


def test_an_extension_counts_from_its_approval(records):
    audit = records.audit(due_on=datetime.date(2023, 12, 5))
    records.extended(audit, YESTERDAY, approved=-40)
    records.extended(audit, datetime.date(2023, 12, 12), approved=0)
    now, later = counts(records), counts(records, hours=1)
    assert (now.overdue, now.extended) == (1, 0)
    assert (later.overdue, later.extended) == (0, 1)


def test_an_extension_of_an_audit_not_yet_due_anyway_is_not_shown(records):
    audit = records.audit(due_on=TODAY)
    records.extended(audit, datetime.date(2023, 12, 12), approved=-40)
    assert counts(records) == ReturnCounts(planned=1)


def test_a_scope_has_the_audits_of_its_teams_only(records):
    records.audit()
    records.returned(team=records.care_team)
    assert counts(records).planned == 2
    assert counts(records, scope=records.care) == ReturnCounts(planned=1, returned=1)
    assert counts(records, scope=records.team) == ReturnCounts(planned=1)


def test_a_round_outside_the_ledger_does_not_count(records):
    themed = records.round(NOVEMBER, kind=RoundKind.THEMED)
    records.audit(round=themed)
    figures = records.figures()
    assert (figures.returns.months, figures.returns.total) == ((), ReturnCounts())


def test_a_month_without_a_round_has_no_row_and_one_without_audits_has(records):
    records.audit(team=records.care_team)
    records.round(datetime.date(2023, 9, 1))
    returns = records.figures().returns
    assert [row.month for row in returns.months] == [NOVEMBER]
    assert records.figures(scope=records.team).returns.last == ReturnCounts()


def test_a_round_opened_later_has_no_row_yet(records):
    records.round(OCTOBER, created_at=at(0))
    records.audit()
    assert len(records.figures().returns.months) == 1
    assert len(records.figures(hours=1).returns.months) == 2


def test_services_have_a_count_for_every_month(records):
    october = records.round(OCTOBER)
    records.audit(round=october)
    records.returned(team=records.care_team)
    care, protection = records.figures().returns.services
    assert (care.name, protection.name) == ("Care", "Protection")
    assert care.months == (ReturnCounts(), ReturnCounts(planned=1, returned=1))
    assert protection.months == (ReturnCounts(planned=1), ReturnCounts())


def test_levels_that_occur_in_their_order(records):
    records.audit(auditor_level=ManagerLevel.DIRECTOR)
    records.returned(auditor_level=ManagerLevel.TEAM)
    levels = records.figures().returns.levels
    assert [(row.code, row.counts.returned) for row in levels] == [("team", 1), ("director", 0)]


def test_reasons_of_exemptions_in_force_most_frequent_first(records):
    for reason in ("vacant_post", "sick_leave", "sick_leave"):
        records.exempted(records.audit(), reason=reason)
    records.exempted(records.audit(), withdrawn=-1)
    found = records.figures().returns.exemptions
    assert [(row.code, row.count) for row in found] == [("sick_leave", 2), ("vacant_post", 1)]


def test_returned_audits_by_standing(records):
    records.returned(standing=Standing.PEER)
    records.returned()
    records.audit(standing=Standing.LINE)
    found = records.figures().returns.standings
    assert [(row.code, row.count) for row in found] == [("independent", 1), ("peer", 1)]


@pytest.mark.parametrize(("confirmed", "counted"), [(-1, 1), (0, 0), (None, 0)])
def test_an_override_counts_once_confirmed(records, confirmed, counted):
    audit = records.returned().audit
    IndependenceOverride.objects.create(
        round=audit.round,
        case=audit.case,
        auditor=audit.auditor,
        breach="team",
        reason="Nobody else was cleared.",
        asked_at=at(-50),
        asked_by=records.officer,
        **done("confirmed", confirmed, records.second),
    )
    assert records.figures().returns.independence_overrides == counted


def test_months_stand_in_their_order_whichever_was_opened_first(records):
    records.returned()
    records.audit(round=records.round(OCTOBER))
    found = records.figures()
    assert [row.month for row in found.returns.months] == [OCTOBER, NOVEMBER]
    assert (found.returns.last.returned, found.grades.last.month) == (1, NOVEMBER)


@pytest.mark.parametrize("month", [datetime.date(2023, 9, 1), datetime.date(2023, 12, 1)])
def test_months_before_and_after_the_period_are_left_out(records, month):
    records.audit(round=records.round(month))
    records.audit(round=records.round(OCTOBER))
    assert counts(records).planned == 1
