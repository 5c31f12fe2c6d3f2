"""The re-grade: one section a page, then the commit. Nothing of the auditor's work is here.

Until the commit these pages read the case, the tool, the day as at which to judge, and what the
moderator wrote; neither who audited nor what they found (domain rule 12).
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.telling import told_of
from accounts.exceptions import Refused
from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from audits.models import Domain
from kit.exceptions import NotPossible
from moderation.domain import assigning, regrading
from moderation.forms.regrading import CommitForm, RegradeForm, SightedForm
from moderation.models import Moderation
from moderation.permissions import check_moderates_blind, check_moderation_regrade
from moderation.views.frame import (
    SectionLine,
    knows_audit,
    section_lines,
    strip_for_regrading,
    visible_moderation,
)

LATER = "later"


@require_GET
def moderation(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The re-grade's first page: how to judge, and the sections with the moderator's grades."""
    held = visible_moderation(request.user, public_id)
    if held.committed_at:
        return redirect("moderation_comparison", public_id)
    _check_mine(request, held)
    sections = section_lines(held)
    context = _frame(request, held) | {
        "sections": sections,
        "done": sum(section.is_done for section in sections),
        "carry_on": _not_done(sections),
        "doings": told_of(held, reader=request.user),
        "not_blind": _why_not_blind(request, held),
    }
    return render(request, "moderation/moderation.html", context)


@require_http_methods(["GET", "POST"])
def moderation_section(request: SignedInRequest, public_id: uuid.UUID, code: str) -> HttpResponse:
    """One section: what the moderator saw, and a grade an axis."""
    held = visible_moderation(request.user, public_id)
    domains = held.audit_return.audit.round.tool_version.domains.filter(is_graded=True)
    domain = get_object_or_404(domains, code=code)
    _check_mine(request, held)
    if held.committed_at and request.method == "GET":
        return redirect("moderation_comparison", public_id)
    form = _section_form(request, held, domain)
    if carry_out(form, lambda said: _save(request, held, domain, form)):
        return _next(request, held, domain)
    sections = section_lines(held)
    number = [line.domain.pk for line in sections].index(domain.pk) + 1
    context = _frame(request, held) | {
        "domain": domain,
        "form": form,
        "caption": f"Section {number} of {len(sections)}",
    }
    return render(request, "moderation/section.html", context)


@require_http_methods(["GET", "POST"])
def moderation_commit(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Look at one's own grades and fix them; then the audit can be read."""
    held = visible_moderation(request.user, public_id)
    _check_mine(request, held)
    if held.committed_at and request.method == "GET":
        return redirect("moderation_comparison", public_id)
    form = CommitForm(request.POST if request.method == "POST" else None, is_blind=held.is_blind)

    def commit(said: dict[str, Any]) -> object:
        return regrading.commit(held, gave_grade_away=form.gave_it_away, by=request.user)

    if carry_out(form, commit):
        messages.success(request, "Your grades are fixed. You can read the audit now.")
        return redirect("moderation_comparison", public_id)
    sections = section_lines(held)
    context = _frame(request, held) | {
        "sections": sections,
        "carry_on": _not_done(sections),
        "missing": regrading.missing(held),
        "form": form,
    }
    return render(request, "moderation/commit.html", context)


@require_http_methods(["GET", "POST"])
def moderation_sighted(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """This can't be a blind moderation: record it as sighted, or hand it over."""
    held = visible_moderation(request.user, public_id)
    _check_mine(request, held)
    form = SightedForm(request.POST if request.method == "POST" else None, label_suffix="")

    def record(said: dict[str, Any]) -> object:
        return assigning.record_as_sighted(held, reason=said["reason"], by=request.user)

    if carry_out(form, record):
        messages.success(request, "This moderation counts as sighted from now on.")
        return redirect("moderation", public_id)
    context = _frame(request, held) | {"form": form, "not_blind": _why_not_blind(request, held)}
    return render(request, "moderation/sighted.html", context)


@require_POST
def moderation_hand_over(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give it back, so that someone else can moderate."""
    held = visible_moderation(request.user, public_id)
    _check_mine(request, held)
    try:
        assigning.withdraw(held, by=request.user)
    except (NotPossible, Refused) as refusal:
        messages.error(request, refusal.sentence)
        return redirect("moderation", public_id)
    messages.success(request, "The audit is back among those that wait for a moderator.")
    return redirect("moderations")


def _check_mine(request: SignedInRequest, held: Moderation) -> None:
    check_moderation_regrade(request.user, held, on=timezone.localdate())


def _frame(request: SignedInRequest, held: Moderation) -> dict[str, Any]:
    audit = held.audit_return.audit
    return {
        "moderation": held,
        "strip": strip_for_regrading(held),
        "tool": audit.round.tool_version,
        "audit": audit if knows_audit(request.user, audit) else None,
    }


def _not_done(sections: list[SectionLine]) -> SectionLine | None:
    """The first section that still lacks a grade."""
    return next((line for line in sections if not line.is_done), None)


def _why_not_blind(request: SignedInRequest, held: Moderation) -> str:
    """Why a moderation said to be blind can't be; "" where it can, or is sighted already."""
    try:
        if held.is_blind:
            check_moderates_blind(request.user, held.audit_return)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _section_form(request: SignedInRequest, held: Moderation, domain: Domain) -> RegradeForm:
    seen = held.evidence.filter(domain=domain).values_list("what_i_saw", flat=True).first()
    return RegradeForm(
        request.POST if request.method == "POST" else None,
        domain=domain,
        axes=held.audit_return.audit.round.tool_version.axes,
        what_i_saw=seen or "",
        stored={row.axis: row for row in held.regrades.filter(domain=domain)},
    )


def _save(
    request: SignedInRequest, held: Moderation, domain: Domain, form: RegradeForm
) -> Moderation:
    return regrading.save_domain(
        held,
        domain=domain,
        what_i_saw=form.cleaned_data["what_i_saw"],
        grades=form.grades(),
        by=request.user,
    )


def _next(request: SignedInRequest, held: Moderation, domain: Domain) -> HttpResponse:
    """The next section, the commit after the last, or the first page when asked for."""
    if request.POST.get("then") == LATER:
        return redirect("moderation", held.public_id)
    sections = [line.domain for line in section_lines(held)]
    following = sections[sections.index(domain) + 1 :]
    if following:
        return redirect("moderation_section", held.public_id, following[0].code)
    return redirect("moderation_commit", held.public_id)
