"""Release: a second person approves an edition, and its recipients can have it.

Approving is a decision and writes at once; the worker then prints the edition once more with who
approved it, and only then is it published (permissions.md rule 6). The figures are those frozen
when it was made.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from kit.exceptions import NotPossible
from reporting.choices import FileKind, ReportStatus
from reporting.domain import doorbell, states
from reporting.domain.publishing import store
from reporting.models import Report
from reporting.models.report import ReportQuerySet
from reporting.permissions import check_report_approve


@transaction.atomic
def approve(report: Report, *, by: User, now: datetime.datetime | None = None) -> Report:
    """Approve an issued edition for its recipients, and ring for a worker.

    Raises Refused ("not_approver", "own_report") and NotPossible ("approve_not_possible",
    "replaced").
    """
    moment = now or timezone.now()
    held = _locked(report)
    check_report_approve(by, held)
    states.REPORT.check(held.status, "approve")
    if not held.is_current:
        raise NotPossible(
            "replaced", "A later edition has replaced this one. Read that one, and approve it."
        )
    held.status, held.approved_at, held.approved_by = ReportStatus.APPROVED, moment, by
    held.approved_as = by.post or by.name
    held.save(update_fields=["status", "approved_at", "approved_by", "approved_as"])
    history.record("report_approved", subject=held, by=by, at=moment, number=held.number)
    transaction.on_commit(doorbell.ring)
    return held


def waiting() -> ReportQuerySet:
    """Approved and not yet printed for release, the longest waiting first."""
    approved = Report.objects.filter(status=ReportStatus.APPROVED)
    return approved.select_related("run__scope").order_by("approved_at", "pk")


@transaction.atomic
def release(
    report: Report, *, pdf: bytes, csv: bytes, now: datetime.datetime | None = None
) -> bool:
    """Publish an approved edition with its files; False when another worker already has.

    Raises CannotBuild when a file is larger than 10 MB.
    """
    moment = now or timezone.now()
    held = _locked(report)
    if held.status != ReportStatus.APPROVED or held.approved_by is None:
        return False
    printed = store(held, FileKind.PDF, pdf, moment, is_released=True)
    sheet = store(held, FileKind.CSV, csv, moment, is_released=True)
    held.status, held.released_at = ReportStatus.PUBLISHED, moment
    held.save(update_fields=["status", "released_at"])
    history.record(
        "report_released",
        subject=held,
        by=held.approved_by,
        at=moment,
        number=held.number,
        pdf_sha256=printed.sha256,
        csv_sha256=sheet.sha256,
    )
    return True


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("run__scope")
    return rows.get(pk=report.pk)
