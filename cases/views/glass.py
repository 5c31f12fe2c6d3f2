"""Opening a case out of turn, ending it, and looking at how others did."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain import notices
from accounts.exceptions import Refused
from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from cases.domain import glass
from cases.domain.pseudonyms import study_number
from cases.forms.opening import OpenGlassForm
from cases.models import BreakGlass, CaseSettings
from cases.permissions import check_break_glass_open, check_history_case_views
from kit.exceptions import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: SignedInRequest) -> HttpResponse:
    """Ask for a case by its reference, with a reason."""
    check_break_glass_open(request.user)
    form = OpenGlassForm(request.POST if request.method == "POST" else None, label_suffix="")
    opened: list[BreakGlass] = []
    if carry_out(form, lambda said: opened.append(glass.open_glass(**said, by=request.user))):
        return redirect("opened_case", opened[0].public_id)
    context = {
        "form": form,
        "minutes": CaseSettings.objects.in_use().break_glass_minutes,
    }
    return render(request, "cases/break_glass.html", context)


@require_POST
def break_glass_end(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """End it before its time."""
    check_break_glass_open(request.user)
    held = get_object_or_404(BreakGlass.objects.filter(user=request.user), public_id=public_id)
    try:
        glass.end(held, by=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "The case is closed to you again.")
    return redirect("start")


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass_use(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One use by somebody else: who, why, when, and who was told."""
    check_history_case_views(request.user)
    uses = BreakGlass.objects.overseen_by(request.user).select_related("user", "case", "seen_by")
    use = get_object_or_404(uses, public_id=public_id)
    if request.method == "POST":
        try:
            glass.mark_seen(use, by=request.user)
        except (NotPossible, Refused) as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, "It is noted that you have looked at this.")
        return redirect("start")
    return render(request, "cases/break_glass_use.html", _told(use))


def _told(use: BreakGlass) -> dict[str, Any]:
    now = timezone.now()
    return {
        "use": use,
        "study_number": study_number(use.case),
        "ends_at": use.ended_at or use.until_at,
        "is_open": use.ended_at is None and use.until_at > now,
        "told": [
            (row.recipient.name, row.state_at(now).label) for row in notices.about(use.public_id)
        ],
    }
