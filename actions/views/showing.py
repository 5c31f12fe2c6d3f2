"""One action: what is to be done, what was done so far, and what this person can do now."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.telling import told_of
from accounts.models import User
from accounts.requests import SignedInRequest
from actions.choices import ActionState
from actions.domain.states import ACTION, state_of
from actions.forms import NoteForm
from actions.models import Action
from actions.permissions import can_action_update, can_action_verify
from cases.domain.strip import CaseStrip, strips_of
from kit.working_days import due_when

CLOSED = (ActionState.WITHDRAWN, ActionState.IMPACT_SHOWN, ActionState.IMPACT_NOT_SHOWN)


@require_GET
def action(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One action with all its updates."""
    return show_action(request, visible_action(request.user, public_id), NoteForm(label_suffix=""))


def visible_action(user: User, public_id: uuid.UUID) -> Action:
    """The action with its case and people; 404 unless the user may see it."""
    seen = Action.objects.visible_to(user).select_related("case__team", "unit", "raised_by")
    return get_object_or_404(seen, public_id=public_id)


def show_action(
    request: SignedInRequest, held: Action, form: NoteForm, *, refusal: str = ""
) -> HttpResponse:
    """The action's page with a note as it was typed, and what was refused."""
    state, user = state_of(held), request.user
    is_owner, verifies = can_action_update(user, held), can_action_verify(user, held)
    context = frame(held) | {
        "form": form if is_owner and state not in CLOSED else None,
        "refusal": refusal,
        "may_start": is_owner and ACTION.allows(state, "start"),
        "may_finish": is_owner and ACTION.allows(state, "finish"),
        "may_verify": verifies and ACTION.allows(state, "verify"),
        "may_judge": verifies and _may_be_judged(held, state),
        "doings": told_of(held, reader=user),
        "updates": held.updates.select_related("by").order_by("at", "pk"),
    }
    return render(request, "actions/action.html", context)


def frame(held: Action) -> dict[str, Any]:
    """What every page about one action shows."""
    state = state_of(held)
    owners = [owner.user.name for owner in held.owners.select_related("user")]
    waits = state in (ActionState.OPEN, ActionState.IN_PROGRESS)
    return {
        "action": held,
        "strip": _strip(held),
        "state": state.label,
        "owners": ", ".join(owners),
        "due": due_when(held.due_on, timezone.localdate()) if waits else "",
    }


def _strip(held: Action) -> CaseStrip | None:
    if held.case is None:
        return None
    return strips_of([held.case], on=timezone.localdate())[held.case.pk]


def _may_be_judged(held: Action, state: ActionState) -> bool:
    if held.needs_verification and state != ActionState.VERIFIED:
        return False
    return ACTION.allows(state, "judge_impact")
