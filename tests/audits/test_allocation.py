import datetime

import pytest
from django.utils import timezone

from accounts.choices import ManagerLevel
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from audits.choices import Standing
from audits.domain import allocation
from audits.models import Audit
from cases.models import Case
from kit.exceptions import NotPossible


def test_an_audit_keeps_what_was_true_when_it_was_allocated(world):
    audit = world.audit()

    assert (audit.team, audit.service) == (world.team, world.protection_service)
    assert (audit.month, audit.due_on) == (world.round.month, world.round.due_on)
    assert (audit.standing, audit.auditor_level) == (Standing.INDEPENDENT, ManagerLevel.TEAM)


def test_an_audit_is_planned_after_its_allocation_until_it_is_voided(world):
    audit, moment = world.audit(), datetime.timedelta(microseconds=1)
    voided_at = audit.allocated_at + datetime.timedelta(days=1)
    Audit.objects.update(voided_at=voided_at, voided_by=world.qa_manager)

    asked = [at for first in (audit.allocated_at, voided_at) for at in (first, first + moment)]
    assert [Audit.objects.planned_at(at).exists() for at in asked] == [False, True, True, False]


def test_moving_the_case_leaves_the_audit_where_it_was(world):
    audit = world.audit()
    Case.objects.filter(pk=world.case.pk).update(team=world.care_team)

    audit.refresh_from_db()

    assert audit.team == world.team


def test_the_auditor_gets_business_with_the_case(world):
    assert world.case not in Case.objects.visible_to(world.auditor)

    world.audit()

    assert world.case in Case.objects.visible_to(world.auditor)


def test_allocation_is_in_the_history(world):
    audit = world.audit()

    entry = HistoryEntry.objects.get(verb="audit_allocated")
    assert (entry.subject_id, entry.by) == (audit.public_id, world.qa_officer)
    assert world.case.reference not in str(entry.facts)


def test_the_schedule_may_allocate(world):
    audit = allocation.allocate(
        world.round, case=world.case, auditor=world.auditor, by=system_user()
    )

    assert audit.allocated_by.is_system


def test_the_schedule_audits_nothing(world):
    with pytest.raises(NotPossible, match="no longer works here"):
        world.audit(auditor=system_user())


def test_only_the_qa_team_gives_audits_out(world):
    with pytest.raises(Refused, match="QA team"):
        allocation.allocate(
            world.round, case=world.case, auditor=world.auditor, by=world.team_manager
        )


def test_a_restricted_case_is_given_out_by_the_qa_manager_alone(world):
    case = world.new_case(restricted_at=timezone.now(), restricted_by=world.qa_manager)
    given = {"case": case, "auditor": world.auditor}

    with pytest.raises(Refused, match="QA manager"):
        allocation.allocate(world.round, by=world.qa_officer, **given)

    assert allocation.allocate(world.round, by=world.qa_manager, **given).case == case


def test_a_case_is_audited_once_in_a_round(world):
    world.audit()

    with pytest.raises(NotPossible, match="already has an audit in this round"):
        world.audit(auditor=world.second_auditor)


def test_a_case_may_be_audited_again_in_another_round(world):
    world.audit()

    again = world.audit(in_round=world.monthly_round(datetime.date(2025, 5, 1)))

    assert again.month == datetime.date(2025, 5, 1)


def test_someone_who_manages_the_team_is_refused_without_naming_the_case(world):
    with pytest.raises(Refused) as refused:
        world.audit(auditor=world.team_manager)

    assert refused.value.reason == "not_independent"
    assert world.case.reference not in refused.value.sentence
    assert "Choose someone else" in refused.value.sentence


def test_a_line_audit_needs_no_independence(world):
    line = world.open_round(standing=Standing.LINE)

    assert world.audit(auditor=world.team_manager, in_round=line).standing == Standing.LINE


def test_a_leaver_gets_no_audit(world):
    world.auditor.is_active = False
    world.auditor.save()

    with pytest.raises(NotPossible, match="no longer works here"):
        world.audit()


def test_nothing_is_allocated_in_a_round_whose_returns_are_closed(world):
    world.round.returns_closed_at = timezone.now()
    world.round.returns_closed_by = world.qa_manager
    world.round.save()

    with pytest.raises(NotPossible, match="closed"):
        world.audit()
