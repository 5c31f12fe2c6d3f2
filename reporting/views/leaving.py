"""Somebody leaves: what they have open, deactivating them, and handing their work on."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.domain.leaving import deactivate
from accounts.exceptions import Refused
from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.views.frame import other_person
from kit.exceptions import NotPossible
from reporting.domain import leaving
from reporting.domain.leaving import OpenWork, open_work
from reporting.forms import HandOnForm
from reporting.views.leaving_tables import lines_of

HANDED_ON = "Handed on."


@require_http_methods(["GET", "POST"])
def person_leave(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What leaving does and what will be left open; then it is done."""
    held = other_person(request.user, public_id)
    if request.method == "POST":
        try:
            deactivate(held, by=request.user)
        except (NotPossible, Refused) as refusal:
            messages.error(request, refusal.sentence)
            return redirect("person", public_id)
        messages.success(request, f"{held} is signed out everywhere and holds no role any more.")
        return redirect("person_work", public_id)
    context = {"person": held, "lines": lines_of(open_work(held))}
    return render(request, "reporting/leaving/leave.html", context)


@require_http_methods(["GET", "POST"])
def person_work(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The work that somebody has open, a kind at a time, and to whom it goes."""
    held = other_person(request.user, public_id)
    work = open_work(held)
    kind = request.POST.get("kind", "") if request.method == "POST" else ""
    forms = {
        line.kind: HandOnForm(
            request.POST if kind == line.kind else None,
            lines=line.choices,
            needs_person=line.kind != "moderations",
            leaver=held,
            prefix=line.kind,
        )
        for line in lines_of(work)
    }
    if kind in forms and _handed_on(forms[kind], kind, held, work, request.user):
        messages.success(request, HANDED_ON)
        return redirect("person_work", public_id)
    pieces = [(line, forms[line.kind]) for line in lines_of(work)]
    context = {"person": held, "pieces": pieces, "form": forms.get(kind)}
    return render(request, "reporting/leaving/work.html", context)


def _handed_on(form: HandOnForm, kind: str, leaver: User, work: OpenWork, by: User) -> bool:
    """Whether what was chosen went to whom was chosen; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        _verbs(leaver, by)[kind](_chosen(work, kind, form.cleaned_data["chosen"]), form.person)
    except (NotPossible, Refused) as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _verbs(leaver: User, by: User) -> Mapping[str, Callable[[Any, Any], None]]:
    return {
        "audits": lambda rows, to: leaving.hand_audits_on(rows, to=to, by=by),
        "actions": lambda rows, to: leaving.hand_actions_on(rows, leaver=leaver, to=to, by=by),
        "moderations": lambda rows, to: leaving.give_moderations_back(rows, by=by),
        "units": lambda rows, to: leaving.appoint_lead(rows, to=to, by=by),
    }


def _chosen(work: OpenWork, kind: str, ids: list[str]) -> list[Any]:
    return [row for row in getattr(work, kind) if str(row.public_id) in ids]
