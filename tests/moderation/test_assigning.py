import datetime

import pytest
from django.utils import timezone

from accounts.choices import MembershipKind, Role
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from audits.choices import RoundKind
from audits.domain import completion
from audits.models import Audit
from cases.choices import AccessCapacity, InvolvementKind
from cases.domain import access
from cases.models import CaseAccess
from kit.exceptions import NotPossible
from moderation.choices import ChosenBecause
from moderation.domain import assigning, sending_back
from moderation.models import Moderation
from moderation.permissions import is_in_line
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseAccessFactory, CaseInvolvementFactory
from tests.factories.moderation import assigned, commit, in_force, regrade, returned


def test_the_moderator_gets_business_with_the_case_and_history_names_no_case(world):
    moderation = assigned(world)

    held = CaseAccess.objects.get(capacity=AccessCapacity.MODERATOR, until_at__isnull=True)
    assert (held.user, held.case) == (world.second_qa_officer, world.case)
    entry = HistoryEntry.objects.get(verb="moderation_assigned")
    assert (entry.subject_id, entry.by) == (moderation.public_id, world.qa_manager)
    assert world.case.reference not in str(entry.facts)


def test_an_officer_claims_for_themselves_and_cannot_give_to_others(world):
    version = returned(world)
    officer = world.second_qa_officer
    with pytest.raises(Refused) as refusal:
        assigned(world, version, moderator=world.director, by=officer)
    assert refusal.value.reason == "moderation_assign_not_yours"

    assert assigned(world, version, by=officer).moderator == officer


def test_a_director_cannot_claim(world):
    with pytest.raises(Refused) as refusal:
        assigned(world, moderator=world.director, by=world.director)
    assert refusal.value.reason == "moderation_claim_not_yours"


@pytest.mark.parametrize("who", ["director", "external_reviewer", "qa_manager"])
def test_others_moderate_when_it_is_given_to_them(world, who):
    version, moderator = returned(world), getattr(world, who)
    if who == "external_reviewer":
        other = world.open_round(kind=RoundKind.THEMED, name="Neglect")
        world.returned_audit(world.audit(in_round=other))
        world.reviews(in_round=other)
        with pytest.raises(Refused, match="does not review this round"):
            assigned(world, version, moderator=moderator)
        world.reviews()
    assert assigned(world, version, moderator=moderator).moderator == moderator


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("second_auditor", "cannot_moderate"),
        ("report_recipient", "cannot_moderate"),
        ("other_head_of_service", "in_auditors_line"),
        ("head_of_service", "not_independent"),
    ],
)
def test_who_is_barred_is_told_why(world, who, reason):
    version, moderator = returned(world), getattr(world, who)
    with pytest.raises(Refused) as refusal:
        assigned(world, version, moderator=moderator)
    assert refusal.value.reason == reason
    assert world.case.initials not in refusal.value.sentence
    assert not Moderation.objects.exists()


def test_nobody_moderates_their_own_audit(world):
    audit = world.audit(auditor=world.other_head_of_service)
    version = in_force(world.returned_audit(audit))
    with pytest.raises(Refused) as refusal:
        assigned(world, version, moderator=world.other_head_of_service)
    assert refusal.value.reason == "own_audit"


def test_nobody_moderates_an_audit_of_their_own_manager(world):
    version = in_force(world.returned_audit(world.audit(auditor=world.other_head_of_service)))
    junior = world.person("Junior", Role.QA_OFFICER, world.care_team)
    with pytest.raises(Refused) as refusal:
        assigned(world, version, moderator=junior)
    assert refusal.value.reason == "in_auditors_line"


@pytest.mark.parametrize(
    ("kind", "from_days", "until_days", "barred"),
    [
        (MembershipKind.LEAD, -9, -1, False),
        (MembershipKind.LEAD, -9, 0, True),
        (MembershipKind.LEAD, 0, None, True),
        (MembershipKind.LEAD, 1, None, False),
        (MembershipKind.MEMBER, 0, None, False),
    ],
)
def test_the_auditors_line_is_who_leads_their_units_that_day(
    world, kind, from_days, until_days, barred
):
    on, day, officer = timezone.localdate(), datetime.timedelta(days=1), world.second_qa_officer
    until = None if until_days is None else on + until_days * day
    dates = {"from_on": on + from_days * day, "until_on": until}
    MembershipFactory(user=officer, unit=world.care_service, kind=kind, **dates)

    assert is_in_line(officer, world.auditor, on=on) is barred
    assert is_in_line(world.auditor, officer, on=on) is barred


def test_who_gave_the_audit_out_moderates_sighted_with_a_reason_or_not_at_all(world):
    version, officer = returned(world), world.qa_officer
    with pytest.raises(Refused, match="gave this audit out") as refusal:
        assigned(world, version, moderator=officer)
    assert refusal.value.reason == "not_blind"

    moderation = assigned(
        world, version, moderator=officer, is_blind=False, sighted_reason="Nobody else is free."
    )
    assert not moderation.is_blind


def test_who_sent_it_back_cannot_moderate_it_blind(world):
    audit = world.returned_audit()
    officer = world.second_qa_officer
    sending_back.send_back(audit, reason="Where is the visit?", by=officer)
    completion.return_audit(audit, by=audit.auditor)
    version = in_force(audit)
    with pytest.raises(Refused, match="sent this audit back"):
        assigned(world, version, moderator=officer)
    assert assigned(world, version, moderator=world.qa_manager).is_blind


def test_who_read_it_sighted_cannot_moderate_the_next_version_blind(world):
    moderation = assigned(world, is_blind=False, sighted_reason="I coached the auditor.")
    audit = moderation.audit_return.audit
    sending_back.send_back(audit, reason="Where is the visit?", by=world.qa_manager)
    completion.return_audit(audit, by=audit.auditor)
    with pytest.raises(Refused, match="as its moderator"):
        assigned(world, in_force(audit))
    assigned(world, in_force(audit), moderator=world.director)


def test_a_voided_audit_is_not_moderated(world):
    version = returned(world)
    Audit.objects.update(voided_at=version.returned_at, voided_by=world.qa_manager)
    with pytest.raises(NotPossible) as refusal:
        assigned(world, version)
    assert refusal.value.reason == "not_returned"


def test_who_chaired_the_child_cannot_moderate_blind(world):
    CaseInvolvementFactory(
        case=world.case,
        user=world.second_qa_officer,
        kind=InvolvementKind.CHAIRED,
        happened_on=world.round.opens_on,
    )
    with pytest.raises(Refused, match="chaired"):
        assigned(world)


def test_neither_anothers_meeting_nor_a_decision_of_long_ago_ends_blindness(world):
    on = world.round.opens_on
    chaired = {"user": world.qa_officer, "kind": InvolvementKind.CHAIRED, "happened_on": on}
    decided = {"user": world.second_qa_officer, "kind": InvolvementKind.DECIDED}
    CaseInvolvementFactory(case=world.case, **chaired)
    CaseInvolvementFactory(case=world.case, **decided, happened_on=on.replace(year=on.year - 3))
    assert assigned(world).is_blind


def test_who_turns_out_to_know_the_child_records_it_as_sighted(world):
    moderation = regrade(assigned(world))
    CaseInvolvementFactory(
        case=world.case,
        user=moderation.moderator,
        kind=InvolvementKind.CHAIRED,
        happened_on=world.round.opens_on,
    )
    with pytest.raises(Refused, match="chaired"):
        commit(moderation)
    with pytest.raises(Refused, match="Only its moderator"):
        assigning.record_as_sighted(moderation, reason="They chaired.", by=world.qa_manager)
    with pytest.raises(NotPossible) as refusal:
        assigning.record_as_sighted(moderation, reason=" ", by=moderation.moderator)
    assert refusal.value.reason == "sighted_or_blind"
    assigning.record_as_sighted(moderation, reason="I chaired.", by=moderation.moderator)
    assert commit(moderation).is_blind is False


def test_only_the_version_in_force_is_moderated(world):
    version = returned(world)
    sending_back.send_back(version.audit, reason="Where is the visit?", by=world.qa_manager)
    draft = version.audit.returns.drafts().get()
    for not_in_force in (version, draft):
        with pytest.raises(NotPossible) as refusal:
            assigned(world, not_in_force)
        assert refusal.value.reason == "not_returned"


def test_a_version_has_one_moderator_until_it_is_taken_back(world):
    first = assigned(world)
    with pytest.raises(NotPossible) as refusal:
        assigned(world, first.audit_return, moderator=world.director)
    assert refusal.value.reason == "moderated_already"

    assigning.withdraw(first, by=first.moderator)
    assert not CaseAccess.objects.filter(because_of=first.public_id, until_at=None).exists()
    assigned(world, first.audit_return, moderator=world.director)


def test_only_the_moderator_or_the_qa_manager_takes_it_back(world):
    moderation = assigned(world)
    with pytest.raises(Refused):
        assigning.withdraw(moderation, by=world.qa_officer)
    assert assigning.withdraw(moderation, by=world.qa_manager).withdrawn_at


def test_committed_grades_are_not_taken_back(world):
    moderation = commit(regrade(assigned(world)))
    with pytest.raises(NotPossible):
        assigning.withdraw(moderation, by=world.qa_manager)


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({"because": ChosenBecause.BY_HAND}, "reason_missing"),
        ({"is_blind": False}, "sighted_or_blind"),
        ({"sighted_reason": "I know the child."}, "sighted_or_blind"),
    ],
)
def test_reasons_are_asked_where_they_are_due(world, chosen, reason):
    with pytest.raises(NotPossible) as refusal:
        assigned(world, **chosen)
    assert refusal.value.reason == reason


@pytest.fixture
def restricted(world):
    """A returned audit of a restricted case."""
    version = returned(world)
    world.case.restricted_at, world.case.restricted_by = version.returned_at, world.qa_manager
    world.case.save()
    return version


def test_a_restricted_case_is_moderated_by_the_qa_manager(world, restricted):
    with pytest.raises(Refused) as refusal:
        assigned(world, restricted)
    assert refusal.value.reason == "restricted_case"
    assert assigned(world, restricted, moderator=world.qa_manager).moderator == world.qa_manager


def test_a_restricted_case_is_moderated_by_who_is_named_on_it_as_long_as_they_are(
    world, restricted
):
    def given(user, capacity):
        return CaseAccessFactory(user=user, case=world.case, capacity=capacity)

    officer = world.second_qa_officer
    given(officer, AccessCapacity.OWNER)
    given(world.qa_officer, AccessCapacity.NAMED)
    access.withdraw(given(officer, AccessCapacity.NAMED).because_of)
    with pytest.raises(Refused, match="not named on it"):
        assigned(world, restricted)

    given(officer, AccessCapacity.NAMED)
    assert assigned(world, restricted).moderator == officer
