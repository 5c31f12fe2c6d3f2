"""Who may do what, role by role, compared with docs/permissions.csv and not with the policy."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.people import system_user
from cases import permissions
from cases.choices import AccessCapacity
from cases.domain import access
from tests.factories.cases import CaseAccessFactory
from tests.matrix import COLUMNS, cell, roles_with

OF_A_CASE = ["case.view", "case.edit", "case.restrict"]
LISTS = ["case.list", "case.import", "history.case_views"]
ANYWHERE = ("case.import", "history.case_views")
BUSINESS = [AccessCapacity.AUDITOR, AccessCapacity.MODERATOR, AccessCapacity.WORKER]


def may(world, action: str, user) -> bool:
    can = getattr(permissions, f"can_{action.replace('.', '_')}")
    return can(user) if action in ANYWHERE else can(user, world.case)


def at(world, unit) -> dict:
    """Somebody with each role at the unit."""
    return {role: world.person("Someone", Role(role), unit) for role in COLUMNS}


@pytest.mark.parametrize("action", [*OF_A_CASE, *ANYWHERE])
def test_a_role_at_the_unit_reaches_what_the_matrix_says(world, action):
    reached = {role for role, user in at(world, world.team).items() if may(world, action, user)}
    assert reached == roles_with(action, "unit", "all")


def test_who_looks_for_a_case_to_restrict_restricts_some(world):
    people, can = at(world, world.care_team), permissions.can_case_restrict_any
    restricts = {role for role, user in people.items() if can(user)}
    assert restricts == roles_with("case.restrict", "unit", "all")


@pytest.mark.parametrize("action", OF_A_CASE)
def test_a_role_at_another_unit_reaches_nothing(world, action):
    people = at(world, world.care_team)
    assert [role for role, user in people.items() if may(world, action, user)] == []


@pytest.mark.parametrize("capacity", BUSINESS)
def test_who_has_business_with_the_case_sees_it_and_no_more(world, capacity):
    assert cell("case.view", "auditor") == cell("case.view", "qa_officer") == "assigned"
    user = world.person("Someone", None, world.care_team)
    CaseAccessFactory(user=user, case=world.case, capacity=capacity)

    assert [may(world, action, user) for action in OF_A_CASE] == [True, False, False]


def test_business_that_ended_shows_nothing(world):
    user = world.person("Someone", None, world.care_team)
    given = CaseAccessFactory(user=user, case=world.case)
    access.withdraw(given.because_of)

    assert may(world, "case.view", user) is False


def test_who_holds_no_role_opens_lists_as_long_as_they_have_business(world):
    user = world.person("Someone", None, world.care_team)
    assert permissions.can_case_list(user) is False
    given = CaseAccessFactory(user=user, case=world.case)
    assert permissions.can_case_list(user) is True
    access.withdraw(given.because_of)
    assert permissions.can_case_list(user) is False


def test_the_system_imports_and_does_not_restrict(world):
    system = system_user()

    assert [may(world, action, system) for action in ("case.import", "case.edit")] == [True, True]
    assert may(world, "case.restrict", system) is False
    assert may(world, "case.view", system) is False


@pytest.mark.parametrize(
    ("who", "sees"), [("qa_manager", True), ("director", False), ("team_manager", False)]
)
def test_a_role_is_not_enough_for_a_restricted_case(world, who, sees):
    world.case.restricted_at, world.case.restricted_by = timezone.now(), world.qa_manager
    world.case.save()

    assert may(world, "case.view", getattr(world, who)) is sees


def test_every_check_has_its_row_in_the_matrix():
    actions = [*OF_A_CASE, *LISTS, "break_glass.open", "history.case_views"]
    written = {f"can_{action.replace('.', '_')}" for action in actions}

    checks = {name for name in vars(permissions) if name.startswith("can_")}
    # Which looks are odd is a setting like others (settings.change).
    others = {name.removesuffix("_any") for name in checks} - {"can_viewing_settings"}
    assert others == written
