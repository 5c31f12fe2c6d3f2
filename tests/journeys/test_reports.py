"""The QA manager has November's report made, watches it, reads it and takes it away."""

import pytest

from reporting.domain import releasing
from reporting.models import ReportFile
from tests.factories.reporting import programme
from tests.journeys.looking import as_someone_else, assert_sound, sign_in, sound
from tests.journeys.walking import follow, press
from tests.samples import issued_report

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.jobs
def test_a_report_is_asked_for_watched_and_downloaded(page, machine):
    made = programme()
    machine.start_worker()
    machine.start_schedule()
    sign_in(page, made.qa_manager)
    page.get_by_role("link", name="Reports").first.press("Enter")
    page.get_by_role("heading", name="Build a report").wait_for()
    assert_sound(page)
    page.get_by_label("Report for").select_option("2023-11")
    page.get_by_label("With the months from").select_option("2023-05")
    page.get_by_role("button", name="Build the report").press("Enter")
    page.get_by_role("heading", name="The report is ready").wait_for()
    assert_sound(page)
    with page.expect_download() as download:
        page.get_by_text("Download the PDF").click()
    content = download.value.path().read_bytes()
    assert content == bytes(ReportFile.objects.get(kind="pdf").content)
    page.get_by_text("See the figures as a page").click()
    page.get_by_role("heading", name="Audit returns").wait_for()


def test_the_figures_read_as_well_on_a_phone_as_at_a_desk(page, world):
    report = issued_report(world, world.authority)
    sign_in(page, world.qa_manager)
    page.goto(f"/reports/{report.public_id}/")
    page.get_by_role("heading", name="Summary").wait_for()
    assert page.locator("img").first.evaluate("image => image.naturalWidth") > 0
    assert_sound(page)


def test_a_report_is_approved_by_a_second_person_and_read_by_the_committee(page, world):
    report = issued_report(world, world.authority)
    sign_in(page, world.director)
    page.goto(f"/reports/{report.public_id}/")
    follow(page, "Approve it for the committee")
    assert_sound(page)
    press(page, "Approve and release")
    page.get_by_text("It is being printed for its recipients").wait_for()
    releasing.release(report, pdf=b"%PDF released", csv=b"figures")

    as_someone_else(page, world.report_recipient)
    assert_sound(page)
    with page.expect_download() as download:
        page.get_by_text("Download the report (PDF)").click()
    assert download.value.path().read_bytes() == b"%PDF released"
    follow(page, "Are children safe?")
    page.get_by_role("heading", name="Summary").wait_for()
    sound(page, "/reports/", page.url)


def test_months_in_the_wrong_order_are_said_beside_the_form(page):
    sign_in(page, programme().qa_manager)
    page.goto("/reports/")
    page.get_by_label("Report for").select_option("2023-05")
    page.get_by_label("With the months from").select_option("2023-06")
    page.get_by_role("button", name="Build the report").click()
    page.get_by_text("give them the other way round").first.wait_for()
    assert_sound(page)


def test_a_run_without_a_worker_says_what_to_do(page):
    made = programme()
    run = made.request()
    sign_in(page, made.qa_manager)
    page.route("**/reports/runs/**", without_refresh)
    page.goto(f"/reports/runs/{run.public_id}/")
    page.get_by_text("No worker has answered").wait_for()
    assert_sound(page)


def without_refresh(route):
    """The page as it is, which would otherwise look again while it is being examined."""
    answer = route.fetch()
    kept = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=kept)
