"""Who may do what, role by role, compared with docs/permissions.csv and not with the policy."""

import pytest

from accounts.choices import Role
from actions import permissions
from cases.choices import AccessCapacity
from cases.domain import access, restricting
from tests.factories.actions import raised
from tests.factories.cases import CaseAccessFactory
from tests.matrix import COLUMNS, cell, roles_with


def give_case(world, user, capacity):
    access.grant(user, case=world.case, capacity=capacity, because_of=world.case.public_id)


def may(world, action, user, thing):
    if action == "action.create":
        return permissions.can_action_create(user, case=world.case, unit=world.team)
    return getattr(permissions, f"can_action_{action.split('.')[1]}")(user, thing)


@pytest.mark.parametrize("action", ["action.create", "action.view", "action.verify"])
def test_a_role_reaches_what_the_matrix_says_at_its_unit_and_nothing_elsewhere(world, action):
    thing = raised(world)

    def reached(unit) -> set[str]:
        people = {role: world.person("Someone", Role(role), unit) for role in COLUMNS}
        return {role for role, user in people.items() if may(world, action, user, thing)}

    assert reached(world.team) == roles_with(action, "unit", "all")
    assert reached(world.care_team) == set()


def test_an_owner_carries_out_and_never_verifies(world):
    people = {role: world.person("Someone", Role(role), world.team) for role in COLUMNS}
    own, others = raised(world, owners=[*people.values()]), raised(world)
    carries_out = {role for role, who in people.items() if permissions.can_action_update(who, own)}
    assert carries_out == roles_with("action.update", "own")
    for user in people.values():
        assert permissions.can_action_update(user, others) is False
        assert permissions.can_action_verify(user, own) is False


@pytest.mark.parametrize("action", ["action.create", "action.view", "action.update"])
def test_the_auditor_of_the_case_needs_no_role(world, action):
    auditor, column = world.person("Someone", None, world.care_team), cell(action, "auditor")
    thing = raised(world, owners=[auditor]) if column == "own" else raised(world)
    CaseAccessFactory(user=auditor, case=world.new_case(), capacity=AccessCapacity.AUDITOR)
    assert may(world, action, auditor, thing) is False
    give_case(world, auditor, AccessCapacity.AUDITOR)
    assert column in ("own", "assigned")
    assert may(world, action, auditor, thing) is True


def test_the_auditor_of_the_case_does_not_verify(world):
    auditor = world.person("Someone", None, world.care_team)
    give_case(world, auditor, AccessCapacity.AUDITOR)
    assert cell("action.verify", "auditor") == "none"
    assert not permissions.can_action_verify(auditor, raised(world))


@pytest.mark.parametrize("role", [Role.QA_OFFICER, Role.PRACTITIONER])
def test_those_assigned_to_the_case_do_what_assigned_says(world, role):
    user = world.person("Someone", role, world.care_team)
    capacity = {
        Role.QA_OFFICER: AccessCapacity.MODERATOR,
        Role.PRACTITIONER: AccessCapacity.WORKER,
    }[role]
    give_case(world, user, capacity)
    raises = cell("action.create", role) == "assigned"
    assert may(world, "action.create", user, None) is raises
    assert may(world, "action.view", user, raised(world))


def test_whoever_has_an_action_has_a_list_without_a_role(world):
    someone = world.person("Someone", None, world.care_team)
    raised(world)
    assert not permissions.can_action_list(someone)
    raised(world, owners=[someone])
    assert permissions.can_action_list(someone)


def test_whoever_raised_an_action_follows_it_unless_they_are_from_outside(world):
    auditor, reviewer = world.person("Someone", None, world.care_team), world.external_reviewer
    for user in (auditor, reviewer):
        give_case(world, user, AccessCapacity.AUDITOR)
    own = {user: raised(world, by=user) for user in (auditor, reviewer)}
    access.withdraw(world.case.public_id)
    assert permissions.can_action_view(auditor, own[auditor])
    assert not permissions.can_action_view(auditor, own[reviewer])
    assert not permissions.can_action_view(reviewer, own[reviewer])


def test_whoever_moderates_a_case_blind_sees_none_of_its_actions_meanwhile(world):
    action, officer = raised(world), world.qa_officer
    moderates = {"capacity": AccessCapacity.MODERATOR, "is_blind": True}
    business = CaseAccessFactory(user=officer, case=world.case, **moderates)
    assert not permissions.can_action_view(officer, action)
    assert permissions.can_action_view(officer, raised(world, case=world.new_case()))
    access.withdraw(business.because_of)
    assert permissions.can_action_view(officer, action)


def test_business_that_ended_gives_nothing(world):
    auditor, action = world.person("Someone", None, world.care_team), raised(world)
    give_case(world, auditor, AccessCapacity.AUDITOR)
    assert permissions.can_action_view(auditor, action)
    access.withdraw(world.case.public_id)
    assert not permissions.can_action_view(auditor, action)


def test_actions_of_a_restricted_case_stay_with_those_named_and_the_qa_manager(world):
    action = raised(world)
    assert permissions.can_action_view(world.director, action)
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    assert not permissions.can_action_view(world.practitioner, action)
    restricting.name_person(world.case, person=world.practitioner, by=world.qa_manager)
    manager = world.service_manager
    world.new_case()
    allowed = [
        user
        for user in (
            world.director,
            world.qa_officer,
            manager,
            world.practitioner,
            world.qa_manager,
        )
        if permissions.can_action_view(user, action)
    ]
    assert allowed == [world.practitioner, world.qa_manager]
    assert not permissions.can_action_create(manager, case=world.case, unit=world.team)
