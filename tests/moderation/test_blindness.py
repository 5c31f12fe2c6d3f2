"""Until a blind moderator has committed, nothing of the auditor's work reaches them (rule 12)."""

import pytest

from accounts.choices import Role
from accounts.exceptions import Refused
from actions.models import Action
from audits.choices import Grade
from moderation.domain import assigning, settling
from moderation.domain.queries import with_grades
from moderation.models import Moderation
from moderation.permissions import (
    can_moderation_view_outcome,
    can_returned_audit_read,
    check_returned_audit_read,
)
from tests.factories.actions import raised
from tests.factories.moderation import assigned, commit, regrade


def test_the_moderators_list_holds_no_grade_before_the_commit(world):
    moderation = regrade(assigned(world), {"Z": (2, 2)})
    seen = with_grades(Moderation.objects.visible_to(moderation.moderator))
    assert seen.values_list("own_grade", "moderated_grade").get() == (None, None)
    commit(moderation)
    assert seen.values_list("own_grade", "moderated_grade").get() == (3, 2)


def test_a_blind_moderator_reads_the_audit_once_committed(world):
    moderation = regrade(assigned(world))
    audit, moderator = moderation.audit_return.audit, moderation.moderator
    with pytest.raises(Refused) as refusal:
        check_returned_audit_read(moderator, audit)
    assert refusal.value.reason == "blind"
    assert not can_moderation_view_outcome(moderator, moderation)

    moderation = commit(moderation)
    assert can_returned_audit_read(moderator, audit)
    assert can_moderation_view_outcome(moderator, moderation)


def test_a_director_who_moderates_blind_may_not_use_the_directors_right_to_read(world):
    moderation = assigned(world, moderator=world.director)
    audit = moderation.audit_return.audit
    assert not can_returned_audit_read(world.director, audit)
    commit(regrade(moderation))
    assert can_returned_audit_read(world.director, audit)


def test_who_gave_a_blind_moderation_back_reads_as_before(world):
    moderation = assigned(world, moderator=world.director)
    assigning.withdraw(moderation, by=world.director)
    assert can_returned_audit_read(world.director, moderation.audit_return.audit)


def test_a_sighted_moderator_reads_at_once(world):
    moderation = assigned(world, is_blind=False, sighted_reason="I coached the auditor.")
    assert can_returned_audit_read(moderation.moderator, moderation.audit_return.audit)


def test_other_officers_read_it_once_settled(world):
    moderation = commit(regrade(assigned(world), {"Z": (4, 4)}))
    audit, officer = moderation.audit_return.audit, world.qa_officer
    assert not can_returned_audit_read(officer, audit)
    settling.let_stand(moderation, reason="Stronger than it says.", by=moderation.moderator)
    assert can_returned_audit_read(officer, audit)
    elsewhere = world.person("Someone", Role.QA_OFFICER, world.care_team)
    assert not can_returned_audit_read(elsewhere, audit)


def test_officers_do_not_read_a_restricted_case_even_when_settled(world):
    moderation = commit(regrade(assigned(world)))
    world.case.restricted_at, world.case.restricted_by = moderation.settled_at, world.qa_manager
    world.case.save()
    audit = moderation.audit_return.audit
    audit.refresh_from_db()
    assert not can_returned_audit_read(world.qa_officer, audit)
    assert can_returned_audit_read(world.qa_manager, audit)


def test_the_auditor_always_reads_their_own(world):
    moderation = assigned(world)
    audit = moderation.audit_return.audit
    assert can_returned_audit_read(audit.auditor, audit)


def test_refusals_carry_nothing_of_the_record(world):
    moderation = assigned(world)
    with pytest.raises(Refused) as refusal:
        check_returned_audit_read(moderation.moderator, moderation.audit_return.audit)
    assert not any(grade.label in refusal.value.sentence for grade in Grade)
    assert world.auditor.name not in refusal.value.sentence


def test_a_blind_moderator_sees_no_action_for_the_child_before_the_commit(world):
    moderation = regrade(assigned(world))
    action, moderator = raised(world), moderation.moderator
    assert action not in Action.objects.visible_to(moderator)
    assert action in Action.objects.visible_to(world.qa_officer)
    commit(moderation)
    assert action in Action.objects.visible_to(moderator)


def test_a_moderation_recorded_as_sighted_shows_the_childs_actions(world):
    moderation = assigned(world)
    action = raised(world)
    assigning.record_as_sighted(moderation, reason="I know her.", by=moderation.moderator)
    assert action in Action.objects.visible_to(moderation.moderator)


def test_an_owner_sees_their_action_though_they_moderate_the_case_blind(world):
    moderation = assigned(world)
    assert raised(world, owners=[moderation.moderator]) in Action.objects.visible_to(
        moderation.moderator
    )
