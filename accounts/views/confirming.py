"""Roles that wait for a second person: the list, asking for one, one to confirm or refuse."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain import directory, roles
from accounts.exceptions import Refused
from accounts.forms.people import AskForm
from accounts.models import RoleGrant
from accounts.permissions import check_role_grant_sensitive
from accounts.requests import SignedInRequest, session_of
from accounts.views.frame import Step, carry_out_step
from accounts.views.tables import waiting_table
from kit.exceptions import NotPossible
from kit.months import long_date, moment_text

DECISIONS = {"confirm": roles.confirm_role, "refuse": roles.refuse_role}
DONE = {"confirm": "The role is confirmed and counts now.", "refuse": "The role is refused."}


@require_safe
def role_requests(request: SignedInRequest) -> HttpResponse:
    """What one may confirm, and what others have to."""
    check_role_grant_sensitive(request.user)
    mine = directory.to_decide(request.user)
    others = directory.waiting(request.user).exclude(pk__in=mine.values("pk"))
    context = {"mine": waiting_table(mine), "others": waiting_table(others)}
    return render(request, "accounts/role_requests.html", context)


@require_http_methods(["GET", "POST"])
def role_ask(request: SignedInRequest) -> HttpResponse:
    """Ask for a role that another person confirms."""
    check_role_grant_sensitive(request.user)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"from_on": timezone.localdate()},
    )
    step = Step(
        "Ask for a role",
        "Ask for the role",
        reverse("role_requests"),
        "Roles that wait for a second person",
        lede="It counts once a second person has confirmed it: an administrator, or information "
        "governance. Nobody asks for themselves.",
    )
    return carry_out_step(
        request,
        form,
        step,
        lambda said: roles.ask_by_address(**said, by=request.user, session=session_of(request)),
        done="The role waits for a second person.",
    )


@require_http_methods(["GET", "POST"])
def role_request(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One role that waits: who asked, for whom, where, how long."""
    held = get_object_or_404(directory.waiting(request.user), public_id=public_id)
    decision = request.POST.get("decision", "")
    if request.method == "POST" and decision in DECISIONS:
        try:
            DECISIONS[decision](held, by=request.user, session=session_of(request))
        except (NotPossible, Refused) as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, DONE[decision])
        return redirect("role_requests")
    may = directory.to_decide(request.user).filter(pk=held.pk).exists()
    context = {"grant": held, "facts": _facts(held), "may_decide": may}
    return render(request, "accounts/role_request.html", context)


def _facts(held: RoleGrant) -> list[dict[str, str]]:
    until = f" until {long_date(held.until_on)}" if held.until_on else ", without a last day"
    return [
        {"label": "Person", "text": f"{held.user}, {held.user.post}".rstrip(", ")},
        {"label": "Role", "text": str(held.get_role_display())},
        {"label": "At", "text": held.unit.name},
        {"label": "When", "text": f"From {long_date(held.from_on)}{until}"},
        {"label": "Asked by", "text": f"{held.granted_by}, {moment_text(held.granted_at)}"},
    ]
