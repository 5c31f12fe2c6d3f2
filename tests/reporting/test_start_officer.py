"""The QA team's start page: moderations without a hint, the month, who to chase, decisions."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from audits.choices import ExemptionReason, ExtensionReason, Grade
from audits.domain import exempting, extending
from cases.domain import restricting
from moderation.domain import re_audits
from reporting.choices import ReportKind, RequestSource
from reporting.domain.requesting import request_report
from reporting.domain.start.officer import ReportsNow, officer_work
from tests.factories.moderation import assigned
from tests.reporting.dashboards import client_of
from tests.samples import issued_report


def work_of(user):
    return officer_work(user, now=timezone.now())


def test_my_moderations_show_nothing_of_the_auditor_or_the_grade(world):
    moderation = assigned(world)
    page = client_of(moderation.moderator).get(reverse("start")).content.decode()
    mine = page[page.index("My moderations") : page.index("at a glance")]
    assert world.case.reference in mine
    assert world.auditor.name not in mine
    assert not any(grade.label in mine for grade in Grade)


def test_the_month_counts_what_the_report_counts(world):
    world.returned_audit()
    world.audit(case=world.new_case())
    excused = world.audit(case=world.new_case())
    asked = exempting.ask(excused, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    exempting.approve(asked, by=world.qa_manager)
    (month,) = work_of(world.qa_officer).months
    counts = month.counts
    found = (counts.planned, counts.exempted, counts.scheduled, month.on_time, counts.late)
    assert found == (3, 1, 2, 1, 0)
    assert counts.not_returned == 1
    assert month.closes.startswith("Returns ")


def test_the_chase_list_is_by_service_and_level(world):
    world.audit()
    world.audit(case=world.new_case(), auditor=world.second_auditor)
    world.returned_audit(world.audit(case=world.new_case()))
    (month,) = work_of(world.qa_officer).months
    found = [(row.service, row.level, row.outstanding) for row in month.chase]
    assert found == [("Protection", "Service managers", 1), ("Protection", "Team managers", 1)]


def test_what_i_moderate_blind_is_not_counted_and_said_so(world):
    moderation = assigned(world)
    (month,) = work_of(moderation.moderator).months
    assert (month.counts.planned, month.hidden) == (0, 1)
    (month,) = work_of(world.qa_officer).months
    assert (month.counts.planned, month.hidden) == (1, 0)


def test_requests_wait_until_they_are_decided(world):
    audit = world.audit()
    later = audit.due_on + datetime.timedelta(days=3)
    reason = ExtensionReason.COURT_WEEK
    extending.ask(audit, reason=reason, new_due_on=later, by=world.auditor)
    asked = exempting.ask(audit, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    found = work_of(world.qa_officer).decisions
    assert (found.count, {row.asked_by for row in found.rows}) == (2, {world.auditor.name})
    exempting.refuse(asked, because="It is one day.", by=world.qa_manager)
    assert work_of(world.qa_officer).decisions.count == 1


@pytest.mark.parametrize(("days", "found"), [(-1, (1, 0)), (0, (0, 1)), (30, (0, 1)), (31, (0, 0))])
def test_re_audits_are_late_or_due_within_thirty_days(world, days, found):
    weak = (Grade.INADEQUATE, Grade.INADEQUATE)
    schedule = re_audits.schedule(world.returned_audit(A=weak, overall=weak), by=world.qa_manager)
    schedule.due_on = timezone.localdate() + datetime.timedelta(days=days)
    schedule.save()
    due = work_of(world.qa_officer).re_audits
    assert (due.late, due.coming) == found


def test_reports_are_for_those_who_answer_for_them(world):
    assert work_of(world.qa_officer).reports is None
    assert work_of(world.qa_manager).reports.being_made == 0


def test_before_any_round_there_is_no_month(world):
    assert work_of(world.qa_officer).months == ()


def test_a_restricted_case_asks_nothing_of_an_officer(world):
    audit = world.audit()
    exempting.ask(audit, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    assert work_of(world.qa_officer).decisions.count == 1
    restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    assert work_of(world.qa_officer).decisions.count == 0


def test_reports_of_another_unit_are_not_counted(world):
    world.audit()
    issued_report(world, world.protection_service)
    asked = {
        "kind": ReportKind.MONTHLY,
        "last_month": world.round.month,
        "source": RequestSource.PERSON,
    }
    request_report(**asked, scope=world.protection_service, by=world.qa_manager)
    elsewhere = world.person("Someone", Role.QA_MANAGER, world.care_service)
    assert work_of(world.qa_manager).reports == ReportsNow(being_made=1, drafts=1)
    assert work_of(elsewhere).reports == ReportsNow(being_made=0, drafts=0)
