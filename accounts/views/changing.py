"""Steps that change where a person belongs and what they may do."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.choices import SENSITIVE, Role
from accounts.domain import directory, memberships, roles
from accounts.forms.people import EndForm, MoveForm, RoleForm
from accounts.models import Membership, User
from accounts.permissions import check_role_grant, check_role_grant_ordinary, check_user_manage
from accounts.requests import SignedInRequest, session_of
from accounts.views.frame import carry_out_step, other_person, person_step, visible_person


@require_http_methods(["GET", "POST"])
def person_move(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """To another unit from a day on, or to one more."""
    held = other_person(request.user, public_id)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        initial={"on": timezone.localdate()},
    )
    step = person_step(
        held,
        f"Move {held}",
        "Move",
        lede="Roles stay as they are: end and grant them on their page. Their sessions end.",
    )
    return carry_out_step(
        request,
        form,
        step,
        lambda said: _move(held, said, by=request.user),
        done=f"{held} belongs to the unit from that day on.",
    )


@require_http_methods(["GET", "POST"])
def membership_end(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A membership ends today, or after a day to come."""
    held = get_object_or_404(directory.memberships(request.user), public_id=public_id)
    check_user_manage(request.user, held.user)
    form = EndForm(request.POST if request.method == "POST" else None)
    step = person_step(held.user, f"End the membership in {held.unit}", "End it")
    return carry_out_step(
        request,
        form,
        step,
        lambda said: memberships.leave_unit(held, by=request.user, on=said["day"]),
        done="The membership ends.",
    )


@require_http_methods(["GET", "POST"])
def person_role(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Grant a role, or ask for one that takes a second person."""
    held = visible_person(request.user, public_id)
    check_role_grant_ordinary(request.user, held)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        initial={"from_on": timezone.localdate()},
    )
    step = person_step(
        held,
        f"Grant {held} a role",
        "Grant the role",
        lede="Some roles count once a second person has confirmed them: another administrator, "
        "or information governance.",
    )
    return carry_out_step(
        request,
        form,
        step,
        lambda said: roles.grant_role(held, **said, by=request.user, session=session_of(request)),
        done=_granted(form),
    )


@require_http_methods(["GET", "POST"])
def role_end(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A role ends now, or after a day to come; one that waits is taken back."""
    held = get_object_or_404(directory.grants_of_others(request.user), public_id=public_id)
    check_role_grant(request.user, Role(held.role), held.user)
    form = EndForm(request.POST if request.method == "POST" else None)
    heading = f"End the role {held.get_role_display()} at {held.unit}"
    step = person_step(held.user, heading, "End the role", lede="Their sessions end with it.")
    return carry_out_step(
        request,
        form,
        step,
        lambda said: roles.end_role(held, by=request.user, on=said["day"]),
        done="The role ends.",
    )


def _move(held: User, said: dict[str, Any], *, by: User) -> Membership:
    unit, kind, day = said["unit"], said["kind"], said["on"]
    if said["keeps"] == "yes":
        return memberships.join_unit(held, unit=unit, kind=kind, from_on=day, by=by)
    return memberships.move(held, unit=unit, kind=kind, on=day, by=by)


def _granted(form: RoleForm) -> str:
    waits = form.is_bound and form.is_valid() and form.cleaned_data["role"] in SENSITIVE
    return "The role waits for a second person." if waits else "The role is granted."
