"""What the database refuses of report runs, editions and their files."""

import datetime

import pytest

from accounts.domain.people import system_user
from reporting.choices import FileKind, ReportKind, ReportStatus, RequestSource
from reporting.models import Report, ReportFile, ReportRun, ReportSettings, WorkerSign
from reporting.models.report_file import LARGEST_FILE
from tests.constraints import Broken, constraints_of, named_by
from tests.factories.accounts import UnitFactory
from tests.factories.reporting import NOVEMBER, NOW, frozen

OCTOBER, DECEMBER = datetime.date(2023, 10, 1), datetime.date(2023, 12, 1)
SECOND_DAY = NOVEMBER.replace(day=2)
DONE = {"published_at": NOW}


def run(**values) -> ReportRun:
    given = {
        "kind": ReportKind.MONTHLY,
        "first_month": NOVEMBER,
        "last_month": NOVEMBER,
        "scope": UnitFactory(),
        "edition": 1,
        "as_at": NOW,
        "source": RequestSource.PERSON,
        "requested_at": NOW,
        "requested_by": system_user(),
    }
    return ReportRun.objects.create(**given | values)


def report() -> Report:
    made = frozen(run(published_at=NOW))
    made.is_current = True
    made.save()
    return made


def file() -> ReportFile:
    return ReportFile.objects.create(
        report=frozen(run()),
        kind=FileKind.PDF,
        name="report.pdf",
        content=b"%PDF-",
        sha256="0" * 64,
        size=5,
        stored_at=NOW,
    )


def sign() -> WorkerSign:
    return WorkerSign.objects.create(seen_at=NOW)


def scheduled() -> ReportRun:
    return run(source=RequestSource.SCHEDULE, published_at=NOW)


def next_run(first: Report) -> ReportRun:
    return run(scope=first.run.scope, edition=2)


BROKEN = [
    Broken("run_first_month_first_day", run, {"first_month": SECOND_DAY, "last_month": DECEMBER}),
    Broken("run_last_month_first_day", run, {"last_month": SECOND_DAY}),
    Broken("run_months_in_order", run, {"last_month": OCTOBER}),
    Broken("run_edition_once", run, DONE, twice=True, unless={"edition": 2}),
    Broken("run_one_unfinished", run, {"edition": 2}, twice=True, unless=DONE),
    Broken(
        "run_scheduled_once",
        scheduled,
        {"edition": 2},
        twice=True,
        unless={"source": RequestSource.PERSON},
    ),
    Broken("run_published_or_failed", run, DONE | {"failed_at": NOW, "failure": "No disk."}),
    Broken("run_failed_with_words", run, {"failed_at": NOW}),
    Broken(
        "report_one_current_edition",
        report,
        {"run": next_run, "number": "2"},
        twice=True,
        unless={"is_current": False},
    ),
    Broken(
        "report_number_once",
        report,
        {"run": next_run, "is_current": False},
        twice=True,
        unless={"number": "2"},
    ),
    Broken("report_approved", report, {"approved_at": NOW, "status": ReportStatus.APPROVED}),
    Broken("report_status_is_its_moments", report, {"status": ReportStatus.APPROVED}),
    Broken("report_status_is_its_moments", report, {"status": ReportStatus.PUBLISHED}),
    Broken("report_status_is_its_moments", report, {"released_at": NOW}),
    Broken("report_file_once", file, twice=True, unless={"is_released": True}),
    Broken("report_file_size", file, {"size": LARGEST_FILE + 1}),
    Broken("reporting_one_row", ReportSettings.objects.create, {"id": 2}),
    Broken("reporting_issue_day", ReportSettings.objects.create, {"issue_day": 0}),
    Broken("reporting_issue_day", ReportSettings.objects.create, {"issue_day": 29}),
    Broken("reporting_issue_hour", ReportSettings.objects.create, {"issue_hour": 24}),
    Broken("worker_sign_one_row", sign, {"id": 2}),
]


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_the_database_refuses(db, broken):
    broken.check()


def test_every_constraint_is_tried():
    assert named_by(BROKEN) == constraints_of("reporting")
