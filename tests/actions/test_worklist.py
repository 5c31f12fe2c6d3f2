"""Whose lists an action is on: what one sees is more than what one verifies or answers for."""

import datetime

from actions.domain import progress, worklist
from cases.choices import AccessCapacity
from cases.domain import access, restricting
from tests.factories.actions import DUE, done, hours_later, raised


def test_those_who_only_see_an_action_are_not_asked_to_verify_it(world):
    waiting = done(world)
    assert list(worklist.to_verify(world.team_manager)) == [waiting]
    assert list(worklist.to_verify(world.director)) == []


def test_what_waits_longest_is_verified_first_and_some_need_no_verification(world):
    later, first, second = (raised(world) for _ in range(3))
    for action, hours in ((first, 1), (later, 2), (second, 1)):
        at = hours_later(hours)
        progress.finish(action, evidence="Note.", by=world.practitioner, now=at)
    done(world, needs_verification=False)
    assert list(worklist.to_verify(world.team_manager)) == [first, second, later]


def test_actions_of_my_units_stand_by_their_day_without_my_own(world):
    later = raised(world, due_on=DUE + datetime.timedelta(days=1))
    first, _own = raised(world), raised(world, owners=[world.team_manager])
    assert list(worklist.of_units(world.team_manager)) == [first, later]


def test_an_action_seen_for_its_case_is_not_one_of_my_units(world):
    action, elsewhere = raised(world), world.other_head_of_service
    access.grant(elsewhere, case=world.case, capacity=AccessCapacity.AUDITOR, because_of=action.pk)
    assert list(worklist.of_units(world.team_manager)) == [action]
    assert list(worklist.of_units(elsewhere)) == []


def test_actions_of_a_restricted_case_leave_the_lists_of_its_managers(world):
    action, waiting = raised(world), done(world)
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    for user, units, verified in (
        (world.qa_manager, [action], [waiting]),
        (world.service_manager, [], []),
    ):
        assert list(worklist.of_units(user)) == units
        assert list(worklist.to_verify(user)) == verified
