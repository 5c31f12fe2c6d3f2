"""Who may do what, role by role, compared with docs/permissions.csv and not with the policy."""

import pytest

from accounts.choices import Role
from audits.choices import Grade
from audits.domain import reviewing
from cases.choices import AccessCapacity
from cases.domain import access
from moderation import permissions
from moderation.domain import assigning, settling
from moderation.models import Moderation
from tests.factories.cases import CaseAccessFactory
from tests.factories.moderation import assigned, commit, committed, in_force, regrade, returned
from tests.matrix import COLUMNS, cell, roles_with


def at(world, unit) -> dict:
    """Somebody with each role at the unit."""
    return {role: someone(world, role, unit) for role in COLUMNS}


def who_can(can, people: dict, thing) -> set[str]:
    return {role for role, user in people.items() if can(user, thing)}


def someone(world, role, unit=None):
    return world.person("Someone", Role(role), unit or world.authority)


def settled(world):
    moderation = committed(world, Grade.OUTSTANDING, Grade.GOOD)
    return settling.let_stand(moderation, reason="Less on file.", by=moderation.moderator)


@pytest.mark.parametrize("action", ["assign", "claim"])
def test_giving_out_and_claiming(world, action):
    can, version = getattr(permissions, f"can_moderation_{action}"), returned(world)
    everywhere = who_can(can, at(world, world.authority), version)
    assert everywhere == roles_with(f"moderation.{action}", "all")
    assert who_can(can, at(world, world.care_team), version) == set()


@pytest.mark.parametrize("role", COLUMNS)
def test_grading_is_for_the_moderator_with_a_role_that_moderates(world, role):
    moderation = assigned(world)
    user = someone(world, role)
    on = world.round.opens_on
    assert not permissions.can_moderation_regrade(user, moderation, on=on)
    moderation.moderator = user
    if role == "external_reviewer":
        world.reviews(user)
    allowed = cell("moderation.regrade", role) == "assigned"
    assert permissions.can_moderation_regrade(user, moderation, on=on) is allowed


def test_ones_own_moderations_are_open_to_who_has_one_and_is_no_guest(world):
    moderation, user = assigned(world), world.second_auditor
    can = permissions.can_moderation_regrade_any
    assert not can(user)
    Moderation.objects.update(moderator=user)
    assert can(user)
    assigning.withdraw(moderation, by=world.qa_manager)
    assert not can(user)

    assigned(world, moderation.audit_return)
    guest = world.external_reviewer
    Moderation.objects.update(moderator=guest)
    assert can(guest)
    guest.grants.update(until_on=world.round.opens_on.replace(year=2021))
    assert not can(guest)


def test_settling_in_the_panel(world):
    moderation = committed(world, Grade.GOOD, Grade.INADEQUATE)
    can = permissions.can_moderation_settle_in_panel
    everywhere = who_can(can, at(world, world.authority), moderation)
    assert everywhere == roles_with("moderation.settle_in_panel", "second_person")
    assert who_can(can, at(world, world.care_team), moderation) == set()


def test_reading_the_outcome_before_and_after_it_is_settled(world):
    waiting, action = committed(world, Grade.OUTSTANDING, Grade.GOOD), "moderation.view_outcome"
    can, ours = permissions.can_moderation_view_outcome, at(world, world.team)
    assert who_can(can, ours, waiting) == roles_with(action, "all")

    done = settling.let_stand(waiting, reason="Less on file.", by=waiting.moderator)
    assert who_can(can, ours, done) == roles_with(action, "all", "unit_settled")
    assert who_can(can, at(world, world.care_team), done) == set()


def test_the_auditor_reads_the_outcome_once_settled(world):
    waiting = committed(world, Grade.OUTSTANDING, Grade.GOOD)
    assert cell("moderation.view_outcome", "auditor") == "assigned_settled"
    assert not permissions.can_moderation_view_outcome(world.auditor, waiting)
    done = settling.let_stand(waiting, reason="Less on file.", by=waiting.moderator)
    assert permissions.can_moderation_view_outcome(world.auditor, done)


def test_the_worker_reads_the_outcome_once_settled(world):
    waiting = committed(world, Grade.OUTSTANDING, Grade.GOOD)
    assert cell("moderation.view_outcome", "practitioner") == "assigned_settled"
    assert not permissions.can_moderation_view_outcome(world.practitioner, waiting)
    done = settling.let_stand(waiting, reason="Less on file.", by=waiting.moderator)
    assert permissions.can_moderation_view_outcome(world.practitioner, done)


def test_an_external_reviewer_reads_the_outcome_of_what_they_moderated(world):
    reviewer = world.external_reviewer
    assignment = world.reviews()
    moderation = commit(regrade(assigned(world, moderator=reviewer)))
    assert cell("moderation.view_outcome", "external_reviewer") == "assigned_settled"
    assert permissions.can_moderation_view_outcome(reviewer, moderation)
    other = in_force(world.returned_audit(world.audit(case=world.new_case())))
    assert not permissions.can_moderation_view_outcome(
        reviewer, commit(regrade(assigned(world, other)))
    )
    reviewing.end_assignment(assignment, by=world.qa_manager)
    assert not permissions.can_moderation_view_outcome(reviewer, moderation)


def test_business_with_the_case_other_than_its_workers_shows_no_outcome(world):
    moderation = settled(world)
    user = world.person("Someone", None, world.care_team)
    for capacity in (AccessCapacity.OWNER, AccessCapacity.NAMED):
        CaseAccessFactory(user=user, case=world.case, capacity=capacity)
    assert not permissions.can_moderation_view_outcome(user, moderation)


def test_a_moderation_that_was_taken_back_is_not_its_moderators_any_more(world):
    world.reviews()
    moderation = assigned(world, moderator=world.external_reviewer)
    seen = Moderation.objects.visible_to(world.external_reviewer)
    assert moderation in seen
    assigning.withdraw(moderation, by=world.qa_manager)
    assert moderation not in seen.all()


def test_the_outcome_of_a_restricted_case_stays_with_those_named_and_the_qa_manager(world):
    moderation = settled(world)
    world.case.restricted_at, world.case.restricted_by = moderation.settled_at, world.qa_manager
    world.case.save()
    for role in (Role.QA_OFFICER, Role.DIRECTOR, Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER):
        user = someone(world, role)
        assert not permissions.can_moderation_view_outcome(user, moderation)
    assert permissions.can_moderation_view_outcome(world.qa_manager, moderation)
    assert permissions.can_moderation_view_outcome(world.auditor, moderation)


def test_a_worker_who_left_the_case_reads_nothing(world):
    moderation = settled(world)
    accesses = world.case.accesses.filter(capacity=AccessCapacity.WORKER)
    access.withdraw(accesses.get().because_of)
    assert not permissions.can_moderation_view_outcome(world.practitioner, moderation)
