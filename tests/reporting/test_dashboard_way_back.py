"""A list opened from a figure leads back to the figures, as they were filtered."""

import html
import re

import pytest
from django.urls import reverse

from audits.choices import Axis
from audits.filters import FiguresBefore, figures_before
from tests.factories.registers import table_of
from tests.pages import text_of
from tests.reporting.dashboards import client_of, links_to, page_of

UNIT = "0b0f6f4e-8d0c-4a36-9f0a-3f5c2b1a7e55"
BACK = re.compile(r'class="govuk-back-link" href="([^"]*)">([^<]*)<')


def way_back(answer) -> str:
    """Where the page's back link leads; "" without one."""
    found = BACK.search(answer.content.decode())
    return html.unescape(found[1]) if found else ""


def opened_from_figures(world, client, **filters):
    """The first list of audits that such a dashboard leads to, and the dashboard's own address."""
    world.returned_audit()
    head = world.head_of_service
    month = f"{world.round.month:%Y-%m}"
    codes = {"first": month, "last": month, "unit": str(head.grants.get().unit.public_id)}
    codes |= {"axis": "practice"} | filters
    address, _ = links_to(page_of(head, **codes), "audit_register")[0]
    query = "&".join(f"{name}={codes[name]}" for name in ("first", "last", "unit", "axis"))
    return client.get(address), f"{reverse('dashboard')}?{query}"


@pytest.mark.parametrize("axis", Axis.values)
def test_the_register_leads_back_to_the_figures_it_was_opened_from(world, axis):
    client = client_of(world.head_of_service)
    unit = str(world.team.public_id)
    answer, dashboard = opened_from_figures(world, client, axis=axis, unit=unit)
    assert way_back(answer) == dashboard
    back = text_of(client.get(dashboard))
    assert re.search(rf'value="{unit}"[^>]* selected', back)
    assert re.search(rf'value="{axis}"[^>]* (selected|checked)', back)


def test_what_the_list_leaves_out_is_said_above_the_rows_that_a_figure_opens(world):
    client = client_of(world.head_of_service)
    answer, _ = opened_from_figures(world, client)
    note = "Audits of restricted cases count in the figures."
    page = text_of(answer)
    assert page.index(note) < page.index("<table")
    nothing = text_of(client.get(f"{answer.wsgi_request.get_full_path()}&state=exempted"))
    assert "<table" not in nothing
    assert note in nothing
    itself = text_of(client.get(reverse("audit_register")))
    assert itself.index("<table") < itself.index(note)


def test_sorting_filtering_searching_and_turning_the_page_keep_the_way_back(world):
    client = client_of(world.head_of_service)
    answer, dashboard = opened_from_figures(world, client)
    page = html.unescape(answer.content.decode())
    code = re.search(r'name="figures" value="([^"]+)"', page)[1]
    sorts = re.findall(r'href="(\?[^"]*sort=[^"]*)"', page)
    removes = re.findall(r'href="(/registers/audits/[^"]*)">Remove', page)
    assert sorts
    assert removes
    for address in (*(f"{reverse('audit_register')}{sort}" for sort in sorts), *removes):
        assert way_back(client.get(address)) == dashboard, address
    searched = client.post(f"{reverse('audit_register_search')}?figures={code}", {"text": "zzz"})
    assert way_back(client.get(searched["Location"])) == dashboard


def test_showing_the_whole_list_keeps_the_way_back(world):
    code = FiguresBefore("2026-01", "2026-02", "practice").code
    client = client_of(world.head_of_service)
    world.audit()
    nothing = client.get(reverse("audit_register"), {"state": "late", "figures": code})
    whole = re.search(r'href="([^"]*)">show the whole list', nothing.content.decode())[1]
    assert len(table_of(client.get(html.unescape(whole)))) == 1
    assert way_back(client.get(html.unescape(whole))).endswith("last=2026-02&axis=practice")


def test_an_error_in_the_filters_keeps_the_way_back(world):
    code = FiguresBefore("2026-01", "2026-02", "practice", UNIT).code
    client = client_of(world.head_of_service)
    answer = client.get(reverse("audit_register"), {"state": "nothing", "figures": code})
    assert way_back(answer).startswith(f"{reverse('dashboard')}?first=2026-01")


def test_a_list_opened_by_itself_has_no_way_back(world):
    assert way_back(client_of(world.head_of_service).get(reverse("audit_register"))) == ""


@pytest.mark.parametrize(
    "code",
    [
        "https://elsewhere.test/",
        "//elsewhere.test",
        "javascript:alert(1)",
        "2026-01.2026-02.practice.//elsewhere.test",
        f"2026-01.2026-02.practice.{UNIT}&next=//elsewhere.test",
        f"2026-01.2026-02.practice.{UNIT}\n",
        "2026-01.2026-02.neither",
        "2026-1.2026-02.practice",
        "２０２６-01.2026-02.practice",
        f"2026-01.2026-02.practice.{UNIT.upper()}",
        "",
    ],
)
def test_nothing_but_such_a_code_leads_anywhere(world, code):
    assert figures_before(code) is None
    answer = client_of(world.head_of_service).get(reverse("audit_register"), {"figures": code})
    assert answer.status_code == 200
    assert way_back(answer) == ""
    assert "elsewhere.test" not in answer.content.decode()


def test_a_code_is_read_as_it_was_written():
    for figures in (
        FiguresBefore("2025-12", "2026-11", "outcome", UNIT),
        FiguresBefore("2025-12", "2026-11", "practice"),
    ):
        assert figures_before(figures.code) == figures


def test_a_unit_out_of_reach_is_not_found_on_the_way_back(world):
    client = client_of(world.head_of_service)
    code = FiguresBefore("2026-01", "2026-02", "practice", str(world.care_team.public_id)).code
    back = way_back(client.get(reverse("audit_register"), {"figures": code}))
    assert client.get(back).status_code == 404


def test_ones_own_audits_lead_back_to_ones_own_figures(world):
    auditor = world.person("Ann Auditor", None, world.care_team)
    world.returned_audit(world.audit(case=world.new_case(), auditor=auditor))
    client = client_of(auditor)
    address, _ = links_to(page_of(auditor, axis="outcome"), "audit_register")[0]
    back = way_back(client.get(address))
    assert back.endswith("&axis=outcome")
    assert "unit=" not in back
    assert client.get(back).status_code == 200


def test_actions_lead_back_to_the_axis_too(world):
    world.returned_audit()
    client = client_of(world.head_of_service)
    answer = client.get(reverse("dashboard_actions"), {"axis": "outcome"})
    assert "axis=outcome" in way_back(answer)
    assert 'name="axis" value="outcome"' in text_of(answer)
