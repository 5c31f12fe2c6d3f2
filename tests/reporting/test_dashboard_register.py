"""Each figure opens the audits behind it, and the list has as many rows as the figure says."""

import re

from audits.choices import ExemptionReason, Grade
from audits.domain import exempting
from kit.months import add_months
from tests.reporting.dashboards import client_of, links_to, page_of

INADEQUATE = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)
OUTSTANDING = (Grade.OUTSTANDING, Grade.GOOD)


def counted(client, address: str) -> int:
    """How many rows the list says it has."""
    page = client.get(address)
    assert page.status_code == 200, address
    rows = re.search(rb"<tbody.*?</tbody>", page.content, re.S)
    return rows[0].count(b"<tr") if rows else 0


def fill(world) -> None:
    """Returned, exempted and outstanding audits of two teams, with four pairs of grades."""
    world.returned_audit(A=INADEQUATE, overall=INADEQUATE)
    for team, pair in ((world.team, OUTSTANDING), (world.second_team, INADEQUATE)):
        audit = world.audit(case=world.new_case(team))
        world.returned_audit(audit, A=pair, overall=pair)
    world.audit(case=world.new_case())
    waiting = world.audit(case=world.new_case(world.second_team))
    asked = exempting.ask(waiting, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    exempting.approve(asked, by=world.qa_manager)


def test_every_linked_figure_lists_as_many_audits(world):
    fill(world)
    head = world.head_of_service
    found = dict(links_to(page_of(head), "audit_register"))
    assert len(found) > 25
    client = client_of(head)
    wrong = {
        address: (number, rows)
        for address, number in found.items()
        if (rows := counted(client, address)) != number
    }
    assert wrong == {}


def test_the_outcome_axis_and_one_team_list_their_own(world):
    fill(world)
    head = world.head_of_service
    page = page_of(head, unit=world.second_team.public_id, axis="outcome")
    client = client_of(head)
    for address, number in links_to(page, "audit_register"):
        assert counted(client, address) == number, address


def test_one_month_lists_that_month_alone(world):
    fill(world)
    earlier = world.monthly_round(add_months(world.round.month, -1))
    world.returned_audit(world.audit(case=world.new_case(), in_round=earlier))
    head = world.head_of_service
    client = client_of(head)
    links = links_to(page_of(head), "audit_register")
    one_month = [link for link in links if f"last={earlier.month:%Y-%m}" in link[0]]
    assert one_month
    assert all(counted(client, address) == number for address, number in one_month)


def test_qa_opens_grades_once_every_sample_is_closed(world):
    fill(world)
    assert "practice=1" not in page_of(world.qa_officer)
    closed = {"sample_closed_at": world.round.created_at, "sample_closed_by": world.qa_manager}
    type(world.round).objects.update(**closed)
    page = page_of(world.qa_officer)
    assert "practice=1" in page
    client = client_of(world.qa_officer)
    for address, number in links_to(page, "audit_register"):
        assert counted(client, address) == number, address


def test_own_figures_list_own_audits(world):
    auditor = world.person("Ann Auditor", None, world.care_team)
    world.returned_audit(world.audit(case=world.new_case(), auditor=auditor))
    world.returned_audit()
    links = links_to(page_of(auditor), "audit_register")
    assert links
    client = client_of(auditor)
    assert all("mine=yes" in address for address, _ in links)
    assert all(counted(client, address) == number for address, number in links)
