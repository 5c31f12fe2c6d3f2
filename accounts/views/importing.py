"""Importing staff and units: choose a file, look at what it would do, do it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.domain import importing
from accounts.domain.importing import Made, keeping, uploads
from accounts.forms.importing import StaffFileForm
from accounts.models import StaffImport
from accounts.permissions import check_user_manage
from accounts.requests import SignedInRequest
from kit.exceptions import NotPossible
from kit.spreadsheets.mending import problems_table

MOST_NAMES = 12


@require_http_methods(["GET", "POST"])
def staff_imports(request: SignedInRequest) -> HttpResponse:
    """The form that takes a file, and what the file needs."""
    check_user_manage(request.user)
    form = StaffFileForm(label_suffix="")
    if request.method == "POST":
        form = StaffFileForm(request.POST, request.FILES, label_suffix="")
        upload = _kept(request, form)
        if upload:
            return redirect("staff_import", upload.public_id)
    return render(request, "accounts/staff_imports.html", {"form": form})


@require_http_methods(["GET", "POST"])
def staff_import(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What an uploaded file would do, until it is imported."""
    own = StaffImport.objects.filter(uploaded_by=request.user)
    upload = get_object_or_404(own, public_id=public_id)
    check_user_manage(request.user)
    try:
        if request.method == "POST":
            made = uploads.carry_out(upload, by=request.user)
            messages.success(request, _done(made))
            return redirect("people")
        made = importing.preview(keeping.content_of(upload), by=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.sentence)
        return redirect("staff_imports")
    context = {
        "upload": upload,
        "made": made,
        "facts": _facts(made),
        "problems": problems_table(made.problems),
    }
    return render(request, "accounts/staff_import.html", context)


def _kept(request: SignedInRequest, form: StaffFileForm) -> StaffImport | None:
    """The file, kept, if it can be read; else the form says why not."""
    if not form.is_valid():
        return None
    file, user = form.cleaned_data["file"], request.user
    try:
        content = file.read()
        importing.preview(content, by=user)
        return uploads.keep(content, file_name=file.name, by=user)
    except NotPossible as refusal:
        form.add_error("file", refusal.sentence)
    return None


def _facts(made: Made) -> list[dict[str, str]]:
    found = (
        ("Units to add", made.units),
        ("People to invite by mail", made.people),
        ("People who join one more unit", made.memberships),
        ("Roles to grant or ask for", made.roles),
    )
    facts = [{"label": label, "text": _listed(names)} for label, names in found if names]
    return [*facts, {"label": "Rows that are here already", "text": str(made.unchanged)}]


def _listed(names: list[str]) -> str:
    left = len(names) - MOST_NAMES
    more = f" and {left} more" if left > 0 else ""
    return f"{len(names)}: {', '.join(names[:MOST_NAMES])}{more}"


def _done(made: Made) -> str:
    if not made.count:
        return "All of the file is here already, so nothing was changed."
    people, units = len(made.people), len(made.units)
    invited = f"{people} {'person' if people == 1 else 'people'} invited"
    return f"Imported: {invited}, {units} {'unit' if units == 1 else 'units'} added."
