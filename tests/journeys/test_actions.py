"""An action from its owner's list to its impact, verified by someone else."""

import pytest
from django.urls import reverse

from actions.choices import ActionScope, ActionState
from actions.domain import verification
from actions.domain.states import state_of
from actions.models import Action
from tests.factories.actions import done, raised
from tests.journeys.looking import as_someone_else, sign_in, sound, sound_in_error
from tests.journeys.walking import choose, follow, press, without_script, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHAT = "Agree the safety plan with the family."


def address(name: str, action: Action) -> str:
    return reverse(name, args=[action.public_id])


def test_an_action_is_done_and_verified_by_keyboard(page, world):
    action = raised(world)
    sign_in(page, world.practitioner)
    page.goto(reverse("actions"))
    follow(page, WHAT)
    press(page, "Say that it has begun")
    page.get_by_text("The action is in progress.").wait_for()
    write(page, "How does it go?", "Met the family on 3 March.")
    press(page, "Add the note")
    page.get_by_text("Your note is kept.").wait_for()
    press(page, "Say that it is done")
    write(page, "Where in the record can it be seen?", "Case note 14 November.")
    press(page, "It is done")
    page.get_by_text("Someone who does not own it verifies it next.").wait_for()

    as_someone_else(page, world.team_manager)
    page.goto(reverse("actions"))
    follow(page, WHAT)
    press(page, "Verify it, or send it back")
    choose(page, "Is it done?", 0)
    write(page, "What did you see, or what is missing?", "The plan is signed.")
    press(page, "Save what you saw")
    press(page, "Judge its impact")
    choose(page, "Did it make the difference", 0)
    write(page, "How do you know?", "The child says whom she calls.")
    press(page, "Close the action with this")
    page.get_by_text("Its impact is judged, and the action is closed.").wait_for()
    assert state_of(Action.objects.get(pk=action.pk)) == ActionState.IMPACT_SHOWN


def test_an_action_goes_back_to_its_owner_without_a_script(browser, live_server, world):
    action = done(world)
    with without_script(browser, live_server) as page:
        sign_in(page, world.team_manager)
        page.goto(address("action_verify", action))
        page.get_by_label("No, back to its owner").check()
        page.get_by_label("What did you see").fill("The father was not asked.")
        page.get_by_role("button", name="Save what you saw").click()
        page.get_by_text("The action is back with its owner.").wait_for()
    assert state_of(Action.objects.get(pk=action.pk)) == ActionState.IN_PROGRESS


def test_the_list_is_sound_empty_and_full(page, world):
    sign_in(page, world.team_manager)
    sound(page, reverse("actions"))
    raised(world, owners=[world.team_manager, world.practitioner])
    raised(world, what="Call the school about the plan. " * 12)
    done(world)
    service = {"scope": ActionScope.TEAM, "case": None, "what": "Plan supervision."}
    raised(world, **service)
    sound(page, reverse("actions"))


def test_each_page_is_sound(page, world):
    mine, theirs = raised(world, owners=[world.team_manager]), done(world)
    sign_in(page, world.team_manager)
    sound_in_error(page, address("action", mine), "Add the note")
    sound_in_error(page, address("action_finish", mine), "It is done")
    sound_in_error(page, address("action_verify", theirs), "Save what you saw")
    verification.verify(theirs, text="Seen.", by=world.team_manager)
    sound_in_error(page, address("action_impact", theirs), "Close the action with this")
    verification.judge_impact(theirs, shown=False, text="Not yet.", by=world.team_manager)
    sound(page, address("action", theirs))
