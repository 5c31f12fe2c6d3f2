"""Deciding what somebody asked about an audit: more time, or to be excused."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from audits.domain import asked, exempting, extending, states
from audits.forms import DecisionForm
from audits.models import Exemption, Extension
from audits.permissions import check_audit_extend, check_decides_exemption
from cases.domain.strip import strips_of
from kit.working_days import due_when, working_days_between

ALONG = ("audit__round", "audit__case__team", "audit__auditor", "requested_by")


@require_http_methods(["GET", "HEAD", "POST"])
def extension_decision(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give more time for an audit, or refuse it."""
    found = Extension.objects.visible_to(request.user).select_related(*ALONG)
    held = get_object_or_404(found, public_id=public_id)
    check_audit_extend(request.user, held)
    form = _form(request)
    if _decided(request, held, form, approve=extending.approve, refuse=extending.refuse):
        return redirect("start")
    more = {
        "days": working_days_between(held.old_due_on, held.new_due_on),
        "state": states.EXTENSION.words[states.extension_state(held)],
    }
    return _show(request, held, form, "audits/extension_decision.html", more)


@require_http_methods(["GET", "HEAD", "POST"])
def exemption_decision(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Excuse an audit, or refuse it."""
    found = Exemption.objects.visible_to(request.user).select_related(*ALONG)
    held = get_object_or_404(found, public_id=public_id)
    check_decides_exemption(request.user, held)
    form = _form(request)
    if _decided(request, held, form, approve=exempting.approve, refuse=exempting.refuse):
        return redirect("start")
    more = {"state": states.EXEMPTION.words[states.exemption_state(held)]}
    return _show(request, held, form, "audits/exemption_decision.html", more)


def _form(request: SignedInRequest) -> DecisionForm:
    return DecisionForm(request.POST if request.method == "POST" else None)


def _decided(
    request: SignedInRequest,
    held: asked.Request,
    form: DecisionForm,
    *,
    approve: Callable[..., object],
    refuse: Callable[..., object],
) -> bool:
    """Whether the form was sent whole and the verb took it."""

    def decide(said: dict[str, Any]) -> object:
        if form.is_granted:
            return approve(held, by=request.user)
        return refuse(held, because=said["because"], by=request.user)

    if not carry_out(form, decide):
        return False
    answer = "granted" if form.is_granted else "refused"
    messages.success(request, f"You {answer} it. Whoever asked sees it on their first page.")
    return True


def _show(
    request: SignedInRequest,
    held: asked.Request,
    form: DecisionForm,
    template: str,
    more: dict[str, Any],
) -> HttpResponse:
    """An audit that has come back needs no decision, and nothing more is told of it here."""
    audit, today = held.audit, timezone.localdate()
    context = more | {
        "asked": held,
        "audit": audit,
        "strip": strips_of([audit.case], on=today)[audit.case.pk],
        "due": due_when(audit.due_on, today),
        "is_out": states.state_of(audit) in states.NOT_RETURNED,
        "is_undecided": asked.is_undecided(held),
        "form": form,
    }
    return render(request, template, context)
