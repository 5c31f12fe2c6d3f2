"""Whether it was done and whether it helped: by someone who does not own the action."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from actions.choices import UpdateKind
from actions.domain import verification
from actions.forms import ImpactForm, VerifyForm
from actions.models import Action
from actions.permissions import check_action_verify
from actions.views.showing import frame, visible_action


@require_http_methods(["GET", "POST"])
def action_verify(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say what the record shows: it is done, or it goes back to its owner."""
    held = _to_verify(request, public_id)
    form = VerifyForm(request.POST if request.method == "POST" else None, label_suffix="")

    def answer(said: dict[str, Any]) -> object:
        verb = verification.verify if said["is_done"] == "yes" else verification.send_back
        return verb(held, text=said["text"], by=request.user)

    if carry_out(form, answer):
        is_done = form.cleaned_data["is_done"] == "yes"
        messages.success(request, "Verified." if is_done else "The action is back with its owner.")
        return redirect("action", public_id)
    context = frame(held) | {"form": form, "evidence": _last_evidence(held)}
    return render(request, "actions/verify.html", context)


@require_http_methods(["GET", "POST"])
def action_impact(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say whether it made the difference that was expected."""
    held = _to_verify(request, public_id)
    form = ImpactForm(request.POST if request.method == "POST" else None, label_suffix="")

    def judge(said: dict[str, Any]) -> object:
        shown = said["shown"] == "yes"
        return verification.judge_impact(held, shown=shown, text=said["text"], by=request.user)

    if carry_out(form, judge):
        messages.success(request, "Its impact is judged, and the action is closed.")
        return redirect("action", public_id)
    context = frame(held) | {"form": form}
    return render(request, "actions/impact.html", context)


def _to_verify(request: SignedInRequest, public_id: uuid.UUID) -> Action:
    held = visible_action(request.user, public_id)
    check_action_verify(request.user, held)
    return held


def _last_evidence(held: Action) -> str:
    """What the owner last said about where it can be seen."""
    given = held.updates.filter(kind=UpdateKind.EVIDENCE).order_by("-at", "-pk").first()
    return given.text if given else ""
