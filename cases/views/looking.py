"""Who looked, for information governance: by case, by person, and what looks odd.

A case is its study number on these pages. What is searched for comes by POST and is kept nowhere.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import carry_out
from accounts.permissions import check_settings_change
from accounts.requests import SignedInRequest
from cases.domain import looking, oddities
from cases.forms import PersonForm, ReferenceForm, ThresholdsForm
from cases.models import ViewingSettings
from cases.permissions import (
    can_history_case_views,
    check_history_case_views,
)
from cases.views.look_tables import case_table, odd_case_table, odd_day_table, person_table
from cases.views.own import looks_page

PAGE = 50


@require_GET
def case_views(request: SignedInRequest) -> HttpResponse:
    """Where to begin: a case, a person, or what looks odd."""
    check_history_case_views(request.user)
    asked = request.GET if "person" in request.GET else None
    form = PersonForm(asked, people=looking.lookers(request.user))
    if form.is_valid():
        return redirect("case_views_of_person", form.cleaned_data["person"])
    return _begin(request, ReferenceForm(label_suffix=""), form)


@require_POST
def case_views_search(request: SignedInRequest) -> HttpResponse:
    """Find a case by its reference, which stands in no address."""
    check_history_case_views(request.user)
    form, found = ReferenceForm(request.POST, label_suffix=""), []

    def find(said: dict[str, Any]) -> None:
        found.append(looking.find_case(said["reference"], by=request.user))

    if carry_out(form, find):
        return redirect("case_views_of_case", found[0].public_id)
    return _begin(request, form, PersonForm(people=looking.lookers(request.user)))


@require_GET
def case_views_of_case(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everyone who looked at one case."""
    mark = looking.marked(public_id, by=request.user)
    if mark is None:
        raise Http404
    rows = looking.with_case(looking.of_case(mark, by=request.user))
    page: Page[Any] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"mark": mark, "page": page, "table": case_table(looking.looks(page))}
    return render(request, "cases/views_of_case.html", context)


@require_GET
def case_views_of_person(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything one person looked at."""
    person = get_object_or_404(looking.lookers(request.user), public_id=public_id)
    page, looks, moment = looks_page(request, person)
    context = {
        "person": person,
        "page": page,
        "moment": moment,
        "table": person_table(looks, links=True),
    }
    return render(request, "cases/views_of_person.html", context)


@require_GET
def case_views_odd(request: SignedInRequest) -> HttpResponse:
    """What looks odd, by the thresholds in use."""
    check_history_case_views(request.user)
    odd = oddities.oddities(request.user)
    context = {
        "odd": odd,
        "most": oddities.MOST,
        "without": odd_case_table("Looks without business", odd.without_business),
        "same": odd_case_table("The same surname", odd.same_surname, why="Why it is here"),
        "many": odd_day_table(odd.many),
    }
    return render(request, "cases/views_odd.html", context)


@require_http_methods(["GET", "POST"])
def viewing_settings(request: SignedInRequest) -> HttpResponse:
    """From how many looks on a day is shown as odd."""
    check_settings_change(request.user)
    data = request.POST if request.method == "POST" else None
    form = ThresholdsForm(data, settings=ViewingSettings.objects.in_use())
    if carry_out(form, lambda said: oddities.set_thresholds(**said, by=request.user)):
        messages.success(request, "What counts as odd is changed.")
        return redirect("viewing_settings")
    context = {"form": form, "may_look": can_history_case_views(request.user)}
    return render(request, "cases/viewing_settings.html", context)


def _begin(request: SignedInRequest, reference: ReferenceForm, person: PersonForm) -> HttpResponse:
    wrong = next((form for form in (reference, person) if form.errors), None)
    context = {"reference": reference, "person": person, "form": wrong}
    return render(request, "cases/views.html", context)
