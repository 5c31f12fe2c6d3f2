import pytest

from accounts.exceptions import Refused
from actions.choices import ActionState, UpdateKind
from actions.domain import progress, verification
from actions.domain.states import state_of
from actions.models import Action
from cases.choices import AccessCapacity
from cases.models import CaseAccess
from kit.exceptions import NotPossible
from tests.factories.actions import NOON, done, hours_later, raised


def test_someone_else_verifies_and_then_judges_the_impact(world):
    action = done(world)
    action = verification.verify(action, text="Seen.", by=world.team_manager, now=hours_later(1))
    assert state_of(action) == ActionState.VERIFIED
    action = verification.judge_impact(
        action, shown=True, text="She rang us.", by=world.qa_manager, now=hours_later(2)
    )
    assert state_of(action) == ActionState.IMPACT_SHOWN
    kinds = list(action.updates.values_list("kind", flat=True))
    assert kinds == [UpdateKind.EVIDENCE, UpdateKind.VERIFICATION, UpdateKind.IMPACT]


def test_no_owner_verifies_their_own_action(world):
    action = done(world, owners=[world.team_manager])
    with pytest.raises(Refused) as refusal:
        verification.verify(action, text="I did it.", by=world.team_manager)
    assert refusal.value.reason == "own_action"
    action.refresh_from_db()
    assert action.verified_at is None
    verification.verify(action, text="Seen.", by=world.qa_manager)


def test_a_manager_elsewhere_does_not_learn_of_it(world):
    stranger = world.auditor
    with pytest.raises(Refused) as refusal:
        verification.verify(done(world), text="Seen.", by=stranger)
    assert refusal.value.reason == "out_of_scope"


def test_sending_back_keeps_that_it_was_done_and_opens_it_again(world):
    action = done(world)
    action = verification.send_back(
        action, text="The plan is not on file.", by=world.team_manager, now=hours_later(1)
    )
    assert state_of(action) == ActionState.IN_PROGRESS
    assert action.updates.filter(kind=UpdateKind.EVIDENCE).count() == 1
    progress.finish(action, evidence="On file now.", by=world.practitioner, now=hours_later(2))


def test_an_action_that_needs_verification_is_verified_before_its_impact_is_judged(world):
    due, free = done(world), done(world, needs_verification=False)
    with pytest.raises(NotPossible) as refusal:
        verification.judge_impact(due, shown=True, text="It helped.", by=world.team_manager)
    assert refusal.value.reason == "verify_first"
    free = verification.judge_impact(free, shown=False, text="Nothing new.", by=world.team_manager)
    assert state_of(free) == ActionState.IMPACT_NOT_SHOWN


@pytest.mark.parametrize("verb", ["verify", "send_back"])
def test_only_what_is_done_is_verified_or_sent_back(world, verb):
    with pytest.raises(NotPossible, match="possible only when it is done"):
        getattr(verification, verb)(raised(world), text="Seen.", by=world.team_manager)


def test_withdrawing_needs_a_reason_and_ends_it(world):
    action = raised(world)
    with pytest.raises(NotPossible, match="Say why"):
        verification.withdraw(action, reason="", by=world.team_manager)
    action = verification.withdraw(
        action, reason="The case closed.", by=world.team_manager, now=NOON
    )
    assert state_of(action) == ActionState.WITHDRAWN
    assert not Action.objects.as_at(hours_later(1)).exists()
    with pytest.raises(NotPossible, match="withdrawn"):
        progress.finish(action, evidence="Done after all.", by=world.practitioner)


def test_business_with_the_case_lasts_while_there_is_something_to_do(world):
    """Whoever has open business as an owner owns an action that nobody has closed, recomputed."""
    going = raised(world)
    verification.verify(done(world), text="Seen.", by=world.team_manager)
    verification.withdraw(raised(world), reason="Not needed.", by=world.team_manager)
    free = done(world, needs_verification=False)
    verification.judge_impact(free, shown=True, text="It helped.", by=world.team_manager)
    waiting = done(world)
    held = CaseAccess.objects.filter(capacity=AccessCapacity.OWNER, until_at__isnull=True)
    assert {access.because_of for access in held} == {going.public_id, waiting.public_id}
