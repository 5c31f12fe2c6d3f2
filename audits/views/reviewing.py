"""External reviewers: who looks at which round until when."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from audits.domain import reviewing
from audits.forms import ReviewerForm
from audits.models import ReviewerAssignment
from audits.permissions import check_round_create
from kit.exceptions import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: SignedInRequest) -> HttpResponse:
    """Who reviews a round now, and letting somebody do so."""
    check_round_create(request.user)
    form = ReviewerForm(request.POST if request.method == "POST" else None)
    if carry_out(form, lambda said: reviewing.assign_reviewer(**said, by=request.user)):
        messages.success(request, f"{form.cleaned_data['reviewer']} can look at the round now.")
        return redirect("reviewers")
    context = {
        "form": form,
        "assignments": ReviewerAssignment.objects.in_force(timezone.localdate()).select_related(
            "reviewer", "round"
        ),
    }
    return render(request, "audits/reviewers.html", context)


@require_POST
def reviewer_end(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """End it at once."""
    check_round_create(request.user)
    assignment = get_object_or_404(ReviewerAssignment, public_id=public_id)
    try:
        reviewing.end_assignment(assignment, by=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{assignment.reviewer} sees nothing of the round any more.")
    return redirect("reviewers")
