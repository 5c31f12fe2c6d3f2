import pytest

from accounts.exceptions import Refused
from actions.choices import ActionState, UpdateKind
from actions.domain import progress, verification
from actions.domain.states import state_of
from kit.exceptions import NotPossible
from tests.factories.actions import NOON, hours_later, raised


@pytest.fixture
def action(world):
    return raised(world)


def test_an_owner_starts_notes_and_finishes(world, action):
    action = progress.start(action, by=world.practitioner, now=NOON)
    assert state_of(action) == ActionState.IN_PROGRESS
    progress.add_note(action, text="Visit booked.", by=world.practitioner, now=hours_later(1))
    action = progress.finish(
        action, evidence=" Case note 14 November. ", by=world.practitioner, now=hours_later(2)
    )
    assert state_of(action) == ActionState.DONE
    assert (action.done_at, action.done_by) == (hours_later(2), world.practitioner)
    kinds = [(update.kind, update.text) for update in action.updates.all()]
    assert kinds == [
        (UpdateKind.NOTE, "Visit booked."),
        (UpdateKind.EVIDENCE, "Case note 14 November."),
    ]


def test_finishing_what_nobody_started_starts_it_too(world, action):
    action = progress.finish(action, evidence="Seen in the plan.", by=world.practitioner, now=NOON)
    assert (action.started_at, action.started_by) == (NOON, world.practitioner)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (progress.start, {}),
        (progress.add_note, {"text": "Visit booked."}),
        (progress.finish, {"evidence": "Case note."}),
    ],
)
def test_only_owners_carry_it_out(world, action, verb, said):
    with pytest.raises(Refused) as refusal:
        verb(action, by=world.team_manager, **said)
    assert refusal.value.reason == "not_owner"
    verb(action, by=world.practitioner, **said)


def test_a_director_who_owns_one_is_told_to_hand_it_over(world):
    director = world.director
    with pytest.raises(Refused) as refusal:
        progress.start(raised(world, owners=[director]), by=director)
    assert refusal.value.reason == "cannot_own"


def test_finishing_needs_evidence(world, action):
    with pytest.raises(NotPossible) as refusal:
        progress.finish(action, evidence=" ", by=world.practitioner)
    assert refusal.value.reason == "no_text"
    action.refresh_from_db()
    assert state_of(action) == ActionState.OPEN


def test_it_is_started_once_and_finished_once(world, action):
    progress.start(action, by=world.practitioner)
    with pytest.raises(NotPossible, match="This action is in progress"):
        progress.start(action, by=world.practitioner)
    progress.finish(action, evidence="Case note.", by=world.practitioner)
    with pytest.raises(NotPossible, match="This action is done"):
        progress.finish(action, evidence="Case note.", by=world.practitioner)


def test_a_closed_action_takes_no_more_notes(world, action):
    verification.withdraw(action, reason="The family moved.", by=world.team_manager)
    with pytest.raises(NotPossible) as refusal:
        progress.add_note(action, text="One more thing.", by=world.practitioner)
    assert refusal.value.reason == "action_over"
