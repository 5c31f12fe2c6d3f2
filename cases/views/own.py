"""What somebody did and looked at themselves: everyone may know that of themselves."""

import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from accounts.domain import telling
from accounts.models import User
from accounts.requests import SignedInRequest
from cases.domain import looking
from cases.domain.looking import Look
from cases.views.look_tables import person_table

PAGE = 50
LOOKS = "looks"


@require_GET
def my_doings(request: SignedInRequest) -> HttpResponse:
    """What I did, in sentences; with ?show=looks what I looked at."""
    if request.GET.get("show") == LOOKS:
        page, looks, moment = looks_page(request, request.user)
        table = person_table(looks, links=False)
        context: dict[str, Any] = {
            "page": page,
            "moment": moment,
            "table": table,
            "shows_looks": True,
        }
        return render(request, "cases/my_doings.html", context)
    page = Paginator(telling.doings_of(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "doings": telling.told(page, reader=request.user)}
    return render(request, "cases/my_doings.html", context)


def looks_page(
    request: SignedInRequest, person: User
) -> tuple["Page[Any]", list[Look], datetime.datetime | None]:
    """A page of what somebody looked at, a line a response; with ?moment= the cases of one."""
    moment = _moment(request.GET.get("moment", ""))
    if moment:
        rows = looking.cases_of_response(person, moment, by=request.user)
        page: Page[Any] = Paginator(looking.with_case(rows), PAGE).get_page(request.GET.get("page"))
        return page, looking.looks(page), moment
    responses = looking.responses_to(person, by=request.user)
    found = Paginator(responses, PAGE).get_page(request.GET.get("page"))
    return found, looking.together(found), None


def _moment(text: str) -> datetime.datetime | None:
    """The moment an address carries; none without one. Raises Http404 for what is no moment."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment
