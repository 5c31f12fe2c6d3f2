"""A child may be unsafe now: raising it, taking it on, saying what was done."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.telling import told_of
from accounts.requests import SignedInRequest
from audits.choices import SafetyJudgement
from audits.domain import safety, states
from audits.domain.owning import managers_of
from audits.forms import ConcernForm, DoneForm
from audits.models import Audit, SafetyConcern
from audits.permissions import check_safety_concern_acknowledge, check_safety_concern_raise
from audits.views.frame import frame, latest_version, visible_audit
from cases.domain.strip import strips_of
from kit.exceptions import NotPossible

RAISED = "Your concern is raised. Now ring one of the managers below."


@require_http_methods(["GET", "HEAD", "POST"])
def safety_concern_raise(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Tell the managers that a child may be unsafe, and see who has taken it on."""
    audit = visible_audit(request.user, public_id)
    check_safety_concern_raise(request.user, audit)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            safety.raise_concern(
                audit,
                judgement=SafetyJudgement(form.cleaned_data["judgement"]),
                worry=form.cleaned_data["worry"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error("worry", refusal.sentence)
        else:
            messages.success(request, RAISED)
            return redirect("safety_concern_raise", public_id)
    mine = audit.concerns.filter(raised_by=request.user).select_related("acknowledged_by")
    context = frame(request, audit, latest_version(audit)) | {
        "form": form,
        "concerns": mine.order_by("-raised_at"),
        "managers": managers_of(audit, on=timezone.localdate()),
        "is_auditor": audit.auditor_id == request.user.pk,
    }
    return render(request, "audits/concern_raise.html", context)


@require_GET
def safety_concern(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One concern, for the managers who answer for the child."""
    concern = _answerable(request, public_id)
    return _show(request, concern, DoneForm())


@require_POST
def safety_concern_acknowledge(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a concern on: the clock stops."""
    concern = _answerable(request, public_id)
    try:
        safety.acknowledge(concern, by=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.sentence)
    return redirect("safety_concern", public_id)


@require_POST
def safety_concern_settle(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say what was done about a concern."""
    concern = _answerable(request, public_id)
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            safety.settle(
                concern, what_was_done=form.cleaned_data["what_was_done"], by=request.user
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("safety_concern", public_id)
    return _show(request, concern, form)


def _answerable(request: SignedInRequest, public_id: uuid.UUID) -> SafetyConcern:
    concerns = SafetyConcern.objects.visible_to(request.user).select_related(
        "audit__case__team", "audit__team", "raised_by", "acknowledged_by", "settled_by"
    )
    concern = get_object_or_404(concerns, public_id=public_id)
    check_safety_concern_acknowledge(request.user, concern)
    return concern


def _show(request: SignedInRequest, concern: SafetyConcern, form: Any) -> HttpResponse:
    audit: Audit = concern.audit
    today = timezone.localdate()
    waited = (concern.acknowledged_at or timezone.now()) - concern.raised_at
    context = {
        "concern": concern,
        "state": states.concern_state(concern),
        "strip": strips_of([audit.case], on=today)[audit.case.pk],
        "doings": told_of(concern, reader=request.user),
        "minutes": int(waited.total_seconds() // 60),
        "form": form,
    }
    return render(request, "audits/concern.html", context)
