"""Asking for more time, and saying that one can't do an audit."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from audits.choices import ExemptionReason, ExtensionReason
from audits.domain import exempting, extending
from audits.forms import ExemptionForm, ExtensionForm
from audits.models import Audit
from audits.permissions import check_audit_edit
from audits.views.frame import frame, latest_version, visible_audit
from kit.exceptions import NotPossible
from kit.working_days import due_when


@require_http_methods(["GET", "HEAD", "POST"])
def audit_extension(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a later due date."""
    audit = _own_audit(request, public_id)
    posted = request.POST if request.method == "POST" else None
    form = ExtensionForm(posted, due_on=audit.due_on, today=timezone.localdate())
    if form.is_valid():
        try:
            extending.ask(
                audit,
                reason=ExtensionReason(form.cleaned_data["reason"]),
                new_due_on=form.new_due_on(),
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error("day" if refusal.reason == "not_later" else None, refusal.sentence)
        else:
            messages.success(
                request, "You asked for more time. Until it is decided, the day stays."
            )
            return redirect("audit_overview", public_id)
    return _show(request, audit, form, "audits/extension.html")


@require_http_methods(["GET", "HEAD", "POST"])
def audit_exemption(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask to be excused from the audit."""
    audit = _own_audit(request, public_id)
    form = ExemptionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            exempting.ask(
                audit,
                reason=ExemptionReason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "You asked to be excused. Until it is decided, it is yours.")
            return redirect("audit_overview", public_id)
    return _show(request, audit, form, "audits/exemption.html")


def _own_audit(request: SignedInRequest, public_id: uuid.UUID) -> Audit:
    audit = visible_audit(request.user, public_id)
    check_audit_edit(request.user, audit)
    return audit


def _show(request: SignedInRequest, audit: Audit, form: Any, template: str) -> HttpResponse:
    context = frame(request, audit, latest_version(audit)) | {
        "form": form,
        "due": due_when(audit.due_on, timezone.localdate()),
    }
    return render(request, template, context)
