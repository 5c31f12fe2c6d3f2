import pytest

from accounts.choices import Role
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from audits.choices import Axis, ChangeSource, Grade
from audits.models import StandingGradeChange
from kit.exceptions import NotPossible
from moderation.choices import Settlement
from moderation.domain import settling
from moderation.domain.states import state_of
from tests.factories.moderation import committed, grade, grades

WHY = "The plan was not followed from June on."


def propose(moderation, by, settlement=Settlement.MODERATOR, **chosen):
    facts = {"settlement": settlement, "reason": WHY, "by": by}
    return settling.propose(moderation, **facts | chosen)


@pytest.fixture
def across(world):
    """Good by the auditor, Requires improvement by the moderator: the second QA officer."""
    return committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)


@pytest.mark.parametrize(("own", "moderated"), [(4, 3), (3, 4)])
def test_one_step_on_one_side_stands_at_once_with_a_reason(world, own, moderated):
    moderation = committed(world, own, moderated)
    with pytest.raises(NotPossible, match="Say why, in a sentence or two"):
        settling.let_stand(moderation, reason=" ", by=moderation.moderator)

    settled = settling.let_stand(moderation, reason=WHY, by=moderation.moderator)
    assert (settled.settlement, settled.settled_grade) == (Settlement.MODERATOR, moderated)
    assert grade(moderation, "Z").standing == moderated
    change = StandingGradeChange.objects.filter(domain_grade=grade(moderation, "Z")).get()
    assert (change.source, change.second_by) == (ChangeSource.MODERATION, None)
    assert (change.source_id, change.reason) == (moderation.public_id, WHY)


@pytest.mark.parametrize(("own", "moderated"), [(3, 2), (2, 3), (2, 1), (1, 2), (4, 2), (1, 4)])
def test_the_moderator_alone_settles_nothing_else(world, own, moderated):
    moderation = committed(world, own, moderated)
    with pytest.raises(NotPossible) as refusal:
        settling.let_stand(moderation, reason=WHY, by=moderation.moderator)
    assert refusal.value.reason == "needs_two_people"
    assert not StandingGradeChange.objects.exists()


def test_nobody_else_lets_it_stand(world):
    moderation = committed(world, Grade.OUTSTANDING, Grade.GOOD)
    with pytest.raises(Refused):
        settling.let_stand(moderation, reason=WHY, by=world.qa_manager)


def test_a_proposal_changes_no_grade_until_a_second_person_settles_it(world, across):
    proposed = propose(across, world.qa_manager)
    assert (proposed.settled_grade, state_of(proposed)) == (2, "proposed")
    assert grade(across, "Z").standing == Grade.GOOD

    settled = settling.settle(across, by=world.director)
    assert (settled.proposed_by, settled.settled_by) == (world.qa_manager, world.director)
    assert grade(across, "Z").standing == Grade.REQUIRES_IMPROVEMENT
    change = StandingGradeChange.objects.filter(domain_grade=grade(across, "Z")).get()
    assert (change.by, change.second_by) == (world.qa_manager, world.director)
    assert change.source == ChangeSource.PANEL


def test_every_differing_domain_and_axis_follows_and_no_own_grade_changes(world):
    moderation = committed(world, 3, 2, {"B": (3, 4)})
    before = grades(moderation, "grade")
    propose(moderation, world.qa_manager)
    settling.settle(moderation, by=world.director)

    assert grades(moderation, "grade") == before
    follows = {("A", "practice"): 2, ("A", "outcome"): 2, ("Z", "practice"): 2}
    follows |= {("Z", "outcome"): 2, ("B", "outcome"): 4}
    assert grades(moderation, "standing") == before | follows
    assert StandingGradeChange.objects.count() == 5


def test_not_applicable_on_either_side_leaves_what_stands(world):
    moderation = committed(world, 3, 2, {"F": (None, None)})
    propose(moderation, world.qa_manager)
    settling.settle(moderation, by=world.director)
    assert grade(moderation, "F").standing == Grade.GOOD


def test_where_the_auditors_grade_stands_nothing_changes(world, across):
    propose(across, world.qa_manager, Settlement.AUDITOR)
    settled = settling.settle(across, by=world.director)
    assert settled.settled_grade == Grade.GOOD
    assert grades(across, "standing") == grades(across, "grade")


def test_another_grade_is_set_overall_and_the_rest_follows_the_moderator(world):
    moderation = committed(world, 4, 2)
    propose(moderation, world.qa_manager, Settlement.OTHER, grade=Grade.GOOD)
    settled = settling.settle(moderation, by=world.director)
    assert settled.settled_grade == Grade.GOOD
    assert grade(moderation, "Z").standing == Grade.GOOD
    assert grade(moderation, "Z", Axis.OUTCOME).standing == Grade.REQUIRES_IMPROVEMENT
    assert grade(moderation, "A").standing == Grade.REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(
    ("settlement", "third"),
    [
        (Settlement.SAME, None),
        (Settlement.OTHER, None),
        (Settlement.OTHER, Grade.GOOD),
        (Settlement.OTHER, Grade.REQUIRES_IMPROVEMENT),
        (Settlement.MODERATOR, Grade.INADEQUATE),
        (Settlement.AUDITOR, Grade.INADEQUATE),
    ],
)
def test_a_settlement_and_its_grade_have_to_fit(world, across, settlement, third):
    with pytest.raises(NotPossible) as refusal:
        propose(across, world.qa_manager, settlement, grade=third)
    assert refusal.value.reason == "grade_and_settlement"


def test_the_same_person_does_not_settle_what_they_proposed(world, across):
    propose(across, world.qa_manager)
    with pytest.raises(Refused) as refusal:
        settling.settle(across, by=world.qa_manager)
    assert refusal.value.reason == "needs_two_people"
    assert grade(across, "Z").standing == Grade.GOOD
    settling.settle(across, by=world.qa_officer)


def test_the_moderator_may_be_one_of_the_two(world, across):
    propose(across, across.moderator)
    assert settling.settle(across, by=world.qa_manager).settled_at


def test_auditor_and_moderator_cannot_settle_between_themselves(world):
    world.auditor = world.person("Both", Role.QA_OFFICER, world.authority)
    moderation = committed(world, Grade.GOOD, Grade.INADEQUATE)
    propose(moderation, moderation.moderator)
    with pytest.raises(Refused) as refusal:
        settling.settle(moderation, by=world.auditor)
    assert refusal.value.reason == "needs_third_person"
    assert settling.settle(moderation, by=world.director).settled_at


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("team_manager", "moderation_settle_in_panel_not_yours"),
        ("head_of_service", "moderation_settle_in_panel_not_yours"),
        ("external_reviewer", "moderation_settle_in_panel_not_yours"),
        ("system", "system_cannot_decide"),
    ],
)
def test_others_neither_propose_nor_settle(world, across, who, reason):
    stranger = system_user() if who == "system" else getattr(world, who)
    with pytest.raises(Refused) as refusal:
        propose(across, stranger)
    assert refusal.value.reason == reason
    propose(across, world.qa_manager)
    with pytest.raises(Refused) as refusal:
        settling.settle(across, by=stranger)
    assert refusal.value.reason == reason


def test_a_proposer_who_lost_the_right_no_longer_counts(world, across):
    propose(across, world.qa_manager)
    world.qa_manager.grants.update(until_on=world.round.opens_on.replace(year=2021))
    with pytest.raises(Refused):
        settling.settle(across, by=world.director)
    settling.withdraw_proposal(across, by=world.director)
    propose(across, world.director)
    settling.settle(across, by=world.qa_officer)


def test_a_proposal_has_a_reason(world, across):
    with pytest.raises(NotPossible, match="Say why, in a sentence or two"):
        propose(across, world.qa_manager, Settlement.AUDITOR, reason=" ")
    assert propose(across, world.qa_manager, Settlement.AUDITOR).settled_reason == WHY


def test_a_proposal_is_withdrawn_and_another_made(world, across):
    propose(across, world.qa_manager)
    with pytest.raises(Refused):
        settling.withdraw_proposal(across, by=world.team_manager)
    settling.withdraw_proposal(across, by=world.qa_manager)
    with pytest.raises(NotPossible) as refusal:
        settling.settle(across, by=world.director)
    assert refusal.value.reason == "settle_not_possible"
    assert propose(across, world.director, Settlement.AUDITOR).settled_grade == Grade.GOOD


def test_another_moderation_that_waits_is_left_as_it_was(world, across):
    world.case = world.new_case()
    other = committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    propose(across, world.qa_manager)
    settling.settle(across, by=world.director)
    other.refresh_from_db()
    assert (state_of(other), grade(other, "Z").standing) == ("committed", Grade.GOOD)


def test_what_is_settled_stays_settled(world, across):
    propose(across, world.qa_manager)
    settling.settle(across, by=world.director)
    for verb in (settling.settle, settling.withdraw_proposal):
        with pytest.raises(NotPossible):
            verb(across, by=world.qa_officer)
    with pytest.raises(NotPossible):
        propose(across, world.qa_officer)


def test_settling_is_in_the_history_without_its_reason(world, across):
    propose(across, world.qa_manager)
    settling.settle(across, by=world.director)
    entry = HistoryEntry.objects.get(verb="moderation_settled")
    assert entry.facts["settlement"] == Settlement.MODERATOR
    assert WHY not in str(list(HistoryEntry.objects.values_list("facts", flat=True)))
