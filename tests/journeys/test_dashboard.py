"""A head of service begins with what needs them, reads the figures and opens the audits behind."""

import datetime

import pytest
from django.utils import timezone

from actions.models import Action
from audits.choices import Grade, SafetyJudgement
from audits.domain import safety
from moderation.domain import re_audits
from tests.factories.actions import raised
from tests.factories.moderation import assigned
from tests.journeys.looking import assert_sound, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

INADEQUATE = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)


def fill(world) -> None:
    """Something for every part of the pages."""
    bad = world.returned_audit(world.audit(), A=INADEQUATE, overall=INADEQUATE)
    re_audits.schedule(bad, by=world.qa_manager)
    for _ in range(2):
        world.returned_audit(world.audit(case=world.new_case()))
    waiting = world.audit(case=world.new_case())
    check = SafetyJudgement.CHECK_TODAY
    safety.raise_concern(waiting, judgement=check, worry="Nobody at home.", by=world.auditor)
    raised(world)


def test_from_the_start_page_to_the_figures_and_the_audits_behind_them(page, world):
    fill(world)
    sign_in(page, world.head_of_service)
    page.get_by_role("heading", name="A child may be unsafe").wait_for()
    assert_sound(page)
    page.get_by_role("link", name="The figures of my service").press("Enter")
    page.get_by_role("heading", name="What needs doing first").wait_for()
    picture = page.locator("img").first
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert_sound(page)
    page.get_by_label("Grades for").select_option("outcome")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**axis=outcome**")
    page.get_by_role("link", name="3 returned audits of").first.click()
    page.get_by_role("heading", name="Audits").first.wait_for()
    assert page.locator("tbody tr").count() == 3


def test_the_actions_behind_a_figure_are_sound_listed_chosen_and_none(page, world):
    fill(world)
    head, now = world.head_of_service, timezone.now()
    late = raised(
        world, scope="team", case=None, unit=world.team, by=head, now=now, due_on=now.date()
    )
    Action.objects.filter(pk=late.pk).update(due_on=now.date() - datetime.timedelta(days=3))
    sign_in(page, world.head_of_service)
    page.goto("/dashboard/")
    page.get_by_role("link", name="See overdue actions").press("Enter")
    page.get_by_role("heading", name="Actions behind the figures").wait_for()
    assert page.locator("tbody tr").count() == 1
    assert_sound(page)
    page.get_by_label("State").select_option(label="Verified")
    page.get_by_role("button", name="Show these actions").press("Enter")
    page.get_by_text("No action fits all that is chosen.").wait_for()
    assert_sound(page)
    page.get_by_role("link", name="Figures").last.press("Enter")
    page.get_by_role("heading", name="What needs doing first").wait_for()


def test_the_figures_say_why_they_are_empty_and_what_is_wrong(page, world):
    sign_in(page, world.head_of_service)
    page.goto("/dashboard/")
    page.get_by_text("no round of monthly audits has been opened").wait_for()
    assert_sound(page)
    assert world.round
    page.goto("/dashboard/")
    assert_sound(page)


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        ("auditor", "My audits"),
        ("second_qa_officer", "Quality assurance"),
        ("report_recipient", "Published reports"),
        ("administrator", "Administrator"),
    ],
)
def test_start_pages_empty_and_full(page, world, role, heading):
    sign_in(page, getattr(world, role))
    page.get_by_role("heading", name=heading, exact=True).wait_for()
    assert_sound(page)
    fill(world)
    assigned(world, world.returned_audit(world.audit(case=world.new_case())).returns.get())
    page.reload()
    assert_sound(page)
