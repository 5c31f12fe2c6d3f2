"""Somebody opens a case; information governance finds out who, and they see it of themselves."""

import pytest

from tests.journeys.looking import as_someone_else, assert_sound, sign_in, sound, sound_in_error

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_look_is_found_by_its_case_and_by_its_person(page, world):
    audit = world.returned_audit()
    reference = audit.case.reference
    sign_in(page, world.team_manager)
    page.goto(f"/audits/{audit.public_id}/returned/")
    page.get_by_text("What was done here, by whom and when").click()
    page.get_by_text("Amira Auditor returned version 1 of the audit.").wait_for()
    assert_sound(page)
    as_someone_else(page, world.information_governance)
    page.get_by_role("link", name="Who looked", exact=True).press("Enter")
    assert_sound(page)
    page.get_by_label("Case reference").fill(reference)
    page.get_by_role("button", name="Find the case").press("Enter")
    page.get_by_role("heading", name="Who looked at this case").wait_for()
    assert reference not in page.url
    assert_sound(page)
    page.get_by_role("link", name="Tess Manager").first.press("Enter")
    page.get_by_role("heading", name="What they looked at").wait_for()
    assert_sound(page)


def test_what_looks_odd_and_the_thresholds_are_sound(page, world):
    sign_in(page, world.information_governance)
    sound(page, "/who-looked/odd/")
    page.get_by_role("link", name="Change what counts as odd").press("Enter")
    page.get_by_label("Children opened one by one on a day").fill("12")
    page.get_by_role("button", name="Save what counts as odd").press("Enter")
    page.get_by_text("What counts as odd is changed.").wait_for()
    assert_sound(page)
    sound_in_error(page, "/who-looked/", "Find the case")


def test_everyone_finds_their_own_record_at_the_foot_of_each_page(page, world):
    audit = world.returned_audit()
    sign_in(page, world.auditor)
    page.goto(f"/audits/{audit.public_id}/returned/")
    page.get_by_role("link", name="What you did and looked at").press("Enter")
    page.get_by_text("You returned version 1 of the audit.").wait_for()
    assert_sound(page)
    page.get_by_role("link", name="See what you looked at").press("Enter")
    page.get_by_text("Returned audit").first.wait_for()
    assert_sound(page)
