"""A head of service finds a child's audit, reads it, and takes the rows away."""

import pytest

from tests.factories.audits import AuditFactory
from tests.journeys.looking import assert_sound, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_audit_is_found_narrowed_down_to_and_opened(page, world):
    reference = world.returned_audit().case.reference
    AuditFactory.create_batch(60, round=world.round, case__team=world.team)
    sign_in(page, world.head_of_service)
    page.goto("/registers/audits/")
    assert_sound(page)
    page.get_by_text("Choose or look for audits").click()
    page.get_by_label("State", exact=True).select_option("returned")
    page.get_by_role("button", name="Show these audits").press("Enter")
    page.get_by_text("1 audit", exact=True).wait_for()
    page.get_by_role("link", name="Standing grade", exact=True).press("Enter")
    assert page.locator("[aria-sort=ascending]").inner_text() == "Standing grade"
    assert_sound(page)
    page.get_by_role("link", name=reference).press("Enter")
    page.wait_for_url("**/returned/")


def test_a_child_is_looked_for_and_the_address_says_nothing_of_it(page, world):
    reference = world.audit().case.reference
    world.audit(case=world.new_case())
    sign_in(page, world.head_of_service)
    page.goto("/registers/cases/")
    page.get_by_text("Choose or look for cases").click()
    page.get_by_label("Case reference or initials").fill(reference)
    page.get_by_role("button", name="Search").press("Enter")
    page.get_by_text("1 case", exact=True).wait_for()
    assert reference not in page.url
    assert_sound(page)
    page.get_by_role("link", name="Remove Search").press("Enter")
    page.get_by_text("2 cases", exact=True).wait_for()


def test_the_audits_behind_a_figure_lead_back_to_the_figures(page, world):
    world.returned_audit()
    sign_in(page, world.head_of_service)
    page.goto(f"/dashboard/?axis=outcome&unit={world.team.public_id}")
    page.locator('main a[href^="/registers/audits/?"]').first.press("Enter")
    page.get_by_role("link", name="Standing grade", exact=True).press("Enter")
    assert_sound(page)
    page.get_by_role("navigation", name="Back").get_by_role("link").press("Enter")
    page.wait_for_url("**/dashboard/**")
    assert page.get_by_label("Service or team").input_value() == str(world.team.public_id)
    assert "axis=outcome" in page.url


def test_rows_are_taken_away_as_a_file(page, world):
    world.audit()
    sign_in(page, world.head_of_service)
    page.goto("/registers/audits/")
    page.get_by_text("Take these rows out as a file").click()
    assert_sound(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_list_with_nothing_in_it_says_so(page, world):
    sign_in(page, world.head_of_service)
    page.goto("/registers/audits/?state=overdue")
    page.get_by_text("Nothing in this list fits all that is chosen.").wait_for()
    assert_sound(page)
