"""The four users' work on the demonstration authority: each page sound, full of a council's rows.

Its pictures are those of README and the guides.
"""

import pytest
from django.core.management import call_command

from accounts.models import User
from reporting import issuing
from reporting.domain import releasing
from reporting.models import Report
from tests.journeys.looking import as_someone_else, assert_sound

pytestmark = [
    pytest.mark.journey,
    pytest.mark.pictures,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def demonstration(transactional_db, tmp_path) -> None:
    """The authority, and November 2023's report on it."""
    call_command("load_demo", verbosity=0)
    months = ("--month", "2023-11", "--from", "2023-05")
    call_command("build_report", "monthly", *months, "--output", str(tmp_path / "report.pdf"))


@pytest.fixture
def look(page, album):
    """Look at a page, and take its picture."""

    def sound_and_taken(name: str, *, height: int) -> None:
        assert_sound(page)
        album.take(page, name, height=height)

    return sound_and_taken


def come(page, name: str) -> None:
    as_someone_else(page, User.objects.get(email=f"{name}@aireborough.example"))
    page.get_by_role("heading", name="Your work today").wait_for()
    page.reload()


def in_row(page, text: str):
    """The link that a row with this text begins with."""
    return page.get_by_role("row").filter(has_text=text).get_by_role("link").first


def auditor(page, look) -> None:
    come(page, "auditor")
    look("auditor-start", height=1000)
    page.get_by_text("What came back to me").wait_for()
    came_back = page.locator("dl.govuk-summary-list a").first.get_attribute("href")
    in_row(page, "In progress").click()
    page.get_by_role("heading", name="Your audit").wait_for()
    look("auditor-overview", height=1050)
    page.get_by_role("link", name="The record: summary").last.click()
    page.get_by_label("What I saw").wait_for()
    look("auditor-section", height=1000)
    page.goto(came_back)
    look("auditor-outcome", height=900)


def officer(page, look) -> None:
    come(page, "qa.officer")
    look("officer-start", height=900)
    page.get_by_role("link", name="Moderation", exact=True).click()
    in_row(page, "of 9").click()
    page.get_by_role("heading", name="Re-grade the record").wait_for()
    look("officer-regrade", height=950)
    page.get_by_role("link", name="My moderations").click()
    in_row(page, "A proposal").click()
    page.get_by_role("heading", name="Compare the grades").wait_for()
    look("officer-compare", height=1100)


def head(page, look) -> None:
    come(page, "head.of.service")
    look("head-start", height=950)
    page.get_by_role("link", name="The figures of my service").click()
    page.get_by_role("heading", name="What needs doing first").wait_for()
    look("dashboard", height=1500)
    page.goto("/registers/audits/?state=returned")
    look("head-register", height=800)


def manager(page, look) -> None:
    come(page, "qa.manager")
    page.get_by_role("link", name="Reports", exact=True).first.click()
    page.get_by_role("heading", name="Build a report").wait_for()
    look("reports", height=960)


def committee(page, look) -> None:
    approver = User.objects.get(email="qa.manager@aireborough.example")
    issuing.release(releasing.approve(Report.objects.get(), by=approver))
    come(page, "committee.officer")
    page.get_by_text("Are children safe?", exact=True).wait_for()
    look("committee-start", height=1050)


def test_the_four_users_pages_are_sound_on_the_demonstration(page, look, demonstration):
    for each in (auditor, officer, head, manager, committee):
        each(page, look)
