"""The registers as pages: filtered, searched, sorted, in pages of fifty, and taken out as a file.

Moderation binds them to addresses: only it knows who is still to moderate blind.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest
from audits.choices import ExportReason, FileFormat
from audits.domain.exporting import ExportScope, export_scope, record_export
from audits.forms import ExportForm, SearchForm
from audits.permissions import can_rows_export
from audits.printing.audit_columns import pseudonymised
from audits.views.beside import beside
from audits.views.listings import SEARCHED, Listing
from kit import listing as lists
from kit import sheets
from kit.exceptions import NotPossible

ADDRESSES = {"list": "", "search": "_search", "export": "_export"}
CONTENT_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show(
    request: SignedInRequest,
    listing: Listing,
    *,
    search: SearchForm | None = None,
    export: ExportForm | None = None,
) -> HttpResponse:
    """The list; with an error where its filters, the search or the export was filled in wrongly."""
    if export is None and can_rows_export(request.user):
        export = ExportForm(needs_reason=listing.is_qa_manager)
    page, route = listing.page(), f"{listing.words.code}_register"
    came_from = urlencode(listing.came_from)
    context: dict[str, Any] = {
        "listing": listing,
        "page": page,
        "table": listing.table(page),
        "chosen": listing.chosen(),
        "links": beside(listing.words.code, request.user),
        "search": search or SearchForm(initial={"text": listing.text}),
        "export": export,
        "address": {name: reverse(f"{route}{end}") for name, end in ADDRESSES.items()},
        "whole": f"{reverse(route)}{'?' if came_from else ''}{came_from}",
        "form": _wrong(listing.filters.form, search, export),
    }
    return render(request, "audits/register.html", context)


def search(request: SignedInRequest, listing: Listing) -> HttpResponse:
    """Keep what is searched for on the server, and go to the list with the filters it had."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, listing, search=form)
    request.session[SEARCHED] = form.cleaned_data["text"]
    query = urlencode(listing.address | {"search": "1"})
    return redirect(f"{reverse(f'{listing.words.code}_register')}?{query}")


def export(request: SignedInRequest, listing: Listing) -> HttpResponse:
    """The rows of the list as a file, once it is written down who took them and what for.

    Raises Refused ("rows_export_not_yours").
    """
    scope = export_scope(request.user)
    form = ExportForm(request.POST, needs_reason=scope.names_children)
    if not (listing.is_valid and form.is_valid()):
        return show(request, listing, export=form)
    try:
        return _file(request, listing, scope, form)
    except NotPossible as refusal:
        form.add_error("format", refusal.sentence)
        return show(request, listing, export=form)


def _file(
    request: SignedInRequest, listing: Listing, scope: ExportScope, form: ExportForm
) -> HttpResponse:
    rows = listing.rows.filter(scope.rows)
    kind, reason = FileFormat(form.cleaned_data["format"]), form.cleaned_data.get("reason")
    record_export(
        listing.words.code,
        rows=rows.count(),
        format=kind,
        filters=listing.filters.codes,
        searched=bool(listing.text),
        reason=ExportReason(reason) if reason else None,
        by=request.user,
        now=listing.at,
    )
    columns = listing.columns if scope.names_children else pseudonymised(listing.columns)
    header, body = lists.sheet(columns, listing.lines(listing.shown(rows)))
    name = f"{listing.words.many}-{listing.today.isoformat()}.{kind.value}"
    content = (
        sheets.csv_bytes(header, body)
        if kind == FileFormat.CSV
        else sheets.xlsx_bytes(listing.words.title, header, body)
    )
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _wrong(*filled: forms.BaseForm | None) -> forms.BaseForm | None:
    """The first form with an error, for the top of the page."""
    return next((form for form in filled if form and form.errors), None)
