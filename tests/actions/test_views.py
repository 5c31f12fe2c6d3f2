"""Actions on pages: the list, one action, its owner's steps, verifying and impact."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.choices import ActionScope, ActionState
from actions.domain import verification
from actions.domain.states import state_of
from actions.models import Action
from kit.months import long_date
from tests.factories.actions import done, raised
from tests.pages import asks_again, opened, sent, statements, text_of

EVIDENCE = "Case note 14 November."


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


# The list


def test_my_actions_come_overdue_first(world):
    today = timezone.localdate()
    later = raised(world, what="Later", due_on=today + datetime.timedelta(days=40))
    before, due_on = timezone.now() - datetime.timedelta(20), today - datetime.timedelta(14)
    raised(world, what="Overdue", now=before, due_on=due_on)
    page = text_of(opened(world.practitioner, "actions"))
    assert page.index("Overdue") < page.index("Later")
    assert "working days late" in page
    assert long_date(later.due_on) in page


def test_an_action_for_a_team_says_that_it_is_no_childs(world):
    raised(world)
    assert "None: for the team" not in text_of(opened(world.practitioner, "actions"))
    raised(world, scope=ActionScope.TEAM, case=None)
    assert "None: for the team" in text_of(opened(world.practitioner, "actions"))


def test_a_manager_sees_their_units_and_what_waits_to_be_verified(world):
    done(world, what="Finished by its owner.")
    raised(world, what="Still open.")
    page = text_of(opened(world.team_manager, "actions"))
    waiting, units = page.index("Waiting to be verified<"), page.index("Of my units<")
    assert waiting < page.index("Finished by its owner.") < units < page.index("Still open.")
    other = text_of(opened(world.other_head_of_service, "actions"))
    assert "Still open." not in other
    assert "No other open action belongs to a unit you answer for." in other


def test_an_owner_is_not_asked_to_verify_their_own(world):
    done(world, owners=[world.team_manager], what="My own.")
    page = text_of(opened(world.team_manager, "actions"))
    assert "My own." not in page
    assert "No action waits for you to verify it." in page


def test_the_list_asks_as_much_for_three_as_for_one(world):
    def grow():
        raised(world, case=world.new_case())
        raised(world, owners=[world.team_manager])
        done(world, case=world.new_case())

    grow()
    one = statements(world.team_manager, "actions")
    grow()
    grow()
    assert statements(world.team_manager, "actions") == one


def test_a_long_list_has_pages(world):
    for number in range(52):
        raised(world, what=f"Number {number}.")
    page = opened(world.team_manager, "actions")
    assert "Number 49." in text_of(page)
    assert "Number 51." not in text_of(page)
    assert "?page=2" in text_of(page)


# One action


def test_an_action_shows_the_child_and_what_this_person_can_do(world):
    action = raised(world)
    mine = text_of(opened(world.practitioner, "action", action.public_id))
    assert world.case.reference in mine
    assert "Say that it is done" in mine
    assert "Add the note" in mine
    theirs = text_of(opened(world.team_manager, "action", action.public_id))
    assert "Say that it is done" not in theirs
    assert "Add the note" not in theirs


def test_an_action_for_a_service_names_no_child(world):
    action = raised(
        world,
        scope=ActionScope.SERVICE,
        case=None,
        unit=world.protection_service,
        by=world.head_of_service,
    )
    page = text_of(opened(world.head_of_service, "action", action.public_id))
    assert "app-strip" not in page
    assert "For the service" in page


def test_an_action_elsewhere_is_not_found(world):
    assert opened(world.auditor, "action", raised(world).public_id).status_code == 404


def test_an_owner_begins_notes_and_finishes(world):
    action, owner = raised(world), world.practitioner
    sent(owner, "action_start", action.public_id)
    assert state_of(fresh(action)) == ActionState.IN_PROGRESS
    sent(owner, "action_note", action.public_id, text="Met the family on 3 March.")
    sent(owner, "action_finish", action.public_id, evidence=EVIDENCE)
    assert state_of(fresh(action)) == ActionState.DONE
    page = text_of(opened(owner, "action", action.public_id))
    assert "Met the family on 3 March." in page
    assert EVIDENCE in page


def test_a_step_that_is_no_longer_possible_is_refused_in_words(world):
    action, owner = done(world), world.practitioner
    begun = sent(owner, "action_start", action.public_id)
    assert asks_again(begun)
    assert "This action is done." in text_of(begun)
    again = sent(owner, "action_finish", action.public_id, evidence="Another note.")
    assert asks_again(again)
    assert "Another note." in text_of(again)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("action_note", "Say in one line how it goes."),
        ("action_finish", "Say where in the record it can be seen that this is done."),
    ],
)
def test_nothing_is_kept_without_words(world, name, said):
    action = raised(world)
    refused = sent(world.practitioner, name, action.public_id)
    assert asks_again(refused)
    assert said in text_of(refused)
    assert not action.updates.exists()


def test_only_owners_carry_out(world):
    action = raised(world)
    for name in ("action_start", "action_note", "action_finish"):
        assert sent(world.team_manager, name, action.public_id).status_code == 403
    assert state_of(fresh(action)) == ActionState.OPEN


# Verifying


def test_another_verifies_what_the_owner_says(world):
    action = done(world)
    page = text_of(opened(world.team_manager, "action_verify", action.public_id))
    assert EVIDENCE in page
    said = {"is_done": "yes", "text": "Seen in the record."}
    sent(world.team_manager, "action_verify", action.public_id, **said)
    assert state_of(fresh(action)) == ActionState.VERIFIED


def test_those_who_verify_are_led_there_and_owners_are_not(world):
    action, led = done(world), "Verify it, or send it back"
    assert led in text_of(opened(world.team_manager, "action", action.public_id))
    assert led not in text_of(opened(world.practitioner, "action", action.public_id))


def test_what_is_not_done_goes_back_with_what_is_missing(world):
    action = done(world)
    refused = sent(world.team_manager, "action_verify", action.public_id, is_done="no")
    assert "Say what you saw, or what is missing." in text_of(refused)
    assert state_of(fresh(action)) == ActionState.DONE
    said = {"is_done": "no", "text": "The father was not asked."}
    sent(world.team_manager, "action_verify", action.public_id, **said)
    assert state_of(fresh(action)) == ActionState.IN_PROGRESS
    assert said["text"] in text_of(opened(world.practitioner, "action", action.public_id))


def test_an_owner_never_verifies_and_reads_who_can(world):
    action = done(world, owners=[world.team_manager])
    for name in ("action_verify", "action_impact"):
        refused = opened(world.team_manager, name, action.public_id)
        assert refused.status_code == 403
        assert "You own this action, so someone else has to check it." in text_of(refused)


def test_impact_is_judged_after_verifying(world):
    action = done(world)
    said = {"shown": "no", "text": "The visits still fall out."}
    early = sent(world.team_manager, "action_impact", action.public_id, **said)
    assert "This action has to be verified first." in text_of(early)
    verification.verify(action, text="Seen.", by=world.team_manager)
    sent(world.team_manager, "action_impact", action.public_id, **said)
    assert state_of(fresh(action)) == ActionState.IMPACT_NOT_SHOWN
    page = text_of(opened(world.practitioner, "action", action.public_id))
    assert said["text"] in page
    assert "Add the note" not in page


def test_no_address_title_or_message_carries_the_reference(world):
    action = raised(world)
    answer = sent(world.practitioner, "action_start", action.public_id)
    assert world.case.reference not in answer.url
    page = text_of(opened(world.practitioner, "action", action.public_id))
    assert world.case.reference not in page.split("</title>")[0]
    assert reverse("action", args=[action.public_id]) == answer.url
