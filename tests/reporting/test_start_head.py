"""A head of service's start page: three sentences, and what needs them now."""

import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from audits.choices import ExemptionReason, Grade
from audits.domain import exempting
from cases.domain import restricting
from moderation.domain import re_audits
from reporting.domain.start.head import head_work
from tests.factories.accounts import RoleGrantFactory
from tests.factories.actions import raised
from tests.reporting.dashboards import client_of

WEAK = (Grade.INADEQUATE, Grade.INADEQUATE)


def work_of(user):
    (work,) = head_work(user, now=timezone.now())
    return work


def inadequate(world, **values):
    audit = world.audit(case=world.new_case(**values))
    return world.returned_audit(audit, A=WEAK, overall=WEAK)


def test_three_sentences_are_said_with_their_noughts(world):
    world.audit()
    first, second, third = work_of(world.head_of_service).sentences
    assert first.endswith("0 of 1 scheduled audit came back (small number).")
    assert second == "No re-audit is late."
    assert third == "No action for a child is more than 10 working days overdue."


def test_what_came_back_is_told_with_its_inadequate(world):
    inadequate(world)
    world.returned_audit()
    first = work_of(world.head_of_service).sentences[0]
    assert "2 of 2 scheduled audits came back" in first
    assert first.endswith("1 of them Inadequate.")


def test_a_late_re_audit_is_told_and_its_child_leads(world):
    late, soon = (re_audits.schedule(inadequate(world), by=world.qa_manager) for _ in range(2))
    late.due_on = timezone.localdate() - datetime.timedelta(days=2)
    late.save()
    work = work_of(world.head_of_service)
    assert work.sentences[1] == "One re-audit is late."
    assert [row.audit_id for row in work.children.rows] == [
        late.origin.public_id,
        soon.origin.public_id,
    ]
    assert (work.children.total, work.children.late, work.urgency) == (2, 1, 1)


def test_a_child_leaves_the_list_when_re_audits_have_ended(world):
    schedule = re_audits.schedule(inadequate(world), by=world.qa_manager)
    assert work_of(world.head_of_service).children.total == 1
    because = re_audits.ReAuditEnd.CASE_CLOSED
    re_audits.end(schedule, because=because, by=world.qa_manager, second_by=world.qa_officer)
    assert work_of(world.head_of_service).children.total == 0


def test_a_child_row_says_what_is_weak_and_what_follows(world):
    inadequate(world)
    (row,) = work_of(world.head_of_service).children.rows
    assert (row.weak_domains, row.safety, row.re_audit) == (
        ("A",),
        "Safe at the audit",
        "not scheduled yet",
    )


def test_a_restricted_child_is_not_shown(world):
    audit = inadequate(world)
    restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    assert work_of(world.head_of_service).children.total == 0


def test_another_services_children_and_audits_are_not_told(world):
    inadequate(world)
    work = work_of(world.other_head_of_service)
    assert (work.children.total, work.month.counts.planned, work.month.owing) == (0, 0, ())


def test_overdue_actions_are_counted_and_the_longest_told(world):
    today = timezone.localdate()
    raised(world, due_on=today - datetime.timedelta(days=40))
    raised(world, due_on=today - datetime.timedelta(days=1))
    work = work_of(world.head_of_service)
    assert (work.overdue_actions, work.overdue_for_children) == (2, 2)
    assert work.sentences[2] == "One action for a child is more than 10 working days overdue."


def test_managers_who_have_not_returned_are_named_with_their_level(world):
    world.audit()
    world.audit(case=world.new_case())
    (owing,) = work_of(world.head_of_service).month.owing
    assert (owing.name, owing.level, owing.outstanding) == (
        world.auditor.name,
        "Team manager",
        2,
    )


def test_two_services_have_a_section_each(world):
    user = world.head_of_service
    RoleGrantFactory(user=user, role=Role.HEAD_OF_SERVICE, unit=world.care_service)
    names = [work.heading for work in head_work(user, now=timezone.now())]
    assert sorted(names) == ["Children in care", "Protection"]


def test_the_page_leads_to_the_services_figures(world):
    user = world.head_of_service
    page = client_of(user).get(reverse("start")).content.decode()
    address = f"{reverse('dashboard')}?unit={world.protection_service.public_id}"
    assert address in page
    assert client_of(user).get(address).status_code == 200


def test_what_is_asked_and_overdue_for_a_restricted_child_is_not_counted(world):
    audit = world.audit()
    exempting.ask(audit, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    raised(world, due_on=timezone.localdate() - datetime.timedelta(days=1))
    work = work_of(world.head_of_service)
    assert (work.decisions.count, work.overdue_actions) == (1, 1)
    restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    work = work_of(world.head_of_service)
    assert (work.decisions.count, work.overdue_actions) == (0, 0)
