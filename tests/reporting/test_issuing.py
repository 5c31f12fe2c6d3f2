"""The worker's loop: claims, leases, fenced publishing, and how a run ends."""

import datetime
import hashlib

import pytest

from accounts.models import HistoryEntry
from reporting import issuing
from reporting.choices import FileKind, RunStage
from reporting.domain import editions, leases, publishing
from reporting.exceptions import CannotBuild, LostLease
from reporting.models import Report, ReportFile, ReportRun
from reporting.models.report_file import LARGEST_FILE
from tests.factories.reporting import NOW, frozen, issue, programme, seconds_later

pytestmark = pytest.mark.django_db
LEASE = 60
OCTOBER = datetime.date(2023, 10, 1)


@pytest.fixture(autouse=True)
def known_seconds(settings):
    settings.LEASE_SECONDS, settings.RECONCILER_SECONDS = LEASE, 30


def test_run_is_claimed_by_one_worker():
    run = programme().request()
    claimed = leases.claim_next(now=NOW)
    assert (claimed.run, claimed.claim, claimed.run.stage) == (run, 1, RunStage.COUNTING)
    assert leases.claim_next(now=seconds_later(LEASE)) is None


def test_run_of_a_silent_worker_is_claimed_again():
    programme().request()
    leases.claim_next(now=NOW)
    assert leases.claim_next(now=seconds_later(LEASE + 1)).claim == 2


def test_worker_that_saw_the_run_before_another_claimed_it_does_not_get_it():
    run = programme().request()
    seen = ReportRun.objects.get()
    leases.claim(run, now=NOW)
    assert leases.claim(seen, now=seconds_later(LEASE + 1)) is None


def test_heartbeat_holds_the_run_for_another_lease():
    programme().request()
    claimed = leases.claim_next(now=NOW)
    leases.heartbeat(claimed, now=seconds_later(50))
    assert leases.claim_next(now=seconds_later(LEASE + 1)) is None


def test_worker_that_lost_its_lease_is_told_at_its_next_beat():
    programme().request()
    stale = leases.claim_next(now=NOW)
    leases.claim_next(now=seconds_later(LEASE + 1))
    with pytest.raises(LostLease):
        leases.heartbeat(stale, now=seconds_later(LEASE + 2))


def test_pulse_beats_only_when_a_beat_is_due(settings):
    programme().request()
    stale = leases.claim_next(now=NOW)
    stale.row.update(claim=2)
    settings.HEARTBEAT_SECONDS = 10
    pulse = leases.Pulse(stale)
    pulse()
    settings.HEARTBEAT_SECONDS = 0
    with pytest.raises(LostLease):
        pulse()


def test_stale_worker_cannot_publish():
    run = programme().request()
    stale = leases.claim_next(now=NOW)
    report = frozen(run)
    later = seconds_later(LEASE + 1)
    fresh = leases.claim_next(now=later)
    with pytest.raises(LostLease):
        publishing.publish(stale, report, pdf=b"old", csv=b"old", now=later)
    assert not ReportFile.objects.exists()
    publishing.publish(fresh, report, pdf=b"new", csv=b"new", now=later)
    assert bytes(ReportFile.objects.get(kind=FileKind.PDF).content) == b"new"


def test_worker_whose_lease_ran_out_cannot_publish_though_nobody_took_it():
    run = programme().request()
    claimed = leases.claim_next(now=NOW)
    with pytest.raises(LostLease):
        publishing.publish(claimed, frozen(run), pdf=b"", csv=b"", now=seconds_later(LEASE + 1))
    assert not ReportFile.objects.exists()


def test_issued_edition_keeps_its_bytes_with_their_hash():
    run = programme().request()
    issue(run)
    printed = run.report.files.get(kind=FileKind.PDF)
    assert (printed.size, printed.sha256) == (5, hashlib.sha256(b"%PDF-").hexdigest())
    assert printed.name == "monthly-report-2023-05-to-2023-11-edition-1.pdf"
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.facts["pdf_sha256"]) == ("report_issued", printed.sha256)


def test_next_edition_replaces_the_current_one():
    made = programme()
    issue(made.request())
    later = seconds_later(3600)
    issue(made.request(as_at=later, now=later), now=later)
    assert list(Report.objects.filter(is_current=True).values_list("number", flat=True)) == [
        "MR-2023-11/2"
    ]


def test_file_over_the_limit_is_refused_whole():
    run = programme().request()
    claimed = leases.claim_next(now=NOW)
    with pytest.raises(CannotBuild, match="10 MB"):
        publishing.publish(claimed, frozen(run), pdf=bytes(LARGEST_FILE + 1), csv=b"", now=NOW)
    assert ReportRun.objects.get().published_at is None


def test_second_worker_finds_the_report_of_the_first():
    made = programme()
    run = made.request()
    first = editions.freeze(run)
    assert first.figures["returns"]["months"][0]["counts"]["planned"] == 2
    made.tool.rounds.first().audits.update(allocated_at=seconds_later(1))
    assert editions.freeze(run) == first
    assert editions.freeze(run).figures == first.figures


def test_report_is_counted_printed_and_issued():
    programme().request()
    assert issuing.work() == 1
    run = ReportRun.objects.get()
    assert (run.stage, run.failure, run.report.is_current) == (RunStage.PUBLISHED, "", True)
    assert bytes(run.report.files.get(kind=FileKind.PDF).content).startswith(b"%PDF-")
    assert run.report.files.filter(kind=FileKind.CSV).exists()
    assert issuing.work() == 0


def test_run_that_fails_three_times_says_what_went_wrong(monkeypatch, settings):
    monkeypatch.setattr(issuing, "RENDER_SECONDS", 0)
    settings.RECONCILER_SECONDS = 0
    run = programme().request()
    for _ in range(issuing.MOST_TRIES):
        assert run.failed_at is None
        issuing.attempt(leases.claim(run))
    run.refresh_from_db()
    assert (run.stage, run.failed_at is not None) == (RunStage.FAILED, True)
    assert "was not finished within 0 seconds" in run.failure
    assert HistoryEntry.objects.last().verb == "report_failed"


def test_run_is_tried_again_after_a_pause(monkeypatch):
    monkeypatch.setattr(issuing, "RENDER_SECONDS", 0)
    run = programme().request()
    issuing.attempt(leases.claim(run))
    run.refresh_from_db()
    assert (run.stage, leases.claim(run)) == (RunStage.WAITING, None)


def test_what_trying_again_cannot_mend_fails_at_once(monkeypatch):
    monkeypatch.setattr(issuing, "RENDER_MB", 1)
    run = programme().request()
    issuing.attempt(leases.claim(run))
    run.refresh_from_db()
    assert run.failed_at
    assert "MB" in run.failure


def test_run_that_takes_its_worker_down_each_time_ends():
    run = programme().request()
    ReportRun.objects.update(claim=issuing.MOST_CLAIMS)
    run.refresh_from_db()
    issuing.attempt(leases.claim(run))
    run.refresh_from_db()
    assert run.failure == issuing.WORN_OUT


def test_the_run_that_has_waited_longest_is_claimed_first():
    made = programme()
    older, newer = made.request(), made.request(first_month=OCTOBER, now=seconds_later(-1))
    ReportRun.objects.filter(pk=older.pk).update(requested_at=seconds_later(-2))

    assert [leases.claim_next(now=NOW).run for _ in range(2)] == [older, newer]
    assert leases.claim_next(now=NOW) is None


def test_a_claimed_run_is_held_for_a_lease_and_says_how_far_it_is():
    run = programme().request()
    claimed = leases.claim(run, now=NOW)
    assert (run.lease_until, run.heartbeat_at) == (seconds_later(LEASE), NOW)

    leases.enter(claimed, RunStage.PRINTING, now=seconds_later(9))

    run.refresh_from_db()
    assert (run.stage, run.heartbeat_at) == (RunStage.PRINTING, seconds_later(9))
    assert run.lease_until == seconds_later(LEASE + 9)


def test_a_run_that_is_let_go_waits_for_a_pause():
    run = programme().request()
    leases.let_go(leases.claim(run, now=NOW), now=NOW)

    run.refresh_from_db()
    assert (run.stage, run.lease_until) == (RunStage.WAITING, seconds_later(30))
    assert leases.claim(run, now=seconds_later(30)) is None
    assert leases.claim(run, now=seconds_later(31)).claim == 2


def test_a_run_is_published_up_to_the_end_of_its_lease_and_held_no_more():
    run = programme().request()
    claimed = leases.claim(run, now=NOW)
    last = seconds_later(LEASE)
    publishing.publish(claimed, frozen(run), pdf=b"%PDF-", csv=b"month", now=last)

    run.refresh_from_db()
    assert (run.published_at, run.stage, run.lease_until) == (last, RunStage.PUBLISHED, None)
    with pytest.raises(LostLease):
        publishing.fail(claimed, "Ask again.", now=last)


def test_a_failed_run_keeps_its_sentence_and_is_in_the_history():
    run = programme().request()
    publishing.fail(leases.claim(run, now=NOW), "x" * 301, now=NOW)

    run.refresh_from_db()
    assert (run.failed_at, run.stage, run.failure) == (NOW, RunStage.FAILED, "x" * 300)
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id, entry.by) == (
        "report_failed",
        run.public_id,
        run.requested_by,
    )
    assert entry.facts == {"claim": 1}


def test_history_says_what_was_issued():
    run = programme().request()
    issue(run)

    entry = HistoryEntry.objects.last()
    sheet = run.report.files.get(kind=FileKind.CSV)
    assert (entry.subject_id, entry.by, entry.at) == (run.report.public_id, run.requested_by, NOW)
    assert {name: entry.facts[name] for name in ("number", "first_month", "last_month")} == {
        "number": "MR-2023-11/1",
        "first_month": "2023-05-01",
        "last_month": "2023-11-01",
    }
    assert entry.facts["csv_sha256"] == sheet.sha256 == hashlib.sha256(b"month").hexdigest()
    assert entry.facts["as_at"] == run.as_at.isoformat()


def test_only_the_same_period_and_scope_are_replaced():
    made = programme()
    issue(made.request())
    issue(made.request(first_month=OCTOBER))
    issue(made.request(scope=made.team))
    assert Report.objects.filter(is_current=True).count() == 3


def test_a_file_of_the_largest_size_is_kept():
    run = programme().request()
    kept = publishing.store(frozen(run), FileKind.CSV, bytes(LARGEST_FILE), NOW)
    assert (kept.size, kept.is_released, kept.stored_at) == (LARGEST_FILE, False, NOW)


def test_an_edition_is_named_by_its_months_and_number():
    run = programme().request()
    assert editions.number(run) == "MR-2023-11/1"
    assert editions.title(run) == "Case-file audits: monthly report, May to November 2023"
    assert editions.period_key(run) == f"monthly:2023-05:2023-11:{run.scope.public_id}"
    assert editions.file_name(run, FileKind.CSV).endswith("-edition-1.csv")
