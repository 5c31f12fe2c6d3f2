"""Which sections a start page has, and what leads it."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from audits.choices import SafetyJudgement
from audits.domain import safety
from reporting.domain.start.page import start_page
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.moderation import assigned
from tests.reporting.dashboards import client_of, statements

SECTIONS = {
    "auditor": ["auditor"],
    "practitioner": ["auditor"],
    "qa_officer": ["officer"],
    "qa_manager": ["officer"],
    "head_of_service": ["head", "auditor"],
    "director": ["officer", "auditor"],
    "report_recipient": ["recipient"],
    "external_reviewer": ["reviewer"],
    "administrator": ["duties"],
    "information_governance": ["governance", "duties"],
}


def kinds(user) -> list[str]:
    return [section.kind for section in start_page(user).sections]


def raised(world, audit=None):
    """A concern in an audit, raised by its auditor."""
    held = audit or world.audit()
    judgement = SafetyJudgement.CHECK_TODAY
    return safety.raise_concern(
        held, judgement=judgement, worry="Nobody opened the door.", by=held.auditor
    )


@pytest.mark.parametrize("role", SECTIONS)
def test_each_role_has_its_sections(world, role):
    user = getattr(world, role)
    assert kinds(user) == SECTIONS[role]
    assert client_of(user).get(reverse("start")).status_code == 200


def test_several_roles_have_the_sections_of_each_the_most_urgent_first(world):
    user = world.auditor
    RoleGrantFactory(user=user, role=Role.REPORT_RECIPIENT, unit=world.authority)
    RoleGrantFactory(user=user, role=Role.QA_OFFICER, unit=world.authority)
    assert kinds(user)[-1] == "recipient"
    world.audit()
    assert kinds(user) == ["auditor", "officer", "recipient"]


def test_without_a_role_the_page_says_whom_to_ask(world):
    answer = client_of(UserFactory()).get(reverse("start"))
    assert "You hold no role yet" in answer.content.decode()


@pytest.mark.parametrize("role", ["head_of_service", "team_manager", "director"])
def test_a_concern_leads_the_page_of_those_who_answer_for_the_child(world, role):
    raised(world)
    page = client_of(getattr(world, role)).get(reverse("start")).content.decode()
    assert page.index("A child may be unsafe") < page.index("My audits")
    assert world.case.reference in page


def test_concerns_of_another_service_are_not_told(world):
    raised(world)
    user = world.other_head_of_service
    assert start_page(user).concerns.open == 0
    assert world.case.reference not in client_of(user).get(reverse("start")).content.decode()


def test_a_qa_officer_knows_how_many_concerns_there_are_and_not_whose(world):
    raised(world)
    concerns = start_page(world.qa_officer).concerns
    assert (concerns.open, concerns.waiting, concerns.rows) == (1, 1, ())
    page = client_of(world.qa_officer).get(reverse("start")).content.decode()
    assert world.case.reference not in page


def test_a_moderator_is_not_told_of_a_concern_in_the_audit_they_grade_blind(world):
    moderation = assigned(world)
    raised(world, moderation.audit_return.audit)
    concerns = start_page(moderation.moderator).concerns
    assert (concerns.open, concerns.hidden) == (0, 1)


def test_no_concern_is_said_with_how_many_audits_answered(world):
    world.returned_audit()
    said = start_page(world.qa_officer).concerns.sentence
    assert said.startswith("no open concerns. 1 of 1 audit returned")


def test_a_settled_concern_is_open_no_more(world):
    concern = raised(world)
    safety.acknowledge(concern, by=world.team_manager)
    assert start_page(world.team_manager).concerns.waiting == 0
    safety.settle(concern, what_was_done="Seen at school.", by=world.team_manager)
    assert start_page(world.team_manager).concerns.open == 0


@pytest.mark.parametrize("role", ["auditor", "qa_officer", "head_of_service", "director"])
def test_more_work_takes_no_more_statements(world, role):
    client = client_of(getattr(world, role))
    weak, counts = (1, 1), []
    for more in (1, 2):
        for _ in range(more):
            raised(world, world.audit(case=world.new_case()))
            made = world.audit(case=world.new_case())
            world.returned_audit(made, A=weak, overall=weak)
        client.get(reverse("start"))
        counts.append(statements(client, reverse("start")))
    assert counts[0] == counts[1]


def test_fifty_audits_take_no_more_statements_than_one(world):
    client, counts = client_of(world.auditor), []
    for more in (1, 2, 47):
        for _ in range(more):
            world.audit(case=world.new_case())
        client.get(reverse("start"))
        counts.append(statements(client, reverse("start")))
    assert counts[0] == counts[1] == counts[2]
