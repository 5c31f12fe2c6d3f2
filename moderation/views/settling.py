"""How a moderation ends: the moderator's reason, or one who proposes and another who settles."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.standing_in import stands_for
from accounts.exceptions import Refused
from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from audits.choices import Grade
from kit.exceptions import NotPossible
from moderation.choices import Settlement
from moderation.domain import outcome, settling
from moderation.domain.comparison import SideBySide, side_by_side
from moderation.domain.worklist import to_settle
from moderation.forms.settling import ProposalForm, ReasonForm
from moderation.models import Moderation
from moderation.permissions import (
    check_moderation_regrade,
    check_moderation_settle_any,
    check_moderation_settle_in_panel,
    check_moderation_view_outcome,
)
from moderation.views.frame import plain_strip, visible_moderation
from moderation.views.moderation_tables import settling_table


@require_GET
def moderations_to_settle(request: SignedInRequest) -> HttpResponse:
    """What waits for a second person, and what for a first."""
    user = request.user
    check_moderation_settle_any(user)
    lines = to_settle(user, on=timezone.localdate())
    proposed = [line for line in lines if line.moderation.proposed_by]
    second = [line for line in proposed if line.moderation.proposed_by != user]
    mine = [line for line in proposed if line.moderation.proposed_by == user]
    first = [line for line in lines if not line.moderation.proposed_by]
    context = {
        "second": settling_table("Waiting for a second person", second),
        "first": settling_table("Waiting for a proposal", first),
        "mine": settling_table("Proposed by you", mine),
    }
    return render(request, "moderation/to_settle.html", context)


@require_http_methods(["GET", "POST"])
def moderation_stand(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The moderator says why their grade stands, where rule 13 lets one person settle."""
    held = visible_moderation(request.user, public_id)
    check_moderation_regrade(request.user, held, on=timezone.localdate())
    check_moderation_view_outcome(request.user, held)
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    if carry_out(form, lambda said: settling.let_stand(held, **said, by=request.user)):
        messages.success(request, "It is settled: your grade stands.")
        return redirect("moderation_comparison", public_id)
    return _show(request, held, "moderation/stand.html", {"form": form})


@require_http_methods(["GET", "POST"])
def moderation_propose(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The first of two people says which grade should stand."""
    held = _to_settle(request, public_id)
    side = side_by_side(held)
    own, moderated = (Grade(grade) for grade in side.grades)
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, own=own, moderated=moderated)

    def propose(said: dict[str, Any]) -> object:
        return settling.propose(
            held,
            settlement=Settlement(said["settlement"]),
            grade=form.other_grade,
            reason=said["reason"],
            by=request.user,
        )

    if carry_out(form, propose):
        messages.success(request, "Proposed. A second person settles it.")
        return redirect("moderation_comparison", public_id)
    return _show(request, held, "moderation/propose.html", {"form": form}, side)


@require_http_methods(["GET", "POST"])
def moderation_settle(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The second person reads the proposal, and settles it."""
    held = _to_settle(request, public_id)
    refusal = ""
    if request.method == "POST":
        try:
            settled = settling.settle(held, by=request.user)
        except (NotPossible, Refused) as refused:
            refusal = refused.sentence
        else:
            grade = settled.get_settled_grade_display()
            messages.success(request, f"It is settled: {grade} stands.")
            return redirect("moderation_comparison", public_id)
    return _show_proposal(request, held, refusal)


@require_POST
def moderation_refuse(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a proposal away, one's own or a colleague's, so that another can be made."""
    held = _to_settle(request, public_id)
    try:
        settling.withdraw_proposal(held, by=request.user)
    except (NotPossible, Refused) as refused:
        return _show_proposal(request, held, refused.sentence)
    messages.success(request, "The proposal is gone. Propose another grade, or ask a colleague to.")
    if stands_for(request.user):
        # What is not proposed any more is for the authority alone.
        return redirect("moderations_to_settle")
    return redirect("moderation_comparison", public_id)


def _to_settle(request: SignedInRequest, public_id: uuid.UUID) -> Moderation:
    held = visible_moderation(request.user, public_id)
    check_moderation_settle_in_panel(request.user, held)
    check_moderation_view_outcome(request.user, held)
    return held


def _show_proposal(request: SignedInRequest, held: Moderation, refusal: str) -> HttpResponse:
    """What is proposed, and for whom the reader would settle it (domain rule 22)."""
    more = {"refusal": refusal, "settles_for": stands_for(request.user)}
    return _show(request, held, "moderation/settle.html", more)


def _show(
    request: SignedInRequest,
    held: Moderation,
    template: str,
    more: dict[str, Any],
    side: SideBySide | None = None,
) -> HttpResponse:
    compared = side or side_by_side(held)
    own, moderated = compared.grades
    context = {
        "moderation": held,
        "strip": plain_strip(held),
        "side": compared,
        "own": own,
        "moderated": moderated,
        "next_step": outcome.next_step(held, compared),
        **more,
    }
    return render(request, template, context)
