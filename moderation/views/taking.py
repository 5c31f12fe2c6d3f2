"""Taking a returned audit to moderate: the next in the seeded order, or one by hand."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.exceptions import Refused
from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from audits.models import AuditReturn
from cases.domain.strip import strips_of
from kit.exceptions import NotPossible
from moderation.blindness import knows_because
from moderation.domain import claiming
from moderation.forms.regrading import TakeForm
from moderation.permissions import (
    can_moderates_blind,
    check_may_moderate,
    check_moderation_claim,
    check_moderation_claim_any,
)
from moderation.views.moderation_tables import returned_table

PAGE = 50


@require_GET
def moderations_to_take(request: SignedInRequest) -> HttpResponse:
    """Returned audits that nobody moderates yet, in the order that the round seeds."""
    check_moderation_claim_any(request.user)
    waiting = claiming.in_order(claiming.to_take(request.user))
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    cases = [audit_return.audit.case for audit_return in page]
    table = returned_table(page, strips_of(cases, on=timezone.localdate()))
    return render(request, "moderation/to_take.html", {"table": table, "page": page})


@require_POST
def moderation_take_next(request: SignedInRequest) -> HttpResponse:
    """Take the first of them that I can moderate blind."""
    check_moderation_claim_any(request.user)
    try:
        taken = claiming.take_next(by=request.user)
    except (NotPossible, Refused) as refusal:
        messages.error(request, refusal.sentence)
        return redirect("moderations_to_take")
    return redirect("moderation", taken.public_id)


@require_http_methods(["GET", "POST"])
def moderation_take(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take one by hand, with why; sighted, with why, where I know it already."""
    user = request.user
    audit_return = get_object_or_404(claiming.to_take(user), public_id=public_id)
    check_moderation_claim(user, audit_return)
    is_blind = can_moderates_blind(user, audit_return)
    form = TakeForm(request.POST if request.method == "POST" else None, is_blind=is_blind)
    if carry_out(form, lambda said: claiming.take_by_hand(audit_return, **said, by=user)):
        return redirect("moderations")
    case = audit_return.audit.case
    context = {
        "audit_return": audit_return,
        "strip": strips_of([case], on=timezone.localdate())[case.pk],
        "refusal": _refusal(request, audit_return),
        "knows": knows_because(user, audit_return),
        "form": form,
    }
    return render(request, "moderation/take.html", context)


def _refusal(request: SignedInRequest, audit_return: AuditReturn) -> str:
    """Why this person may not moderate the audit at all; "" where they may."""
    try:
        check_may_moderate(request.user, audit_return, on=timezone.localdate())
    except Refused as refusal:
        return refusal.sentence
    return ""
