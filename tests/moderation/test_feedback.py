import pytest

from accounts.exceptions import Refused
from audits.choices import Grade
from kit.exceptions import NotPossible
from moderation.domain.feedback import give_feedback
from moderation.models import AuditFeedback
from tests.factories.moderation import assigned, committed, regrade

SAID = {"strength": "Dates and places throughout.", "to_try": "Say what the father wants."}


def test_the_moderator_tells_the_auditor_once(world):
    moderation = committed(world, Grade.GOOD, Grade.GOOD)
    feedback = give_feedback(moderation, **SAID, by=moderation.moderator)
    assert (feedback.strength, feedback.to_try) == tuple(SAID.values())
    with pytest.raises(NotPossible) as refusal:
        give_feedback(moderation, **SAID, by=moderation.moderator)
    assert refusal.value.reason == "feedback_given"
    world.case = world.new_case()
    other = committed(world, Grade.GOOD, Grade.GOOD)
    assert give_feedback(other, **SAID, by=other.moderator).moderation == other


@pytest.mark.parametrize("missing", SAID)
def test_feedback_says_both(world, missing):
    moderation = committed(world, Grade.GOOD, Grade.GOOD)
    with pytest.raises(NotPossible) as refusal:
        give_feedback(moderation, **SAID | {missing: " "}, by=moderation.moderator)
    assert refusal.value.reason == "feedback_missing"
    assert not AuditFeedback.objects.exists()


def test_nobody_else_and_nobody_before_the_commit(world):
    with pytest.raises(Refused):
        give_feedback(committed(world, 4, 3), **SAID, by=world.qa_manager)
    world.case = world.new_case()
    moderation = regrade(assigned(world))
    with pytest.raises(NotPossible) as refusal:
        give_feedback(moderation, **SAID, by=moderation.moderator)
    assert refusal.value.reason == "give_feedback_not_possible"
