"""What a leaver has open is listed and handed on, and names no case."""

import pytest
from django.urls import reverse

from accounts.choices import MembershipKind
from accounts.domain.leaving import deactivate
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, User
from actions.domain import handing_on as actions
from actions.models import ActionOwner
from audits.domain import completion
from audits.domain import handing_on as audits
from cases.domain import restricting
from cases.models import Case, CaseAccess
from kit.exceptions import NotPossible
from moderation.domain import handing_on as moderations
from reporting.domain.leaving import leavers_with_open_work, open_work
from tests.factories.actions import raised
from tests.factories.moderation import assigned, in_force
from tests.pages import client_of, opened, sent, text_of


@pytest.fixture
def by(world):
    return world.administrator


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_audits_to_be_returned_are_open_and_returned_ones_are_not(world):
    waiting = world.audit()
    world.returned_audit(world.audit(case=world.new_case()))

    assert audits.not_returned(world.auditor) == [waiting]


def test_an_audit_handed_on_is_the_other_auditors(world, by):
    audit, to = world.audit(), world.second_auditor
    audits.hand_on(audit, to=to, by=by)

    audit.refresh_from_db()
    assert (audit.auditor, audit.auditor_level) == (to, "service")
    assert sees(to, audit.case)
    assert not sees(world.auditor, audit.case)
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.by) == ("audit_handed_on", by)


def test_a_draft_goes_along_and_is_returned_by_the_new_auditor(world, by):
    audit = world.draft().audit
    audits.hand_on(audit, to=world.second_auditor, by=by)

    completion.return_audit(audit, by=world.second_auditor)

    assert audits.not_returned(world.second_auditor) == []


def test_who_is_not_independent_gets_no_audit_and_no_case_is_named(world, by):
    audit = world.audit()
    with pytest.raises(NotPossible, match="not independent") as refusal:
        audits.hand_on(audit, to=world.team_manager, by=by)

    assert audit.case.reference not in refusal.value.sentence


@pytest.mark.parametrize(
    ("to", "words"),
    [("administrator", "sees no case"), ("auditor", "somebody else than"), ("left", "no longer")],
)
def test_work_goes_to_somebody_who_works_here_and_sees_cases(world, by, to, words):
    audit, action = world.audit(), raised(world, owners=[world.auditor])
    world.left = world.second_auditor
    User.objects.filter(pk=world.left.pk).update(is_active=to != "left")
    world.left.refresh_from_db()
    for step in (
        lambda: audits.hand_on(audit, to=getattr(world, to), by=by),
        lambda: actions.hand_on(action, leaver=world.auditor, to=getattr(world, to), by=by),
    ):
        with pytest.raises(NotPossible, match=words):
            step()


def test_only_the_administrator_hands_on(world, by):
    audit, action = world.audit(), raised(world)
    moderation = assigned(world, in_force(world.returned_audit(world.audit(case=world.new_case()))))
    for who in (world.head_of_service, world.information_governance):
        for step in (
            lambda who=who: audits.hand_on(audit, to=world.second_auditor, by=who),
            lambda who=who: actions.hand_on(
                action, leaver=world.practitioner, to=world.team_manager, by=who
            ),
            lambda who=who: moderations.give_back(moderation, by=who),
        ):
            with pytest.raises(Refused, match="kept by the administrator"):
                step()
    assert moderations.give_back(moderation, by=by).withdrawn_at


def test_an_action_changes_one_owner_and_keeps_the_others(world, by):
    action = raised(world, owners=[world.practitioner, world.service_manager])
    actions.hand_on(action, leaver=world.practitioner, to=world.team_manager, by=by)

    owners = set(ActionOwner.objects.filter(action=action).values_list("user__name", flat=True))
    assert owners == {world.service_manager.name, world.team_manager.name}
    open_now = CaseAccess.objects.filter(because_of=action.public_id, until_at__isnull=True)
    assert {access.user for access in open_now} == {world.service_manager, world.team_manager}


def test_an_action_for_a_restricted_child_goes_to_the_qa_manager_alone(world, by):
    action = raised(world)
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    with pytest.raises(NotPossible, match="QA manager alone"):
        actions.hand_on(action, leaver=world.practitioner, to=world.team_manager, by=by)
    actions.hand_on(action, leaver=world.practitioner, to=world.qa_manager, by=by)
    assert ActionOwner.objects.get().user == world.qa_manager


def test_a_moderation_goes_back_and_waits_for_another(world, by):
    moderation = assigned(world, in_force(world.returned_audit()))
    assert moderations.not_committed(moderation.moderator) == [moderation]

    moderations.give_back(moderation, by=by)

    assert moderations.not_committed(moderation.moderator) == []


def test_a_leaver_stays_on_the_administrators_start_until_all_is_handed_on(world, by):
    audit, leaver = world.audit(), world.auditor
    answer = client_of(by).post(reverse("person_leave", args=[leaver.public_id]), follow=True)
    page = text_of(answer)
    assert "signed out everywhere" in page
    assert "Audits not returned: 1" in page
    assert "Units led: 1" in page
    assert leaver.name in text_of(opened(by, "start"))

    to = world.second_auditor.public_id
    work = open_work(User.objects.get(pk=leaver.pk))
    for kind, row in (("audits", audit), ("units", work.units[0])):
        form = {"kind": kind, f"{kind}-chosen": [row.public_id], f"{kind}-to": to}
        assert sent(by, "person_work", leaver.public_id, **form).status_code == 302

    assert leavers_with_open_work(User.objects.all()) == []
    assert leaver.name not in text_of(opened(by, "start"))
    assert world.second_auditor.memberships.filter(kind=MembershipKind.LEAD).exists()


def test_what_cannot_be_handed_on_is_said_and_nothing_is(world, by):
    first, second = world.audit(), world.audit(case=world.new_case())
    deactivate(world.auditor, by=by)
    form = {
        "kind": "audits",
        "audits-chosen": [first.public_id, second.public_id],
        "audits-to": world.team_manager.public_id,
    }
    answer = sent(by, "person_work", world.auditor.public_id, **form)

    assert answer.status_code == 200
    assert "not independent" in text_of(answer)
    assert len(audits.not_returned(world.auditor)) == 2


def test_nothing_chosen_is_said_at_the_form_that_was_sent(world, by):
    world.audit()
    raised(world, owners=[world.auditor])
    answer = sent(by, "person_work", world.auditor.public_id, kind="audits")

    assert text_of(answer).count("Choose at least one.") == 2
