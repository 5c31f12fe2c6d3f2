import pytest

from accounts.exceptions import Refused
from kit.exceptions import NotPossible
from moderation.domain import assigning, sending_back
from tests.factories.moderation import assigned, commit, regrade

WHY = "Where is the visit of May?"


def test_what_was_moderated_is_not_sent_back(world):
    moderation = commit(regrade(assigned(world)))
    with pytest.raises(NotPossible) as refusal:
        sending_back.send_back(moderation.audit_return.audit, reason=WHY, by=world.qa_manager)
    assert refusal.value.reason == "moderated"
    moderation.audit_return.refresh_from_db()
    assert moderation.audit_return.sent_back_at is None


def test_a_moderation_that_is_not_committed_ends_with_the_version(world):
    moderation = assigned(world)
    draft = sending_back.send_back(moderation.audit_return.audit, reason=WHY, by=world.qa_manager)
    moderation.refresh_from_db()
    assert (draft.version, moderation.withdrawn_by) == (2, world.qa_manager)


def test_a_moderation_that_was_taken_back_does_not_stand_in_the_way(world):
    moderation = assigned(world)
    assigning.withdraw(moderation, by=moderation.moderator)
    draft = sending_back.send_back(moderation.audit_return.audit, reason=WHY, by=world.qa_manager)
    moderation.refresh_from_db()
    assert (draft.version, moderation.withdrawn_by) == (2, moderation.moderator)


def test_who_may_not_send_back_ends_no_moderation_either(world):
    moderation = assigned(world)
    with pytest.raises(Refused):
        sending_back.send_back(moderation.audit_return.audit, reason=WHY, by=world.director)
    moderation.refresh_from_db()
    assert moderation.withdrawn_at is None
