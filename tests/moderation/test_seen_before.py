"""Who has seen an audit's grades is not given it to moderate blind (domain rules 12 and 21)."""

import datetime

import pytest
from django.urls import get_resolver
from django.utils import timezone

from accounts.exceptions import Refused
from cases.models import CaseView
from kit.exceptions import NotPossible
from moderation.blindness import LISTS_GRADES, SHOWS_AUDIT, has_read_returned, knows_because
from moderation.domain import assigning, claiming
from moderation.permissions import can_moderates_blind
from tests.factories.moderation import assigned, commit, in_force, regrade, returned
from tests.pages import opened, text_of
from tests.test_architecture import url_names

SEEN = "has seen a returned audit of this child since this one came back"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def version(world):
    return returned(world)


def looked(user, version, route="audit_returned", at=None) -> None:
    """As the page would have written it."""
    CaseView.objects.create(
        user=user,
        case=version.audit.case,
        route=route,
        medium="page",
        together=1,
        business="duty",
        at=at or timezone.now(),
    )


def test_a_reviewer_who_has_read_it_moderates_it_sighted_alone(world, version):
    world.reviews()
    reviewer = world.external_reviewer
    assert can_moderates_blind(reviewer, version)
    assert opened(reviewer, "audit_returned", version.audit.public_id).status_code == 200

    with pytest.raises(Refused, match=SEEN) as refusal:
        assigned(world, version, moderator=reviewer)
    assert refusal.value.reason == "not_blind"
    given = assigned(
        world, version, moderator=reviewer, is_blind=False, sighted_reason="Read it before."
    )
    assert not given.is_blind


def test_a_director_who_has_seen_its_grade_in_a_list_does_not_moderate_it_blind(world, version):
    director, manager = world.director, world.qa_manager
    assert opened(director, "audit_register").status_code == 200
    assert opened(manager, "audit_register").status_code == 200

    assert knows_because(director, version) == SEEN
    assert knows_because(manager, version) == ""


def test_who_has_seen_another_childs_audit_moderates_this_one_blind(world, version):
    other = in_force(world.returned_audit(world.audit(case=world.new_case())))
    opened(world.director, "audit_returned", other.audit.public_id)
    assert not can_moderates_blind(world.director, other)
    assert can_moderates_blind(world.director, version)


@pytest.mark.parametrize("route", ["case_register", "moderation_take", "start"])
def test_pages_without_its_grades_tell_nothing(world, version, route):
    looked(world.second_qa_officer, version, route)
    assert can_moderates_blind(world.second_qa_officer, version)


def test_a_look_before_it_came_back_tells_nothing(world, version):
    before = version.returned_at - MINUTE
    looked(world.second_qa_officer, version, at=before)
    assert can_moderates_blind(world.second_qa_officer, version)
    looked(world.second_qa_officer, version)
    assert not can_moderates_blind(world.second_qa_officer, version)


def test_it_is_not_offered_to_who_has_seen_it_and_is_to_others(world, version):
    seer, other = world.second_qa_officer, world.qa_officer
    type(version.audit).objects.update(allocated_by=world.qa_manager)
    looked(seer, version)
    with pytest.raises(NotPossible, match="no audit that you could moderate blind"):
        claiming.take_next(by=seer)
    assert SEEN in text_of(opened(seer, "moderation_take", version.public_id))

    assert claiming.take_next(by=other).moderator == other


def test_what_is_seen_once_it_is_ones_own_does_not_end_it(world, version):
    held = regrade(assigned(world, version))
    looked(held.moderator, version)
    assert not has_read_returned(held.moderator, version)
    assert commit(held).committed_at


def test_what_is_seen_once_it_was_given_back_counts(world, version):
    held = assigned(world, version)
    assigning.withdraw(held, by=held.moderator)
    assert can_moderates_blind(held.moderator, version)
    looked(held.moderator, version)
    assert not can_moderates_blind(held.moderator, version)


def test_what_is_seen_while_one_moderates_another_childs_audit_counts(world, version):
    other = in_force(world.returned_audit(world.audit(case=world.new_case())))
    sighted = {"is_blind": False, "sighted_reason": "I coached the auditor."}
    moderator = assigned(world, other, **sighted).moderator
    assert can_moderates_blind(moderator, version)
    looked(moderator, version)
    assert not can_moderates_blind(moderator, version)


def test_every_address_that_counts_is_one():
    assert set(url_names(get_resolver().url_patterns)) >= SHOWS_AUDIT | LISTS_GRADES
