"""The parts of the product in the bar under the header: only those one may use."""

import datetime

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from auditsite.context import PARTS, frame

START, REGISTERS = ["My work"], ["Audits", "Cases"]
FIGURES = [*START, "Figures", *REGISTERS]


def parts(user):
    request = RequestFactory().get("/actions/")
    request.user = user
    return [link.text for link in frame(request)["parts"]()]


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("practitioner", [*START, *REGISTERS, "Actions"]),
        ("team_manager", [*FIGURES, "Actions"]),
        ("head_of_service", [*FIGURES, "Moderation", "Actions", "Reports"]),
        ("qa_officer", [*FIGURES, "Moderation", "Actions", "Reports"]),
        ("qa_manager", [*FIGURES, "Moderation", "Actions", "Reports", "Import", "Settings"]),
        ("director", [*FIGURES, "Moderation", "Actions", "Reports"]),
        ("report_recipient", [*START, "Reports"]),
        ("administrator", [*START, "People", "Units", "Roles to confirm", "Settings"]),
    ],
)
def test_each_role_is_shown_its_parts(world, role, shown):
    assert parts(getattr(world, role)) == shown


def test_an_external_reviewer_is_shown_what_they_review_until_the_role_ends(world):
    reviewer = world.external_reviewer
    assert parts(reviewer) == [*START, *REGISTERS, "Moderation"]
    reviewer.grants.update(until_on=timezone.localdate() - datetime.timedelta(days=1))
    assert parts(reviewer) == START


@pytest.mark.parametrize(
    "role", ["practitioner", "head_of_service", "qa_manager", "director", "administrator"]
)
def test_every_part_shown_opens(world, role):
    client = Client()
    client.force_login(getattr(world, role))
    shown = parts(getattr(world, role))
    for part in PARTS:
        if part.text in shown:
            assert client.get(reverse(part.url_name)).status_code == 200


def test_the_part_one_is_in_is_marked(world):
    request = RequestFactory().get("/actions/")
    request.user = world.team_manager
    assert [link.text for link in frame(request)["parts"]() if link.current] == ["Actions"]


def test_the_bar_costs_a_role_holder_one_statement(world, django_assert_num_queries):
    user = world.qa_manager
    with django_assert_num_queries(1):
        parts(user)
