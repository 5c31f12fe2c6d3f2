"""Where an audit stands, what to do next, and starting it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.telling import told_of
from accounts.requests import SignedInRequest
from audits.choices import RoundKind
from audits.domain import asked, drafting, independence, states
from audits.domain.background import background_of
from audits.domain.overview import overview_of
from audits.forms import StartForm
from audits.models import Audit, AuditReturn, AuditSettings, SafetyConcern
from audits.permissions import check_audit_edit, check_audit_view_draft
from audits.views.frame import frame, href_of, latest_version, look_back_of, section_links
from audits.views.frame import visible_audit as audit_of
from kit.exceptions import NotPossible
from kit.working_days import due_when

TEMPLATE = "audits/overview.html"


@require_GET
def audit_overview(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Before the start: what to know. Then: the sections. After the return: reading it."""
    audit = audit_of(request.user, public_id)
    version = latest_version(audit)
    if version and version.returned_at:
        return redirect("audit_returned", audit.public_id)
    check_audit_view_draft(request.user, audit)
    independence.check_auditor(audit, on=timezone.localdate())
    return _render(request, audit, version, _start_form(audit))


@require_POST
def audit_start(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open the first draft and go to the first section."""
    audit = audit_of(request.user, public_id)
    check_audit_edit(request.user, audit)
    form = _start_form(audit, request.POST)
    if not form.is_valid():
        return _render(request, audit, latest_version(audit), form)
    try:
        draft = drafting.start(audit, by=request.user)
    except NotPossible:
        # Started a moment ago, in another window or by a second press: carry on there.
        return redirect("audit_overview", audit.public_id)
    return redirect(href_of(audit, overview_of(draft).to_carry_on()))


def _render(
    request: SignedInRequest, audit: Audit, version: AuditReturn | None, form: StartForm
) -> HttpResponse:
    today = timezone.localdate()
    context = frame(request, audit, version) | {
        "form": form,
        "state": states.state_of(audit),
        "due": due_when(audit.due_on, today),
        "look_back": look_back_of(audit, version),
        "background": background_of(audit, user=request.user, on=today),
        "background_first": audit.round.kind == RoundKind.RE_AUDIT,
        "doings": told_of(audit, reader=request.user),
        "asked": asked.requests_of(audit),
        "concern": _open_concern(request, audit),
        **_progress(audit, version),
    }
    return render(request, TEMPLATE, context)


def _open_concern(request: SignedInRequest, audit: Audit) -> SafetyConcern | None:
    """The last one that the auditor raised and that is not settled."""
    mine = audit.concerns.filter(raised_by=request.user, settled_at__isnull=True)
    return mine.select_related("acknowledged_by").order_by("-raised_at").first()


def _progress(audit: Audit, version: AuditReturn | None) -> dict[str, Any]:
    if version is None:
        return {}
    overview = overview_of(version)
    earlier = audit.returns.filter(sent_back_at__isnull=False).order_by("-version").first()
    return {
        "overview": overview,
        "sections": section_links(audit, overview),
        "carry_on": href_of(audit, overview.to_carry_on()),
        "sent_back": earlier,
    }


def _start_form(audit: Audit, data: Any = None) -> StartForm:
    months = AuditSettings.objects.in_use().independence_months
    return StartForm(data, standing=audit.standing, months=months)
