"""Reports that were issued: the list, and an edition's files."""

import uuid

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import Unit, User
from accounts.permissions import holds
from accounts.requests import SignedInRequest
from kit.months import long_date, moment_text, period_text
from kit.tables import Cell, Column, Row, Table
from reporting.choices import FileKind
from reporting.domain.start.recipient import published_reports
from reporting.forms import BuildForm
from reporting.models import Report, ReportFile, ReportRun
from reporting.models.run import SEES
from reporting.permissions import can_report_build, can_report_download_published
from reporting.views.figures import received_report, visible_report

CONTENT_TYPES = {FileKind.PDF: "application/pdf", FileKind.CSV: "text/csv; charset=utf-8"}

PUBLISHED = (
    Column("Report"),
    Column("Number"),
    Column("Figures as at"),
    Column("Published"),
    Column("PDF", numeric=True),
    Column("Figures (CSV)", numeric=True),
)
COLUMNS = (
    Column("Report"),
    Column("Edition", numeric=True),
    Column("Figures as at"),
    Column("Issued"),
    Column("Status"),
    Column("PDF", numeric=True),
    Column("Figures (CSV)", numeric=True),
)


@require_GET
def reports(request: SignedInRequest) -> HttpResponse:
    """Reports that were issued, those being made, and the form that asks for one."""
    return list_reports(request, BuildForm())


def list_reports(request: SignedInRequest, form: BuildForm) -> HttpResponse:
    """The list with a form as it was filled in."""
    root = Unit.objects.filter(parent__isnull=True).first()
    context = {
        "form": form if root and can_report_build(request.user, root) else None,
        "runs": ReportRun.objects.visible_to(request.user).unfinished(),
        "table": _issued(request),
        "sees_drafts": holds(request.user, *SEES),
        "receives": can_report_download_published(request.user),
        "published": _published(request.user),
    }
    return render(request, "reporting/reports.html", context)


@require_GET
def report_file(request: SignedInRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """An edition's PDF or CSV as it was issued."""
    return _sent(visible_report(request.user, public_id), kind, is_released=False)


@require_GET
def published_report_file(
    request: SignedInRequest, public_id: uuid.UUID, kind: str
) -> HttpResponse:
    """A published edition's PDF or CSV as its recipients have it."""
    return _sent(received_report(request.user, public_id), kind, is_released=True)


def _sent(edition: Report, kind: str, *, is_released: bool) -> HttpResponse:
    file = get_object_or_404(ReportFile, report=edition, kind=kind, is_released=is_released)
    response = HttpResponse(bytes(file.content), content_type=CONTENT_TYPES[FileKind(file.kind)])
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _published(user: User) -> Table | None:
    """What this person receives, the newest first; an edition that a later one corrects says so."""
    rows = []
    for line in published_reports(user):
        edition, period = line.report, line.period
        files = {file.kind: file for file in edition.files.all() if file.is_released}
        rows.append(
            Row(
                (
                    Cell(period, href=reverse("published_report", args=[edition.public_id])),
                    Cell(edition.number, aside=line.replaced),
                    moment_text(edition.run.as_at),
                    long_date(edition.released_at) if edition.released_at else "",
                    *(
                        _file_cell(files[kind], edition, period, "published_report_file")
                        if kind in files
                        else ""
                        for kind in FileKind
                    ),
                )
            )
        )
    title = "Published reports, the newest first"
    return Table(title, PUBLISHED, rows, stacks=True, title_hidden=True) if rows else None


def _issued(request: SignedInRequest) -> Table | None:
    editions = (
        Report.objects.visible_to(request.user)
        .defer("figures", "narrative")
        .select_related("run")
        .prefetch_related(Prefetch("files", ReportFile.objects.defer("content")))
        .order_by("-run__last_month", "-run__published_at")
    )
    rows = [_row(edition) for edition in editions]
    title = "Reports issued, the newest first"
    return Table(title, COLUMNS, rows, stacks=True, title_hidden=True) if rows else None


def _row(edition: Report) -> Row:
    run = edition.run
    period = period_text(run.first_month, run.last_month)
    issued = moment_text(run.published_at) if run.published_at else ""
    drafts = [file for file in edition.files.all() if not file.is_released]
    files = {file.kind: _file_cell(file, edition, period) for file in drafts}
    return Row(
        (
            Cell(period, href=reverse("report", args=[edition.public_id])),
            run.edition if edition.is_current else Cell(run.edition, aside="(replaced)"),
            moment_text(run.as_at),
            issued,
            edition.get_status_display(),
            files.get(FileKind.PDF, ""),
            files.get(FileKind.CSV, ""),
        )
    )


def _file_cell(file: ReportFile, edition: Report, period: str, route: str = "report_file") -> Cell:
    address = reverse(route, args=[edition.public_id, file.kind])
    which = f"{file.get_kind_display()} of {period}, edition {edition.run.edition}"
    return Cell("Download", aside=f"{_in_kilobytes(file.size)} KB", href=address, hidden=which)


def _in_kilobytes(size: int) -> int:
    return max(1, round(size / 1024))
