"""Who somebody is and what they sign in with, as an administrator corrects and resets it."""

import uuid

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.domain import inviting, second_factors
from accounts.domain.correcting import Particulars, correct
from accounts.forms.people import CorrectForm
from accounts.models import User
from accounts.requests import SignedInRequest, session_of
from accounts.views.frame import carry_out_step, other_person, person_step

LEDE = (
    "For somebody who has lost phone, key and recovery codes. Make sure first that it is they who "
    "ask: in person, or on a number that you knew before."
)


@require_http_methods(["GET", "POST"])
def person_correct(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Name, post and e-mail address."""
    held = other_person(request.user, public_id)
    now = {"name": held.name, "post": held.post, "email": held.email}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=now)
    return carry_out_step(
        request,
        form,
        person_step(held, f"Correct the details of {held}", "Save the details"),
        lambda said: correct(
            held, to=Particulars(**said), by=request.user, session=session_of(request)
        ),
        done="Corrected.",
    )


@require_http_methods(["GET", "POST"])
def person_second_step(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take every second step from somebody who has lost them all."""
    held = other_person(request.user, public_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    step = person_step(
        held,
        f"Reset the second step of {held}",
        "Reset their second step",
        lede=LEDE,
        points=(
            f"What is removed: {second_steps(held)}.",
            "Their sessions end, and they get a mail.",
            "Their password stays. Where their role needs a second step, they set up another when "
            "they next sign in.",
        ),
        is_warning=True,
    )
    return carry_out_step(
        request,
        form,
        step,
        lambda said: second_factors.reset(held, by=request.user),
        done=f"The second step of {held} is reset. They are told by mail.",
    )


@require_http_methods(["GET", "POST"])
def person_password(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Have somebody who forgot it choose a new password."""
    held = other_person(request.user, public_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    step = person_step(
        held,
        f"Send {held} a link for a new password",
        "Send the link",
        lede="For somebody who forgot it. The link goes to their e-mail address.",
        points=(
            "Their password no longer counts from now on, and their sessions end.",
            "Their second step stays as it is.",
        ),
    )
    return carry_out_step(
        request,
        form,
        step,
        lambda said: inviting.renew_password(held, by=request.user),
        done=f"The link is on its way to {held}.",
    )


def second_steps(held: User) -> str:
    """What somebody has set up, in words: "an authenticator app, 2 passkeys and recovery codes"."""
    found = second_factors.held_by(held)
    keys = found["webauthn"]
    words = ["an authenticator app"] if found["totp"] else []
    words += [f"{keys} passkeys" if keys > 1 else "a passkey"] if keys else []
    words += ["recovery codes"] if found["recovery_codes"] else []
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]])) or "none"
