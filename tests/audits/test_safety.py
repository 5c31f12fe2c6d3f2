import pytest

from accounts.exceptions import Refused
from audits.choices import SafetyJudgement
from audits.domain import drafting, reviewing, safety
from audits.models import SafetyConcern
from cases.choices import AccessCapacity
from cases.domain import access, restricting
from kit.exceptions import NotPossible
from tests.factories.cases import CaseAccessFactory

TODAY = SafetyJudgement.CHECK_TODAY


def worry(world, **values):
    given = {"judgement": TODAY, "worry": "Bail ended on Friday.", "by": world.auditor}
    return safety.raise_concern(world.audit(), **given | values)


def test_a_concern_is_raised_acknowledged_and_settled(world):
    concern = worry(world)

    safety.acknowledge(concern, by=world.team_manager)
    done = "Visit made 13:30, mother and children at her sister's."
    settled = safety.settle(concern, what_was_done=done, by=world.service_manager)

    assert settled.raised_at < settled.acknowledged_at < settled.settled_at
    assert (settled.acknowledged_by, settled.settled_by, settled.what_was_done) == (
        world.team_manager,
        world.service_manager,
        done,
    )


@pytest.mark.parametrize(
    ("told", "answered", "raised"),
    [
        (None, "safe", False),
        (None, "check_today", True),
        (None, "not_safe", True),
        ("check_today", "check_today", False),
        ("check_today", "not_safe", True),
        ("not_safe", "check_today", False),
        ("not_safe", "not_safe", False),
        ("not_safe", "safe", False),
    ],
)
def test_an_answer_tells_the_managers_what_no_open_concern_tells(world, told, answered, raised):
    draft = drafting.start(world.audit(), by=world.auditor)
    if told:
        before = {"judgement": SafetyJudgement(told), "worry": "Bail ended."}
        safety.raise_concern(draft.audit, by=world.auditor, **before)
    given = {"judgement": SafetyJudgement(answered), "evidence": "Father is back."}
    concern = safety.answer(draft, by=world.auditor, **given)
    assert (concern.judgement if concern else None) == (answered if raised else None)


def test_a_worry_that_was_settled_is_told_again(world):
    concern = worry(world)
    safety.acknowledge(concern, by=world.team_manager)
    safety.settle(concern, what_was_done="Visited.", by=world.team_manager)
    draft = drafting.start(concern.audit, by=world.auditor)
    again = safety.answer(draft, judgement=TODAY, evidence="He is back.", by=world.auditor)
    assert again.worry == "He is back."


def test_a_concern_can_be_raised_after_the_return(world):
    audit = world.returned_audit()

    concern = safety.raise_concern(
        audit, judgement=SafetyJudgement.NOT_SAFE, worry="Father is back.", by=world.auditor
    )

    assert concern.audit == audit


def test_the_moderator_of_the_case_may_raise_a_concern(world):
    audit = world.returned_audit()
    given = {"judgement": TODAY, "worry": "No visit for nine weeks."}
    with pytest.raises(Refused, match="Ring the team's manager"):
        safety.raise_concern(audit, by=world.qa_officer, **given)

    moderator = AccessCapacity.MODERATOR
    CaseAccessFactory(user=world.qa_officer, case=world.case, capacity=moderator)

    assert safety.raise_concern(audit, by=world.qa_officer, **given).raised_by == world.qa_officer


@pytest.mark.parametrize(
    "values", [{"judgement": SafetyJudgement.SAFE}, {"worry": "  "}], ids=["safe", "no worry"]
)
def test_a_concern_says_what_worries(world, values):
    with pytest.raises(NotPossible, match="what worries you"):
        worry(world, **values)


def test_a_manager_of_another_service_cannot_acknowledge(world):
    with pytest.raises(Refused, match="team's managers"):
        safety.acknowledge(worry(world), by=world.other_head_of_service)


def test_a_concern_is_acknowledged_once(world):
    concern = worry(world)
    safety.acknowledge(concern, by=world.team_manager)

    with pytest.raises(NotPossible, match="acknowledged"):
        safety.acknowledge(concern, by=world.director)


def test_a_concern_is_settled_after_someone_took_it_on(world):
    concern = worry(world)

    with pytest.raises(NotPossible, match="possible only when it is acknowledged"):
        safety.settle(concern, what_was_done="Visited.", by=world.team_manager)


def test_settling_says_what_was_done(world):
    concern = worry(world)
    safety.acknowledge(concern, by=world.team_manager)

    with pytest.raises(NotPossible, match="what was done"):
        safety.settle(concern, what_was_done=" ", by=world.team_manager)


def test_a_concern_is_answered_by_who_may_know_of_the_child(world):
    concern = worry(world)
    manager = world.team_manager
    assert SafetyConcern.objects.answerable_by(manager).get() == concern
    assert not SafetyConcern.objects.answerable_by(world.qa_officer).exists()
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    assert not SafetyConcern.objects.answerable_by(manager).exists()


def test_a_moderator_loses_sight_of_their_concern_once_the_case_is_restricted(world):
    CaseAccessFactory(user=world.qa_officer, case=world.case, capacity=AccessCapacity.MODERATOR)
    concern = worry(world, by=world.qa_officer)
    assert SafetyConcern.objects.visible_to(world.qa_officer).get() == concern
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    assert not SafetyConcern.objects.visible_to(world.qa_officer).exists()


def test_an_auditor_keeps_sight_of_their_concern_without_business_with_the_case(world):
    concern = worry(world)
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    access.withdraw(concern.audit.public_id)
    assert SafetyConcern.objects.visible_to(world.auditor).get() == concern


def test_a_reviewer_loses_sight_of_their_concern_with_the_round(world):
    assignment, reviewer = world.reviews(), world.external_reviewer
    audit = world.audit(auditor=reviewer)
    concern = safety.raise_concern(audit, judgement=TODAY, worry="He is back.", by=reviewer)
    assert SafetyConcern.objects.visible_to(reviewer).get() == concern
    reviewing.end_assignment(assignment, by=world.qa_manager)
    assert not SafetyConcern.objects.visible_to(reviewer).exists()
