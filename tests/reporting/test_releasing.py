"""Release: approved by a second person, printed once more by the worker, then had by recipients."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, User
from kit.exceptions import NotPossible
from reporting import issuing
from reporting.choices import FileKind, ReportStatus
from reporting.domain import doorbell, releasing
from reporting.models import Report, ReportFile
from tests.factories.accounts import RoleGrantFactory
from tests.factories.reporting import programme
from tests.pages import opened, sent, text_of
from tests.samples import issued_report, published_report

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def draft(world) -> Report:
    return issued_report(world, world.authority)


def test_an_edition_is_approved_by_another_than_had_it_made(world, draft):
    with pytest.raises(Refused, match="someone else approves it"):
        releasing.approve(draft, by=world.qa_manager)

    approved = releasing.approve(draft, by=world.director)

    assert (approved.status, approved.approved_as) == (ReportStatus.APPROVED, "Director")
    assert not Report.objects.published_for(world.report_recipient).exists()


def test_what_is_approved_is_not_approved_again(world, draft):
    releasing.approve(draft, by=world.director)

    with pytest.raises(NotPossible, match="being printed for release"):
        releasing.approve(draft, by=world.director)


def test_a_replaced_edition_is_not_approved(world, draft):
    Report.objects.update(is_current=False)

    with pytest.raises(NotPossible, match="later edition has replaced"):
        releasing.approve(draft, by=world.director)


def test_the_worker_prints_it_again_with_who_approved_it(tmp_path):
    made = programme()
    director = RoleGrantFactory(unit=made.root, role=Role.DIRECTOR, user__post="Director").user
    run = made.request()
    issuing.work()
    releasing.approve(run.report, by=director)

    issuing.work()

    path = tmp_path / "released.pdf"
    kept = ReportFile.objects.get(kind=FileKind.PDF, is_released=True)
    path.write_bytes(bytes(kept.content))
    assert "Approved by Director on" in PdfReader(path).pages[0].extract_text()
    assert Report.objects.get().status == ReportStatus.PUBLISHED
    assert HistoryEntry.objects.filter(verb="report_released").count() == 1


def test_a_second_worker_releases_nothing(world, draft):
    releasing.approve(draft, by=world.director)

    first = releasing.release(draft, pdf=b"%PDF", csv=b"figures")
    second = releasing.release(draft, pdf=b"other", csv=b"other")

    assert (first, second) == (True, False)
    kept = ReportFile.objects.get(kind=FileKind.PDF, is_released=True)
    assert bytes(kept.content) == b"%PDF"


def test_a_release_that_cannot_be_printed_is_tried_again(world, draft, caplog):
    Report.objects.update(figures={})
    releasing.approve(draft, by=world.director)

    issuing.work()

    draft.refresh_from_db()
    assert draft.status == ReportStatus.APPROVED
    assert "to be tried again" in caplog.text


def test_the_page_says_what_approving_means_and_does_it(world, draft):
    page = text_of(opened(world.director, "report_approve", draft.public_id))
    assert "not for a public website" in page

    assert sent(world.director, "report_approve", draft.public_id).status_code == 302

    again = text_of(sent(world.director, "report_approve", draft.public_id))
    assert "There is a problem" in again
    assert "It is being printed" in text_of(opened(world.director, "report", draft.public_id))


def test_who_had_it_made_reads_that_someone_else_approves_it(world, draft):
    page = text_of(opened(world.qa_manager, "report", draft.public_id))

    assert "someone else approves it" in page
    assert reverse("report_approve", args=[draft.public_id]) not in page


def test_recipients_reach_what_is_published_and_no_draft(world):
    published = published_report(world, world.authority)
    draft = issued_report(world, world.care_service)
    recipient = world.report_recipient

    page = text_of(opened(recipient, "published_report", published.public_id))
    listed = text_of(opened(recipient, "reports"))

    assert "approved by Director" in page
    assert reverse("published_report", args=[published.public_id]) in listed
    assert "Issued to officers" not in listed
    for name in ("published_report", "report"):
        assert opened(recipient, name, draft.public_id).status_code == 404
    for kind in ("pdf", "csv"):
        assert opened(recipient, "report_file", published.public_id, kind).status_code == 404
        assert opened(recipient, "published_report_file", draft.public_id, kind).status_code == 404


def test_a_team_manager_receives_no_reports(world):
    published = published_report(world, world.authority)

    assert opened(world.team_manager, "published_report", published.public_id).status_code == 403


def test_who_approved_it_as_what_is_written_down_and_a_worker_is_rung_for(
    world, draft, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=world.director.pk).update(post="")
    director = User.objects.get(pk=world.director.pk)
    with django_capture_on_commit_callbacks() as callbacks:
        approved = releasing.approve(draft, by=director)

    assert callbacks == [doorbell.ring]
    assert (approved.approved_by, approved.approved_as) == (director, director.name)
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.by, entry.facts) == (
        "report_approved",
        director,
        {"number": draft.number},
    )


def test_the_release_is_the_approvers_in_the_history_with_both_files(world, draft):
    releasing.approve(draft, by=world.director)
    releasing.release(draft, pdf=b"%PDF", csv=b"figures")

    draft.refresh_from_db()
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.by, entry.at) == (
        "report_released",
        world.director,
        draft.released_at,
    )
    files = {kept.kind: kept.sha256 for kept in ReportFile.objects.filter(is_released=True)}
    assert (entry.facts["pdf_sha256"], entry.facts["csv_sha256"]) == (files["pdf"], files["csv"])


def test_what_was_approved_first_is_printed_first(world, draft):
    second = issued_report(world, world.care_service)
    assert not releasing.waiting().exists()
    now = timezone.now()
    for report, earlier in ((draft, 1), (second, 2)):
        releasing.approve(report, by=world.director, now=now - earlier * HOUR)

    assert list(releasing.waiting()) == [second, draft]


def test_a_draft_is_not_released(draft):
    assert releasing.release(draft, pdf=b"%PDF", csv=b"figures") is False
    assert not ReportFile.objects.filter(is_released=True).exists()
