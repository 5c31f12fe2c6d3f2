"""How a run ends: published with its files, or failed with a sentence.

Both are fenced: only the claim that still holds the lease ends the run, in one transaction.
"""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from reporting.choices import FileKind, RunStage
from reporting.domain.editions import file_name
from reporting.domain.leases import Claimed
from reporting.exceptions import CannotBuild, LostLease
from reporting.models import Report, ReportFile
from reporting.models.report_file import LARGEST_FILE

SENTENCE_LENGTH = 300


@transaction.atomic
def publish(
    claimed: Claimed,
    report: Report,
    *,
    pdf: bytes,
    csv: bytes,
    now: datetime.datetime | None = None,
) -> None:
    """Issue the edition: its files are stored, it becomes the current one, history says so.

    Raises LostLease, and nothing is kept, unless this claim holds the lease. Raises CannotBuild
    when a file is larger than 10 MB.
    """
    moment = now or timezone.now()
    _end(claimed, moment, published_at=moment, stage=RunStage.PUBLISHED)
    printed = store(report, FileKind.PDF, pdf, moment)
    sheet = store(report, FileKind.CSV, csv, moment)
    Report.objects.filter(period_key=report.period_key, is_current=True).update(is_current=False)
    Report.objects.filter(pk=report.pk).update(is_current=True)
    history.record(
        "report_issued",
        subject=report,
        by=claimed.run.requested_by,
        at=moment,
        number=report.number,
        first_month=claimed.run.first_month,
        last_month=claimed.run.last_month,
        as_at=claimed.run.as_at,
        pdf_sha256=printed.sha256,
        csv_sha256=sheet.sha256,
        chain_position=report.chain_position,
    )


@transaction.atomic
def fail(claimed: Claimed, sentence: str, *, now: datetime.datetime | None = None) -> None:
    """End the run without an edition; `sentence` says what to do. Raises LostLease."""
    moment = now or timezone.now()
    _end(
        claimed,
        moment,
        failed_at=moment,
        failure=sentence[:SENTENCE_LENGTH],
        stage=RunStage.FAILED,
    )
    run = claimed.run
    history.record("report_failed", subject=run, by=run.requested_by, at=moment, claim=run.claim)


def _end(claimed: Claimed, moment: datetime.datetime, **ending: object) -> None:
    held = claimed.row.filter(lease_until__gte=moment)
    if not held.update(lease_until=None, **ending):
        raise LostLease


def store(
    report: Report,
    kind: FileKind,
    content: bytes,
    moment: datetime.datetime,
    *,
    is_released: bool = False,
) -> ReportFile:
    """Keep a file of an edition. Raises CannotBuild when it is larger than 10 MB."""
    if len(content) > LARGEST_FILE:
        raise CannotBuild(
            f"The {kind.label} is larger than 10 MB: choose fewer months, or a part of the "
            "organisation."
        )
    return ReportFile.objects.create(
        report=report,
        kind=kind,
        is_released=is_released,
        name=file_name(report.run, kind),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        stored_at=moment,
    )
