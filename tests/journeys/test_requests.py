"""A manager asks to be excused, is refused with a reason, and reads it."""

import pytest
from django.urls import reverse

from audits.choices import ExemptionReason, ExtensionReason
from audits.domain import exempting, extending
from kit.working_days import add_working_days
from tests.journeys.looking import as_someone_else, assert_sound, sign_in, sound, sound_in_error
from tests.journeys.walking import choose, press, without_script, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHY = "Three weeks are not the month. Ask for more time instead."


@pytest.fixture
def asked(world):
    reason = ExemptionReason.REDEPLOYED
    return exempting.ask(world.audit(), reason=reason, by=world.auditor)


def test_a_request_is_refused_by_keyboard_and_the_asker_reads_why(page, world, asked):
    sign_in(page, world.head_of_service)
    page.get_by_role("link", name="To be excused").press("Enter")
    assert_sound(page)
    choose(page, "What do you decide?", 1)
    write(page, "Why do you refuse it?", WHY)
    press(page, "Save your decision")
    page.get_by_text("You refused it.").wait_for()

    as_someone_else(page, world.auditor)
    page.get_by_text(WHY).wait_for()
    assert_sound(page)


def test_more_time_is_given_without_a_script(browser, live_server, world):
    audit = world.audit()
    later, court = add_working_days(audit.due_on, 2), ExtensionReason.COURT_WEEK
    extending.ask(audit, reason=court, new_due_on=later, by=world.auditor)
    with without_script(browser, live_server) as page:
        sign_in(page, world.team_manager)
        page.get_by_role("link", name="More time, until").click()
        page.get_by_label("Yes, grant it").check()
        page.get_by_role("button", name="Save your decision").click()
        page.get_by_text("You granted it.").wait_for()
    audit.refresh_from_db()
    assert audit.due_on == later


def test_the_page_is_sound_in_error_and_once_decided(page, world, asked):
    sign_in(page, world.head_of_service)
    address = reverse("exemption_decision", args=[asked.public_id])
    sound_in_error(page, address, "Save your decision")
    exempting.approve(asked, by=world.head_of_service)
    sound(page, address)
