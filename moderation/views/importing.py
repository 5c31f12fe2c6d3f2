"""Importing past audits: choose a file, look at what it would do, do it."""

import uuid
from textwrap import wrap

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.importing import keeping
from accounts.domain.telling import told_of
from accounts.requests import SignedInRequest
from cases.permissions import check_case_import
from kit.exceptions import NotPossible
from kit.spreadsheets.mending import problems_table
from kit.spreadsheets.reading import too_large
from moderation.domain import importing
from moderation.domain.importing import uploads
from moderation.forms.importing import BestForm, UploadForm
from moderation.models import AuditImport
from moderation.views.import_tables import imports_table, months_table, needs_of

SHA256_PART = 16


@require_http_methods(["GET", "POST"])
def audit_imports(request: SignedInRequest) -> HttpResponse:
    """The form that takes a file, and the imports made so far."""
    check_case_import(request.user)
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        upload = _kept(request, form)
        if upload:
            return redirect("audit_import", upload.public_id)
    made = AuditImport.objects.visible_to(request.user).made().select_related("imported_by")
    context = {"form": form, "table": imports_table(made)}
    return render(request, "moderation/imports.html", context)


@require_http_methods(["GET", "POST"])
def audit_import(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What an uploaded file would do, until it is imported; then what it did."""
    check_case_import(request.user)
    upload = _visible(request, public_id)
    try:
        if request.method == "POST":
            return _import(request, upload)
        if upload.imported_at:
            context = {
                "batch": upload,
                "sha256": wrap(upload.sha256, SHA256_PART),
                "doings": told_of(upload, reader=request.user),
            }
            return render(request, "moderation/import_made.html", context)
        return _preview(request, upload, BestForm())
    except NotPossible as refusal:
        messages.error(request, refusal.sentence)
        return redirect("audit_imports")


@require_POST
def audit_import_best(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The answer to which end of the figures is best."""
    check_case_import(request.user)
    upload = _visible(request, public_id)
    form = BestForm(request.POST)
    if not form.is_valid():
        return _preview(request, upload, form)
    uploads.choose_best(upload, best=form.cleaned_data["best"], by=request.user)
    return redirect("audit_import", upload.public_id)


def _visible(request: SignedInRequest, public_id: uuid.UUID) -> AuditImport:
    return get_object_or_404(AuditImport.objects.visible_to(request.user), public_id=public_id)


def _kept(request: SignedInRequest, form: UploadForm) -> AuditImport | None:
    """The file, kept, if it can be read; else the form says why not."""
    if not form.is_valid():
        if _is_too_large(request):
            form.errors.clear()
            form.add_error("file", too_large().sentence)
        return None
    file, user = form.cleaned_data["file"], request.user
    try:
        content = file.read()
        importing.preview(content, by=user)
        return uploads.keep(content, file_name=file.name, by=user)
    except NotPossible as refusal:
        form.add_error("file", refusal.sentence)
    return None


def _is_too_large(request: SignedInRequest) -> bool:
    """Whether a file was sent and, being beyond the limit of settings.py, not taken in."""
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    return sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def _import(request: SignedInRequest, upload: AuditImport) -> HttpResponse:
    """Import the file, or show once more what stands in its way by now."""
    content = keeping.content_of(upload)
    try:
        plan = importing.import_audits(
            content,
            file_name=upload.file_name,
            by=request.user,
            best=upload.best_figure,
            upload=upload,
        )
    except importing.HasProblems:
        return redirect("audit_import", upload.public_id)
    if not plan.entries:
        messages.info(request, "All of the file is here already, so nothing was changed.")
        return redirect("audit_imports")
    messages.success(request, f"{len(plan.entries)} audits were imported or corrected.")
    return redirect("audit_import", upload.public_id)


def _preview(request: SignedInRequest, upload: AuditImport, form: BestForm) -> HttpResponse:
    content = keeping.content_of(upload)
    plan = importing.preview(content, by=request.user, best=upload.best_figure)
    context = {
        "upload": upload,
        "plan": plan,
        "form": form,
        "problems": problems_table(plan.problems),
        "months": months_table(plan),
        "needs": needs_of(plan),
    }
    return render(request, "moderation/import_preview.html", context)
