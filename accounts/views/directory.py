"""The list of people: narrowed by unit, role and state, and looked through for somebody.

What somebody is looked for by is a name. It is sent by POST and kept in the session; the address
says only that something is looked for. So no name gets into an address, a log, the browser's list
of visited pages or what is sent on to another site.
"""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Role
from accounts.domain import directory
from accounts.forms.people import FindForm, PeopleFilter
from accounts.models import User
from accounts.models.user import UserQuerySet
from accounts.permissions import check_user_manage
from accounts.requests import SignedInRequest
from accounts.views.tables import people_table

PAGE = 50
SEARCHED = "people_search"
"""Where a session keeps what was looked for."""


@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Who works here, narrowed by unit, role, and whether they still do."""
    check_user_manage(request.user)
    return _show(request)


@require_POST
def people_search(request: SignedInRequest) -> HttpResponse:
    """Whoever has this in their name or at the start of their address, among those chosen."""
    check_user_manage(request.user)
    form = FindForm(request.POST)
    if not form.is_valid():
        return _show(request, find=form)
    request.session[SEARCHED] = form.cleaned_data["text"]
    query = urlencode(_codes(_filter(request)) | {"search": "1"})
    return redirect(f"{reverse('people')}?{query}")


def _show(request: SignedInRequest, *, find: FindForm | None = None) -> HttpResponse:
    """The list; with an error where somebody was looked for by nothing."""
    narrow, text = _filter(request), _looked_for(request)
    found = _chosen(request.user, narrow, text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    codes = _codes(narrow)
    context: dict[str, Any] = {
        "filter": narrow,
        "find": find or FindForm(initial={"text": text}),
        "form": find,
        "text": text,
        "page": page,
        "table": people_table(page),
        "without": f"{reverse('people')}{'?' if codes else ''}{urlencode(codes)}",
        "search": f"{reverse('people_search')}{'?' if codes else ''}{urlencode(codes)}",
    }
    return render(request, "accounts/people.html", context)


def _filter(request: SignedInRequest) -> PeopleFilter:
    form = PeopleFilter({"state": directory.WORKING} | request.GET.dict(), label_suffix="")
    form.is_valid()
    return form


def _codes(narrow: PeopleFilter) -> dict[str, str]:
    """What of the filter an address keeps: what could be read."""
    return {name: narrow.data[name] for name, said in narrow.cleaned_data.items() if said}


def _looked_for(request: SignedInRequest) -> str:
    """What somebody is looked for by, when the address says that somebody is."""
    wanted = request.GET.get("search") == "1"
    return str(request.session.get(SEARCHED, "")) if wanted else ""


def _chosen(user: User, narrow: PeopleFilter, text: str) -> UserQuerySet:
    """The people a filter leaves; what cannot be read in it narrows nothing."""
    said, today = narrow.cleaned_data, timezone.localdate()
    found = directory.in_state(directory.people(user), said.get("state") or directory.WORKING)
    if said.get("unit"):
        found = directory.belonging_to(found, said["unit"], on=today)
    if said.get("role"):
        found = directory.holding(found, Role(said["role"]), on=today)
    if text:
        found = directory.called(found, text)
    return directory.with_units_and_roles(found, on=today).order_by("name", "pk")
