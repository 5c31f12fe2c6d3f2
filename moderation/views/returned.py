"""Reading a returned audit, version by version, and sending it back with a question.

These pages are here and not with the form, because only moderation knows who still has to judge
the audit blind, and what was moderated.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.telling import told_of
from accounts.models import User
from accounts.requests import SignedInRequest
from audits.domain.reading import contents_of
from audits.forms import SendBackForm
from audits.models import Audit, AuditReturn, SafetyAnswer
from audits.permissions import can_audit_send_back, check_audit_send_back
from audits.views.frame import frame, visible_audit
from kit.exceptions import NotPossible
from moderation.domain import sending_back
from moderation.domain.release import is_released
from moderation.models import Moderation
from moderation.permissions import can_moderation_view_outcome, check_returned_audit_read


@require_GET
def audit_returned(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The version in force, as it was returned."""
    audit = visible_audit(request.user, public_id)
    check_returned_audit_read(request.user, audit)
    version = audit.returns.in_force().first()
    if version is None:
        return redirect("audit_overview", public_id)
    return _show(request, audit, version)


@require_GET
def audit_version(request: SignedInRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Any version that was returned, as it was then."""
    audit = visible_audit(request.user, public_id)
    check_returned_audit_read(request.user, audit)
    version = audit.returns.filter(version=number, returned_at__isnull=False).first()
    if version is None:
        raise Http404
    return _show(request, audit, version)


@require_http_methods(["GET", "HEAD", "POST"])
def audit_send_back(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send a returned audit back to its auditor with a question."""
    audit = visible_audit(request.user, public_id)
    check_audit_send_back(request.user, audit)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sending_back.send_back(audit, reason=form.cleaned_data["reason"], by=request.user)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "The audit went back to its auditor with your question.")
            return redirect("start")
    context = frame(request, audit, None) | {"form": form}
    return render(request, "audits/send_back.html", context)


def _show(request: SignedInRequest, audit: Audit, version: AuditReturn) -> HttpResponse:
    version.audit = audit
    domains = list(audit.round.tool_version.domains.all())
    sent_back = version.sent_back_at is not None
    context: dict[str, Any] = frame(request, audit, version) | {
        "contents": contents_of(version, domains),
        "contributions": version.contributions.order_by("pk"),
        "safety": SafetyAnswer.objects.filter(audit_return=version).first(),
        "others": audit.returns.filter(returned_at__isnull=False).exclude(pk=version.pk),
        "doings": told_of(audit, reader=request.user),
        "is_released": is_released(version),
        "moderation": _settled(request.user, version),
        "may_send_back": not sent_back and can_audit_send_back(request.user, audit),
    }
    return render(request, "audits/returned.html", context)


def _settled(user: User, version: AuditReturn) -> Moderation | None:
    """What the moderation of this version came to, where it is settled and theirs to read."""
    held = Moderation.objects.filter(
        audit_return=version, withdrawn_at=None, settled_at__isnull=False
    ).first()
    return held if held and can_moderation_view_outcome(user, held) else None
