import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.people import system_user
from accounts.exceptions import Refused
from audits.choices import ExemptionReason
from audits.domain import exempting, sending_back
from audits.domain.as_at import EXEMPTED, with_exemption
from audits.domain.asked import answered
from audits.domain.states import state_of
from audits.models import Audit, Exemption
from cases.domain import restricting
from cases.models import Case
from kit.exceptions import NotPossible


@pytest.fixture
def asked(world):
    return exempting.ask(world.audit(), reason=ExemptionReason.SICK_LEAVE, by=world.auditor)


def test_an_approved_exemption_excuses_the_audit(world, asked):
    exempting.approve(asked, by=world.head_of_service)

    assert state_of(asked.audit) == "exempted"
    assert world.case not in Case.objects.visible_to(world.auditor)


def test_a_refused_exemption_leaves_the_audit_due(world, asked):
    exempting.refuse(asked, because="One a month is the rule.", by=world.qa_manager)

    asked.refresh_from_db()
    assert asked.refused_because == "One a month is the rule."
    assert state_of(asked.audit) == "allocated"


def test_a_refusal_says_why(world, asked):
    with pytest.raises(NotPossible, match="Say why"):
        exempting.refuse(asked, because="", by=world.qa_manager)
    with pytest.raises(IntegrityError, match="exemption_refused_with_words"), transaction.atomic():
        Exemption.objects.update(refused_at=timezone.now(), refused_by=world.qa_manager)


def test_a_withdrawn_exemption_makes_the_audit_due_again(world, asked):
    exempting.approve(asked, by=world.head_of_service)

    exempting.withdraw(asked, by=world.director)

    assert state_of(asked.audit) == "allocated"
    assert world.case in Case.objects.visible_to(world.auditor)


def test_an_exemption_is_in_force_between_approval_and_withdrawal(world, asked):
    before = timezone.now()
    exempting.approve(asked, by=world.head_of_service)
    between = timezone.now()
    exempting.withdraw(asked, by=world.head_of_service)

    in_force = [
        with_exemption(Audit.objects.all(), moment).filter(EXEMPTED).exists()
        for moment in (before, between, timezone.now())
    ]

    assert in_force == [False, True, False]


def test_who_asked_may_take_the_question_back(world, asked):
    exempting.withdraw(asked, by=world.auditor)

    again = exempting.ask(asked.audit, reason=ExemptionReason.REDEPLOYED, by=world.auditor)
    assert again.pk != asked.pk


def test_who_asked_cannot_undo_an_approval(world, asked):
    exempting.approve(asked, by=world.head_of_service)

    with pytest.raises(Refused):
        exempting.withdraw(asked, by=world.auditor)


def test_nobody_approves_what_they_asked(world):
    asked = exempting.ask(world.audit(), reason=ExemptionReason.VACANT_POST, by=world.qa_manager)

    with pytest.raises(Refused, match="somebody else decides"):
        exempting.approve(asked, by=world.qa_manager)

    assert exempting.approve(asked, by=world.director).approved_by == world.director


def test_nobody_excuses_an_audit_of_their_own(world):
    audit = world.audit(auditor=world.director)
    asked = exempting.ask(audit, reason=ExemptionReason.REDEPLOYED, by=world.qa_officer)

    with pytest.raises(Refused, match="of your own"):
        exempting.approve(asked, by=world.director)


def test_a_command_may_ask_but_never_approves(world):
    asked = exempting.ask(world.audit(), reason=ExemptionReason.VACANT_POST, by=system_user())

    with pytest.raises(Refused):
        exempting.approve(asked, by=system_user())


def test_a_stranger_to_the_unit_cannot_ask(world):
    world.audit(case=world.new_case(world.care_team), auditor=world.service_manager)
    with pytest.raises(Refused, match="your units"):
        exempting.ask(
            world.audit(), reason=ExemptionReason.VACANT_POST, by=world.other_head_of_service
        )


def test_a_second_question_waits_for_the_first(world, asked):
    with pytest.raises(NotPossible, match="already waits"):
        exempting.ask(asked.audit, reason=ExemptionReason.CHILD_DIED, by=world.qa_officer)


def test_a_returned_audit_cannot_be_excused(world):
    audit = world.returned_audit()

    with pytest.raises(NotPossible, match="This audit is returned"):
        exempting.ask(audit, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)


def test_an_audit_returned_while_the_question_waits_cannot_be_excused(world, asked):
    world.returned_audit(asked.audit)

    with pytest.raises(NotPossible, match="This audit is returned"):
        exempting.approve(asked, by=world.head_of_service)


def test_an_audit_sent_back_can_be_excused(world):
    audit = world.returned_audit()
    sending_back.send_back(audit, reason="Which visit do you mean?", by=world.qa_officer)

    asked = exempting.ask(audit, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)

    assert exempting.approve(asked, by=world.qa_manager).approved_at


def test_an_answer_is_told_as_long_as_one_may_know_of_the_audit(world):
    asker, since = world.service_manager, timezone.now()
    asked = exempting.ask(world.audit(), reason=ExemptionReason.SICK_LEAVE, by=asker)
    exempting.refuse(asked, because="One a month is the rule.", by=world.head_of_service)
    assert answered(asker, since=since) == [asked]
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    assert answered(asker, since=since) == []
