"""After signing out nothing of a case is left in the browser, whichever way one goes back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.looking import sign_in
from tests.samples import SAMPLES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def assert_asks_to_sign_in(page, private):
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert private not in page.content()


def test_going_back_after_signing_out_shows_nothing(world, page):
    shown = reverse("audit_returned", kwargs=SAMPLES["returned:in"](world))
    private = "Visits of 3 and 17 March."
    sign_in(page, world.qa_manager)
    page.goto(shown)
    expect(page.get_by_text(private).first).to_be_visible()
    page.goto(reverse("actions"))
    page.get_by_role("button", name="Sign out").click()
    assert_asks_to_sign_in(page, private)
    for _ in range(2):
        page.go_back()
        assert_asks_to_sign_in(page, private)
    page.go_forward()
    assert_asks_to_sign_in(page, private)
    page.goto(shown)
    assert_asks_to_sign_in(page, private)


def test_signing_out_in_one_tab_ends_the_other(world, page):
    sign_in(page, world.qa_manager)
    page.goto(reverse("actions"))
    other = page.context.new_page()
    other.goto(reverse("start"))
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    assert_asks_to_sign_in(page, world.qa_manager.name)
