"""Each figure about actions opens the actions behind it, as many as it says."""

import datetime
import re

from django.utils import timezone

from actions.domain import progress
from actions.models import Action
from audits.choices import Grade
from tests.factories.actions import raised
from tests.pages import opened, text_of
from tests.reporting.dashboards import client_of, links_to, page_of

WEAK = (Grade.REQUIRES_IMPROVEMENT, Grade.GOOD)


def for_team(world, unit):
    """An action of this month for a unit, owned by the worker."""
    head, now = world.head_of_service, timezone.now()
    return raised(world, scope="team", case=None, unit=unit, by=head, now=now, due_on=now.date())


def listed(client, address: str) -> int:
    """How many actions the list says it has; as many as it shows."""
    page = text_of(client.get(address))
    told = int(re.search(r"<strong>(\d+) actions?</strong>", page)[1])
    rows = re.search(r"<tbody.*?</tbody>", page, re.S)
    assert told == (rows[0].count("<tr") if rows else 0)
    return told


def fill(world) -> None:
    """Actions for a team in every state before verification and in every band."""
    world.audit()
    for days in (-5, 3, 12, 40, 50):
        action = for_team(world, world.team)
        due = timezone.localdate() - datetime.timedelta(days=days)
        Action.objects.filter(pk=action.pk).update(due_on=due)
    progress.start(action, by=world.practitioner)
    ended = for_team(world, world.second_team)
    progress.finish(ended, evidence="Minutes of 3 March.", by=world.practitioner)


def test_every_figure_about_actions_lists_as_many(world):
    fill(world)
    head = world.head_of_service
    found = dict(links_to(page_of(head), "dashboard_actions"))

    client = client_of(head)

    assert len(found) >= 8
    assert {address: listed(client, address) for address in found} == found


def test_a_list_that_nothing_fits_says_so(world):
    fill(world)
    page = text_of(client_of(world.head_of_service).get("/dashboard/actions/?state=verified"))
    assert "No action fits all that is chosen." in page
    assert "No month has a round yet" not in page


def test_the_way_back_keeps_the_months_and_the_unit(world):
    fill(world)
    client, unit = client_of(world.head_of_service), world.team.public_id
    page = text_of(client.get(f"/dashboard/actions/?unit={unit}&overdue=any"))
    back = re.search(r'govuk-back-link" href="([^"]+)"', page)[1]
    assert back.startswith("/dashboard/?first=")
    assert f"unit={unit}" in back


def test_one_team_lists_its_own(world):
    fill(world)
    head = world.head_of_service
    found = dict(links_to(page_of(head, unit=world.second_team.public_id), "dashboard_actions"))

    client = client_of(head)

    assert set(found.values()) == {1}
    assert {address: listed(client, address) for address in found} == found


def test_what_is_counted_and_not_listed_is_said(world):
    fill(world)
    audit = world.returned_audit(world.audit(case=world.new_case()), A=WEAK)
    response = audit.returns.get().responses.first()
    action = raised(world, case=audit.case)
    response.kind, response.reason, response.action = "open_action", "", action
    response.save()
    page = text_of(opened(world.head_of_service, "dashboard_actions"))
    assert "<strong>7 actions</strong>" in page

    audit.case.restricted_at, audit.case.restricted_by = timezone.now(), world.qa_manager
    audit.case.save()
    page = text_of(opened(world.head_of_service, "dashboard_actions"))

    assert "<strong>6 actions</strong>" in page
    assert "1 more is counted in the figure and not listed" in page


def test_a_director_sees_figures_and_opens_no_rows(world):
    fill(world)

    assert links_to(page_of(world.director), "dashboard_actions") == []
    assert opened(world.director, "dashboard_actions").status_code == 403


def test_before_any_round_there_is_no_list(world):
    assert "No month has a round yet" in text_of(opened(world.qa_manager, "dashboard_actions"))


def test_the_start_page_s_overdue_actions_are_listed(world):
    fill(world)
    start = text_of(opened(world.head_of_service, "start"))
    said = int(re.search(r"(\d+) actions are past their date", start)[1])
    address = re.search(r'href="(/actions/\?[^"]+)"', start)[1].replace("&amp;", "&")

    page = text_of(client_of(world.head_of_service).get(address))

    assert f"{said} actions<" in page
