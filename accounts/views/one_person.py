"""One person, and inviting somebody."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain import inviting, second_factors
from accounts.domain.telling import told_of
from accounts.exceptions import Refused
from accounts.forms.people import InviteForm
from accounts.models import Invitation, User
from accounts.permissions import check_user_manage
from accounts.requests import SignedInRequest
from accounts.views.frame import (
    Step,
    carry_out_step,
    other_person,
    visible_person,
)
from accounts.views.signing_in import second_steps
from accounts.views.tables import grant_table, membership_table
from kit.exceptions import NotPossible
from kit.months import long_date, moment_text


@require_safe
def person(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One person: where they belong, what they may do, and what was done about them."""
    held = visible_person(request.user, public_id)
    is_other = held.pk != request.user.pk
    belongs = held.memberships.select_related("unit").order_by("-from_on", "-pk")
    roles = held.grants.select_related("unit").order_by("-from_on", "-pk")
    context = {
        "person": held,
        "facts": _facts(held, may_change=is_other and held.is_active),
        "may_change": is_other and held.is_active,
        "is_own": not is_other,
        "may_invite": is_other and held.is_active and not held.has_usable_password(),
        "units": membership_table(belongs, may_end=is_other and held.is_active),
        "roles": grant_table(roles, may_end=is_other and held.is_active),
        "doings": told_of(held, reader=request.user),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def person_invite(request: SignedInRequest) -> HttpResponse:
    """Enter a new person and have an invitation sent."""
    check_user_manage(request.user)
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        initial={"from_on": timezone.localdate()},
    )
    step = Step(
        "Invite somebody",
        "Send the invitation",
        reverse("people"),
        "People",
        lede="They get a mail with a link by which they choose a password. "
        "Roles are granted afterwards, on their page.",
    )
    return carry_out_step(
        request,
        form,
        step,
        lambda said: inviting.invite(**said, by=request.user),
        done="The invitation is on its way.",
    )


@require_POST
def person_invite_again(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send another link; the one before no longer counts."""
    held = other_person(request.user, public_id)
    try:
        inviting.invite_again(held, by=request.user)
    except (NotPossible, Refused) as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Another invitation is on its way.")
    return redirect("person", public_id)


def _facts(held: User, *, may_change: bool) -> list[dict[str, str]]:
    has_one = held.has_usable_password()
    password = {"label": "Password", "text": "Chosen" if has_one else "None chosen yet"}
    if may_change and has_one:
        href = reverse("person_password", args=[held.public_id])
        password |= {"href": href, "link": "Renew", "hidden": "the password"}
    second_step = {"label": "Second step", "text": capfirst(second_steps(held))}
    if may_change and second_factors.held_by(held):
        href = reverse("person_second_step", args=[held.public_id])
        second_step |= {"href": href, "link": "Reset", "hidden": "the second step"}
    facts = [
        {"label": "E-mail address", "text": held.email},
        {"label": "Post", "text": held.post or "Not given"},
        {"label": "Invitation", "text": _invitation_in_words(held)},
        password,
        second_step,
    ]
    if held.deactivated_at:
        left = f"{moment_text(held.deactivated_at)}, entered by {held.deactivated_by}"
        facts.append({"label": "Left", "text": left})
    return facts


def _invitation_in_words(held: User) -> str:
    """How far the latest invitation has come."""
    latest = Invitation.objects.filter(user=held).first()
    if latest is None:
        return "None: entered without one"
    if latest.accepted_at:
        return f"Accepted on {moment_text(latest.accepted_at)}"
    if latest.withdrawn_at:
        return "Withdrawn"
    until = f"it can be accepted until {long_date(timezone.localdate(latest.expires_at))}"
    if latest.expires_at <= timezone.now():
        return "Expired: send another"
    if latest.sent_at:
        return f"Sent on {moment_text(latest.sent_at)}; {until}"
    return (
        "Not taken by the mail server yet; it is tried again"
        if latest.failed_at
        else "Waiting to be sent"
    )
