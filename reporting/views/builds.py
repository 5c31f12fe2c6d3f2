"""Having a report made: asking for it, and watching it being made."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.telling import told_of
from accounts.domain.units import authority
from accounts.requests import SignedInRequest
from kit.exceptions import NotPossible
from reporting.choices import ReportKind, RequestSource
from reporting.domain import requesting, workers
from reporting.domain.progress import progress_of
from reporting.forms import BuildForm
from reporting.models import Report, ReportRun
from reporting.permissions import check_report_build
from reporting.views.editions import list_reports

LOOK_AGAIN_SECONDS = "2"


@require_POST
def report_build(request: SignedInRequest) -> HttpResponse:
    """Ask for a report as at now, and go to its progress."""
    scope = authority()
    check_report_build(request.user, scope)
    form = BuildForm(request.POST)
    if not form.is_valid():
        return list_reports(request, form)
    try:
        run = requesting.request_report(
            kind=ReportKind.MONTHLY,
            last_month=form.cleaned_data["last_month"],
            first_month=form.cleaned_data["first_month"],
            scope=scope,
            as_at=timezone.now(),
            by=request.user,
            source=RequestSource.PERSON,
        )
    except NotPossible as refusal:
        form.add_error("first_month", refusal.sentence)
        return list_reports(request, form)
    return redirect("report_run", run.public_id)


@require_GET
def report_run(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a run has come; the page looks again by itself until the run has ended."""
    run = get_object_or_404(ReportRun.objects.visible_to(request.user), public_id=public_id)
    waiting = not (run.published_at or run.failed_at)
    context = {
        "run": run,
        "waiting": waiting,
        "doings": told_of(run, reader=request.user),
        "progress": None if run.failed_at else progress_of(run),
        "nobody_listens": waiting and not workers.is_listening(),
        "report": Report.objects.visible_to(request.user).filter(run=run).first(),
    }
    response = render(request, "reporting/run.html", context)
    if waiting:
        response.headers["Refresh"] = LOOK_AGAIN_SECONDS
    return response
