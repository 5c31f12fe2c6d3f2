"""What the pages about people and units share: finding the record, and one form a page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.domain import directory
from accounts.forms import carry_out
from accounts.models import Unit, User
from accounts.permissions import check_unit_manage, check_user_manage
from accounts.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Step:
    """A page with one form: its heading, what leads to it, and what its button says."""

    heading: str
    button: str
    back: str
    back_text: str
    lede: str = ""
    points: tuple[str, ...] = ()
    caption: str = ""
    is_warning: bool = False


def visible_person(user: User, public_id: uuid.UUID) -> User:
    """The person; 404 for who does not keep people."""
    return get_object_or_404(directory.people(user), public_id=public_id)


def other_person(user: User, public_id: uuid.UUID) -> User:
    """Somebody else than oneself, whom one may change. Raises Refused ("own_record")."""
    person = visible_person(user, public_id)
    check_user_manage(user, person)
    return person


def visible_unit(user: User, public_id: uuid.UUID) -> Unit:
    return get_object_or_404(directory.units(user), public_id=public_id)


def changed_unit(user: User, public_id: uuid.UUID) -> Unit:
    """A unit that one does not belong to, and so may change. Raises Refused ("own_unit")."""
    held = visible_unit(user, public_id)
    check_unit_manage(user, held)
    return held


def unit_step(held: Unit, heading: str, button: str, lede: str, **more: Any) -> Step:
    """A step about a unit, from its page."""
    back = reverse("unit", args=[held.public_id])
    return Step(heading, button, back, held.name, lede=lede, **more)


def person_step(person: User, heading: str, button: str, **more: Any) -> Step:
    """A step about a person, from their page."""
    back = reverse("person", args=[person.public_id])
    return Step(heading, button, back, person.name, caption=person.name, **more)


def show_step(request: SignedInRequest, form: forms.Form, step: Step) -> HttpResponse:
    return render(request, "accounts/step.html", {"form": form, "step": step})


def carry_out_step(
    request: SignedInRequest,
    form: forms.Form,
    step: Step,
    verb: Callable[[dict[str, Any]], object],
    *,
    done: str,
    to: str = "",
) -> HttpResponse:
    """One form, one verb: back to where one came from once it is done, else the form again."""
    if request.method == "POST" and carry_out(form, verb):
        messages.success(request, done)
        return redirect(to or step.back)
    return show_step(request, form, step)
