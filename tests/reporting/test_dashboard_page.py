"""The dashboard's page: whose figures, which choices, and charts for who was shown them."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from audits.choices import Grade
from audits.models import Round
from kit.months import add_months
from tests.factories.accounts import UserFactory
from tests.factories.moderation import assigned
from tests.pages import asks_again
from tests.reporting.dashboards import charts_on, client_of, page_of, statements

DASHBOARD = "/dashboard/"
SEE = ("team_manager", "service_manager", "head_of_service", "qa_officer", "qa_manager", "director")
SEE_NONE = ("practitioner", "report_recipient", "administrator", "information_governance")


@pytest.fixture
def two_services(world):
    """A returned audit in each service."""
    world.returned_audit()
    case = world.new_case(world.care_team)
    world.returned_audit(world.audit(case=case, auditor=world.team_manager))
    return world


@pytest.mark.parametrize("role", SEE)
def test_those_who_answer_for_units_see_figures_of_theirs(two_services, role):
    page = page_of(getattr(two_services, role))
    everything = role in ("qa_officer", "qa_manager", "director")
    assert ("2 of 2 scheduled audits" in page) == everything
    assert ("1 of 1 scheduled audits" in page) != everything


@pytest.mark.parametrize("role", SEE_NONE)
def test_others_are_refused_without_a_figure(two_services, role):
    answer = client_of(getattr(two_services, role)).get(DASHBOARD)
    assert answer.status_code == 403
    assert b"scheduled audits" not in answer.content


def test_an_auditor_without_a_unit_sees_their_own_audits_alone(two_services):
    auditor = UserFactory()
    case = two_services.new_case()
    two_services.returned_audit(two_services.audit(case=case, auditor=auditor))
    page = page_of(auditor)
    assert "My own audits" in page
    assert "1 of 1 scheduled audits" in page
    assert 'name="unit"' not in page


def test_only_units_in_reach_are_offered(two_services):
    page = page_of(two_services.head_of_service)
    assert "Assessment Team 1" in page
    assert "Care Team 1" not in page
    assert "Children in care" not in page


@pytest.mark.parametrize("unit", ["care_service", "care_team", "authority"])
def test_a_unit_out_of_reach_is_not_found(two_services, unit):
    asked = {"unit": getattr(two_services, unit).public_id}
    client = client_of(two_services.head_of_service)
    assert client.get(DASHBOARD, asked).status_code == 404
    assert client.get(DASHBOARD, {"unit": two_services.team.public_id}).status_code == 200


@pytest.mark.parametrize("unit", ["7", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_no_unit_of_that_name_is_not_found(two_services, unit):
    assert client_of(two_services.director).get(DASHBOARD, {"unit": unit}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "1999-01"}, "Choose from the list: First month."),
        ({"axis": "care"}, "Choose from the list: Grades for."),
        ({"last": "' or 1=1"}, "Choose from the list: Last month."),
    ],
)
def test_what_is_not_offered_is_refused_with_a_sentence(two_services, asked, said):
    answer = client_of(two_services.director).get(DASHBOARD, asked)
    assert asks_again(answer)
    assert said in answer.content.decode()


def test_months_in_the_wrong_order_are_refused_with_a_sentence(world):
    earlier = world.monthly_round(add_months(world.round.month, -1))
    asked = {"first": f"{world.round.month:%Y-%m}", "last": f"{earlier.month:%Y-%m}"}
    answer = client_of(world.director).get(DASHBOARD, asked)
    assert asks_again(answer)
    assert b"choose them in order" in answer.content


def test_before_any_round_the_page_says_what_to_do(world):
    page = page_of(world.director)
    assert "no round of monthly audits has been opened" in page
    assert "There is a problem" not in page


def test_the_period_is_the_last_twelve_months_that_have_a_round(world):
    months = [add_months(world.round.month, -step) for step in range(1, 14)]
    for month in months:
        world.monthly_round(month)
    page = page_of(world.director)
    assert f'<option value="{months[10]:%Y-%m}" selected>' in page


def test_an_audit_still_to_be_moderated_blind_is_not_counted(world):
    moderation = assigned(world)
    page = page_of(moderation.moderator)
    assert "0 of 0 scheduled audits" in page
    assert "1 audit is not counted" in page
    assert "1 of 1 scheduled audits" in page_of(world.qa_manager)


def test_the_chosen_axis_decides_which_grades_are_shown(world):
    pair = (Grade.GOOD, Grade.INADEQUATE)
    world.returned_audit(A=pair, overall=pair)
    assert "1 of 1 audit stands at Good or better, 0 at Inadequate" in page_of(world.director)
    assert "at Good or better, 1 at Inadequate" in page_of(world.director, axis="outcome")


def test_a_chart_is_served_to_who_was_shown_it_and_to_nobody_else(two_services):
    mine, other = two_services.head_of_service, two_services.other_head_of_service
    chart = charts_on(page_of(mine, axis="practice"))[0]
    answer = client_of(mine).get(chart)
    assert answer["Content-Type"] == "image/svg+xml"
    assert client_of(other).get(chart).status_code == 404
    assert client_of(two_services.practitioner).get(chart).status_code == 403
    assert Client().get(chart).status_code == 302


def test_a_chart_that_another_process_drew_is_drawn_again(two_services):
    chart = charts_on(page_of(two_services.head_of_service))[0]
    first = client_of(two_services.head_of_service).get(chart).content
    cache.clear()
    assert client_of(two_services.head_of_service).get(chart).content == first


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-45T99:99", "2026-01-01T00:00:00", ""])
def test_a_moment_that_is_none_finds_no_chart(two_services, moment):
    address = reverse("dashboard_chart", args=["0" * 64])
    assert client_of(two_services.director).get(address, {"at": moment}).status_code == 404


def test_a_director_sees_figures_and_opens_no_rows(two_services):
    assert "/registers/audits/?first" not in page_of(two_services.director)
    assert "/registers/audits/?first" in page_of(two_services.head_of_service)


def test_more_audits_take_no_more_statements(world):
    client = client_of(world.person("Hal Head", Role.HEAD_OF_SERVICE, world.protection_service))
    weak = (Grade.INADEQUATE, Grade.INADEQUATE)
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            case = world.new_case()
            world.returned_audit(world.audit(case=case), A=weak, overall=weak)
        client.get(DASHBOARD)
        counts.append(statements(client, DASHBOARD))
    assert len(set(counts)) == 1


def test_qa_sees_a_child_at_inadequate_once_the_sample_is_closed(world):
    weak = (Grade.INADEQUATE, Grade.INADEQUATE)
    world.returned_audit(A=weak, overall=weak)
    assert world.case.reference in page_of(world.head_of_service)
    assert world.case.reference not in page_of(world.qa_manager)
    closed = {"sample_closed_at": world.round.created_at, "sample_closed_by": world.qa_manager}
    Round.objects.update(**closed)
    assert world.case.reference in page_of(world.qa_manager)
    assert world.case.reference not in page_of(world.qa_officer)
