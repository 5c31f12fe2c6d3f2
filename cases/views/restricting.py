"""Restricted cases: finding one, restricting it and lifting that, naming who sees it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Refused
from accounts.forms import carry_out
from accounts.models import User
from accounts.requests import SignedInRequest
from cases.domain import restricting
from cases.domain.pseudonyms import study_number
from cases.domain.strip import CaseStrip, strips_of
from cases.forms.opening import FindForm, NameForm, ReasonForm
from cases.models import Case, Restriction
from cases.permissions import check_case_restrict_any
from kit.exceptions import NotPossible
from kit.months import long_date
from kit.tables import Cell, Column, Row, Table

COLUMNS = (Column("Study number"), Column("Team"), Column("Restricted"), Column("Why"))


@require_http_methods(["GET", "HEAD", "POST"])
def restricted_cases(request: SignedInRequest) -> HttpResponse:
    """Cases restricted now, and the way to another one by its reference."""
    check_case_restrict_any(request.user)
    mine = Case.objects.restrictable_by(request.user)
    form = FindForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        found = mine.filter(reference__iexact=form.cleaned_data["reference"].strip()).first()
        if found:
            return redirect("case_restriction", found.public_id)
        form.add_error(
            "reference",
            "No case has this reference. Check it in the case system, or bring in the case list.",
        )
    open_now = Restriction.objects.filter(lifted_at__isnull=True, case__in=mine)
    rows = open_now.select_related("case__team", "restricted_by").order_by("-restricted_at", "pk")
    context = {"form": form, "table": _table([_row(row) for row in rows])}
    return render(request, "cases/restricted_cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_restriction(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Restrict one case, or lift its restriction."""
    case = _restrictable(request.user, public_id)
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    verb = restricting.lift if case.restricted_at else restricting.restrict
    if carry_out(form, lambda said: verb(case, **said, by=request.user)):
        done = "The restriction is lifted." if case.restricted_at else "The case is restricted."
        messages.success(request, done)
        return redirect("case_restriction", public_id)
    return _show(request, case, form)


@require_POST
def case_name(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Name somebody on the restricted case."""
    case = _restrictable(request.user, public_id)
    form = NameForm(request.POST, by=request.user)
    if carry_out(form, lambda said: restricting.name_person(case, **said, by=request.user)):
        messages.success(request, f"{form.cleaned_data['person']} is named on the case.")
        return redirect("case_restriction", public_id)
    return _show(request, case, ReasonForm(label_suffix=""), naming=form)


@require_POST
def case_strike(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take somebody off the restricted case."""
    case = _restrictable(request.user, public_id)
    try:
        person = uuid.UUID(request.POST.get("person", ""))
        restricting.strike_person(case, person=person, by=request.user)
    except ValueError:
        messages.error(request, "Choose whom to take off the case.")
    except (NotPossible, Refused) as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "The person is no longer named on the case.")
    return redirect("case_restriction", public_id)


def _restrictable(user: User, public_id: uuid.UUID) -> Case:
    check_case_restrict_any(user)
    cases = Case.objects.restrictable_by(user).select_related("team", "restricted_by")
    return get_object_or_404(cases, public_id=public_id)


def _show(
    request: SignedInRequest, case: Case, reason: ReasonForm, *, naming: NameForm | None = None
) -> HttpResponse:
    restriction = case.restrictions.filter(lifted_at__isnull=True).first()
    wrong: forms.BaseForm = naming if naming else reason
    context: dict[str, Any] = {
        "case": case,
        "strip": _strip(request.user, case),
        "study_number": study_number(case),
        "restriction": restriction,
        "named": restricting.named_on(case),
        "shut_out": restricting.shut_out(case),
        "reason": reason,
        "naming": naming or NameForm(by=request.user),
        "form": wrong,
    }
    return render(request, "cases/restriction.html", context)


def _strip(user: User, case: Case) -> CaseStrip | None:
    """Information governance restricts cases that they do not see."""
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return None
    return strips_of([case], on=timezone.localdate())[case.pk]


def _table(rows: list[Row]) -> Table | None:
    title = "Restricted cases"
    return Table(title, COLUMNS, rows, stacks=True, title_hidden=True) if rows else None


def _row(restriction: Restriction) -> Row:
    case = restriction.case
    href = reverse("case_restriction", args=[case.public_id])
    by = f"by {restriction.restricted_by}"
    return Row(
        (
            Cell(study_number(case), href=href),
            case.team.name,
            Cell(long_date(restriction.restricted_at), aside=by),
            restriction.reason,
        )
    )
