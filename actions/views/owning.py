"""What owners do: begin, say how it goes, say that it is done and where that can be seen."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Refused
from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from actions.domain import progress
from actions.forms import DoneForm, NoteForm
from actions.models import Action
from actions.permissions import check_action_update
from actions.views.showing import frame, show_action, visible_action
from kit.exceptions import NotPossible


@require_POST
def action_start(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Begin an action."""
    held = _mine(request, public_id)
    try:
        progress.start(held, by=request.user)
    except (NotPossible, Refused) as refused:
        return show_action(request, held, NoteForm(label_suffix=""), refusal=refused.sentence)
    messages.success(request, "The action is in progress.")
    return redirect("action", public_id)


@require_POST
def action_note(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say in one line how it goes."""
    held = _mine(request, public_id)
    form = NoteForm(request.POST, label_suffix="")
    if carry_out(form, lambda said: progress.add_note(held, **said, by=request.user)):
        messages.success(request, "Your note is kept.")
        return redirect("action", public_id)
    return show_action(request, held, form)


@require_http_methods(["GET", "POST"])
def action_finish(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say that it is done, with the evidence."""
    held = _mine(request, public_id)
    form = DoneForm(request.POST if request.method == "POST" else None, label_suffix="")
    if carry_out(form, lambda said: progress.finish(held, **said, by=request.user)):
        messages.success(request, _after_finishing(held))
        return redirect("action", public_id)
    context = frame(held) | {"form": form}
    return render(request, "actions/finish.html", context)


def _mine(request: SignedInRequest, public_id: uuid.UUID) -> Action:
    held = visible_action(request.user, public_id)
    check_action_update(request.user, held)
    return held


def _after_finishing(held: Action) -> str:
    if held.needs_verification:
        return "The action is done. Someone who does not own it verifies it next."
    return "The action is done."
