"""Who may do what, role by role, compared with docs/permissions.csv and not with the policy."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import Unit, User
from audits import permissions
from audits.choices import ExtensionReason, SafetyJudgement
from audits.domain import completion, extending, safety
from audits.models import Audit, Extension, SafetyConcern
from cases.choices import AccessCapacity
from cases.domain import restricting
from kit.working_days import add_working_days
from tests.factories.accounts import RoleGrantFactory
from tests.factories.cases import CaseAccessFactory
from tests.matrix import COLUMNS, cell, roles_with

ANYWHERE = ["tool.publish", "round.create", "rows.export"]
OF_A_CASE = ["audit.allocate", "independence.override"]
OF_AN_AUDIT = [
    "audit.exempt",
    "audit.extend",
    "audit.view_draft",
    "audit.edit",
    "audit.return",
    "audit.send_back",
    "audit.view_returned",
    "safety_concern.raise",
    "safety_concern.acknowledge",
]
BY_ROLE = ("unit", "all", "second_person")


def short_extension(world) -> Extension:
    audit = world.audit()
    due, reason = add_working_days(audit.due_on, 5), ExtensionReason.COURT_WEEK
    return extending.ask(audit, reason=reason, new_due_on=due, by=system_user())


def concern(world) -> SafetyConcern:
    return safety.raise_concern(
        world.audit(), judgement=SafetyJudgement.NOT_SAFE, worry="Alone.", by=world.auditor
    )


def settled_audit(world) -> Audit:
    """A returned audit of a round whose moderation sample is closed."""
    audit = world.returned_audit()
    audit.round.sample_closed_at, audit.round.sample_closed_by = timezone.now(), world.qa_manager
    audit.round.save()
    return audit


def plain_audit(world) -> Audit:
    return world.audit()


def things(world, action: str) -> list:
    """What the action is done to: nothing, a case, an audit or what hangs on it."""
    made = {
        "audit.extend": short_extension,
        "safety_concern.acknowledge": concern,
        "audit.view_returned": settled_audit,
    }
    if action in ANYWHERE:
        return []
    if action in OF_A_CASE:
        return [world.case]
    return [made.get(action, plain_audit)(world)]


def may(world, action: str, user: User) -> bool:
    can = getattr(permissions, f"can_{action.replace('.', '_')}")
    return can(user, *things(world, action))


def reached(world, action: str, unit: Unit) -> set[str]:
    """The roles with which somebody at the unit may."""
    can = getattr(permissions, f"can_{action.replace('.', '_')}")
    people = {role: world.person("Someone", Role(role), unit) for role in COLUMNS}
    done_to = things(world, action)
    return {role for role, user in people.items() if can(user, *done_to)}


@pytest.mark.parametrize("action", ANYWHERE + OF_A_CASE + OF_AN_AUDIT)
def test_a_role_at_the_unit_reaches_what_the_matrix_says(world, action):
    assert reached(world, action, world.team) == roles_with(action, *BY_ROLE)


@pytest.mark.parametrize("action", OF_A_CASE + OF_AN_AUDIT)
def test_a_role_at_another_unit_reaches_nothing(world, action):
    assert reached(world, action, world.care_team) == set()


@pytest.mark.parametrize(
    "action", ["audit.exempt", "audit.extend", "audit.send_back", "safety_concern.acknowledge"]
)
def test_of_the_roles_at_the_unit_only_the_qa_manager_decides_about_a_restricted_case(
    world, action
):
    thing = things(world, action)[0]
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    held = type(thing).objects.get(pk=thing.pk)
    can = getattr(permissions, f"can_{action.replace('.', '_')}")
    people = {role: world.person("Someone", Role(role), world.team) for role in COLUMNS}

    assert {role for role, user in people.items() if can(user, held)} == {Role.QA_MANAGER}


@pytest.mark.parametrize("action", ANYWHERE + OF_A_CASE + OF_AN_AUDIT)
def test_the_auditor_needs_no_role_and_has_no_other_right(world, action):
    world.auditor.grants.all().delete()

    assert may(world, action, world.auditor) is (cell(action, "auditor") == "assigned")


@pytest.mark.parametrize("action", ["audit.exempt", "audit.send_back", "audit.extend"])
def test_no_role_decides_about_an_audit_of_its_own(world, action):
    for role in Role:
        RoleGrantFactory(user=world.auditor, role=role, unit=world.authority)

    assert may(world, action, world.auditor) is False


@pytest.mark.parametrize("action", OF_AN_AUDIT)
def test_the_system_never_judges_approves_or_reads(world, action):
    assert may(world, action, system_user()) is False


@pytest.mark.parametrize("action", ["tool.publish", "round.create", "audit.allocate"])
def test_the_system_plans(world, action):
    assert may(world, action, system_user()) is True


@pytest.mark.parametrize("role", ["qa_officer", "qa_manager"])
def test_qa_reads_a_returned_audit_once_it_is_settled(world, role):
    assert cell("audit.view_returned", role) == "all_settled_else_declares"
    user, audit = getattr(world, role), world.returned_audit()

    with pytest.raises(Refused) as refused:
        permissions.check_audit_view_returned(user, audit)

    assert refused.value.reason == "not_settled"


def test_the_case_s_worker_reads_it_from_the_return_on(world):
    assert cell("audit.view_returned", "practitioner") == "assigned_returned"
    draft = world.draft()
    assert not permissions.can_audit_view_returned(world.practitioner, draft.audit)

    returned = completion.return_audit(draft.audit, by=world.auditor)

    assert permissions.can_audit_view_returned(world.practitioner, returned.audit)


@pytest.mark.parametrize("capacity", [AccessCapacity.MODERATOR, AccessCapacity.OWNER])
def test_the_moderator_of_the_case_may_raise_a_concern(world, capacity):
    assert cell("safety_concern.raise", "qa_officer") == "assigned"
    CaseAccessFactory(user=world.qa_officer, case=world.case, capacity=capacity)

    is_moderator = capacity == AccessCapacity.MODERATOR
    assert may(world, "safety_concern.raise", world.qa_officer) is is_moderator

    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    audit = Audit.objects.get()
    assert not permissions.can_safety_concern_raise(world.qa_officer, audit)


def test_a_restricted_case_is_read_by_its_auditor_the_qa_manager_and_those_named(world):
    audit = settled_audit(world)
    audit.case.restricted_at, audit.case.restricted_by = timezone.now(), world.qa_manager
    audit.case.save()
    CaseAccessFactory(user=world.second_auditor, case=audit.case)

    asked = [world.auditor, world.qa_manager, world.second_auditor]
    refused = [world.practitioner, world.team_manager, world.director, world.qa_officer]

    for user in asked:
        assert permissions.can_audit_view_returned(user, audit)
        assert audit in Audit.objects.visible_to(user)
    for user in refused:
        assert not permissions.can_audit_view_returned(user, audit)
        assert audit not in Audit.objects.visible_to(user)


def test_who_may_know_of_an_audit(world):
    audit = world.returned_audit()
    knowing = [world.auditor, world.practitioner, world.team_manager, world.qa_officer]
    others = [world.second_auditor, world.other_head_of_service, world.administrator]

    assert all(audit in Audit.objects.visible_to(user) for user in knowing)
    assert not any(audit in Audit.objects.visible_to(user) for user in others)


def test_the_worker_does_not_know_of_an_audit_before_its_return(world):
    audit = world.draft().audit

    assert audit not in Audit.objects.visible_to(world.practitioner)


def test_the_worker_knows_of_no_audit_of_a_case_that_they_gave_up(world):
    audit = world.returned_audit()
    world.case.accesses.filter(user=world.practitioner).update(until_at=timezone.now())

    assert audit not in Audit.objects.visible_to(world.practitioner)
    assert not permissions.can_audit_view_returned(world.practitioner, audit)


def test_every_check_has_its_row_in_the_matrix():
    written = {f"can_{action.replace('.', '_')}" for action in ANYWHERE + OF_A_CASE + OF_AN_AUDIT}

    assert {name for name in vars(permissions) if name.startswith("can_")} == written


def test_a_refusal_says_who_can_help_and_nothing_of_the_case(world):
    audit = world.audit()

    with pytest.raises(Refused) as refused:
        permissions.check_audit_edit(world.director, audit)

    assert "Ask the QA team" in refused.value.sentence
    assert audit.case.reference not in refused.value.sentence
