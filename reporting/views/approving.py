"""Approving an edition for its recipients."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.exceptions import NotPossible
from reporting.domain import releasing, workers
from reporting.permissions import check_report_approve
from reporting.printing.edition import period_line
from reporting.views.figures import visible_report


@require_http_methods(["GET", "HEAD", "POST"])
def report_approve(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say what approving means, and do it."""
    edition = visible_report(request.user, public_id)
    check_report_approve(request.user, edition)
    refusal = ""
    if request.method == "POST":
        try:
            releasing.approve(edition, by=request.user)
        except NotPossible as refused:
            refusal = refused.sentence
        else:
            messages.success(request, "You approved the report. It is printed for its recipients.")
            return redirect("report", public_id)
    context = {
        "report": edition,
        "period": period_line(edition),
        "refusal": refusal,
        "nobody_listens": not workers.is_listening(),
    }
    return render(request, "reporting/approve.html", context)
