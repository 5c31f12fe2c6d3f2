"""`manage.py build_report`: the report from the command line, and a sentence for what is wrong."""

import io
import os
import pathlib
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.domain.people import system_user
from reporting.choices import FileKind
from reporting.domain import leases, workers
from reporting.models import ReportFile, ReportRun
from tests.factories.accounts import UserFactory
from tests.factories.reporting import programme

pytestmark = pytest.mark.django_db
NOVEMBER = ["monthly", "--month", "2023-11"]


def build(*options: str) -> str:
    said = io.StringIO()
    call_command("build_report", *NOVEMBER, *options, stdout=said, stderr=said)
    return said.getvalue()


def printed() -> ReportFile:
    return ReportFile.objects.get(kind=FileKind.PDF)


def test_command_issues_the_report_and_writes_the_file(tmp_path):
    made = programme()
    said = build("--output", str(tmp_path / "report.pdf"), "--by", made.qa_manager.email)
    assert (tmp_path / "report.pdf").read_bytes() == bytes(printed().content)
    assert f"Issued as MR-2023-11/1; it is on the Reports page and in {tmp_path}" in said
    assert printed().sha256 in said
    assert ReportRun.objects.get().requested_by == made.qa_manager
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_same_request_gives_the_same_edition_again():
    programme()
    first = build()
    assert build().splitlines()[-1] == first.splitlines()[-1]
    assert ReportRun.objects.get().requested_by == system_user()


def test_as_at_now_gives_the_next_edition():
    programme()
    build("--as-at", "now")
    assert "edition 2" in build("--as-at", "now")


def test_another_moment_waits_for_the_edition_in_the_making():
    made = programme()
    made.request()
    with pytest.raises(CommandError, match="as at 8 December 2023, 06:00, is being made"):
        build("--as-at", "2023-12-01T06:00", "--no-wait")
    assert "edition 2, as at 1 December 2023, 06:00" in build("--as-at", "2023-12-01T06:00")
    assert ReportRun.objects.filter(published_at__isnull=False).count() == 2


def test_as_at_is_londons_time_unless_it_says_otherwise():
    programme()
    workers.leave_sign()
    said = build("--as-at", "2023-07-06T06:00", "--from", "2023-06", "--no-wait")
    assert "as at 6 July 2023, 06:00" in said
    assert ReportRun.objects.get().as_at.isoformat() == "2023-07-06T05:00:00+00:00"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["weekly"], "“weekly” is no kind of report: write monthly."),
        (["monthly"], "Say which month: --month 2023-11."),
        ([*NOVEMBER[:2], "2023-13"], "“2023-13” is not a month: write the year and the month"),
        ([*NOVEMBER[:2], "2022-03"], "choose a month from May 2023 to November 2023"),
        ([*NOVEMBER, "--from", "2023-12"], "choose a month from May 2023"),
        (["monthly", "--month", "2023-06", "--from", "2023-11"], "the other way round"),
        ([*NOVEMBER, "--from", "May"], "“May” is not a month"),
        ([*NOVEMBER, "--as-at", "2023-05-01T08:00"], "The first audit of May to November 2023"),
        ([*NOVEMBER, "--as-at", "2999-01-01T08:00"], "is still to come"),
        ([*NOVEMBER, "--as-at", "2023-12-06"], "write date and time as 2023-12-06T06:00"),
        ([*NOVEMBER, "--as-at", "soon"], "“soon” is not a moment"),
        ([*NOVEMBER, "--as-at", "9999-12-31T23:59-12:00"], "is not a moment"),
        ([*NOVEMBER, "--by", "no.one@example.org"], "Nobody with the address no.one@example.org"),
        ([*NOVEMBER, "--output", "/no/such/folder/x.pdf"], "choose a folder that exists"),
        ([*NOVEMBER, "--output", "/"], "is a folder"),
        ([*NOVEMBER, "--output", "x.pdf", "--no-wait"], "leave out --no-wait"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_nothing(options, sentence):
    programme()
    with pytest.raises(CommandError) as refusal:
        call_command("build_report", *options)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not ReportRun.objects.exists()


def test_person_who_may_not_ask_is_told_so():
    programme()
    with pytest.raises(CommandError, match="Only a QA manager"):
        build("--by", UserFactory().email)


def test_empty_database_says_how_to_begin():
    with pytest.raises(CommandError, match="load_demo"):
        build()


def test_failure_is_told_by_its_sentence(monkeypatch):
    monkeypatch.setattr("reporting.issuing.RENDER_MB", 64)
    programme()
    with pytest.raises(CommandError, match="MB"):
        build()


def test_request_without_a_worker_says_how_to_start_one(monkeypatch):
    monkeypatch.setattr("reporting.management.commands.build_report.ANSWER_SECONDS", 0)
    programme()
    assert "No worker is listening" in build("--no-wait")


def test_request_with_a_worker_says_where_to_look():
    programme()
    workers.leave_sign()
    assert "See the Reports page" in build("--no-wait")


def test_busy_worker_counts_as_listening():
    programme().request()
    assert not workers.is_listening()
    assert leases.claim_next()
    assert workers.is_listening()


def test_mistake_ends_the_process_with_one_line_and_code_1(tmp_path):
    wrong = subprocess.run(
        [sys.executable, "manage.py", "build_report", "monthly", "--month", "11/2023"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"AUDITSITE_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
    )
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr == (
        "CommandError: “11/2023” is not a month: write the year and the month as 2023-11.\n"
    )


def test_file_that_cannot_be_replaced_stays_as_it_was(tmp_path):
    programme()
    kept = pathlib.Path(tmp_path, "report.pdf")
    kept.write_text("the last edition")
    with pytest.raises(CommandError):
        build("--as-at", "2999-01-01T08:00", "--output", str(kept))
    assert kept.read_text() == "the last edition"
