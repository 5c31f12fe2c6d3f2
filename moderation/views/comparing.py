"""After the commit: both sides' grades and texts, why they differ, and what the auditor reads."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.telling import told_of
from accounts.forms import carry_out
from accounts.requests import SignedInRequest
from actions.models import Action
from audits.models import Audit, FindingResponse, SafetyAnswer
from moderation.domain import outcome, regrading
from moderation.domain.comparison import DomainLine, SideBySide, side_by_side
from moderation.domain.feedback import give_feedback
from moderation.forms.settling import EveryWhyForm, FeedbackForm, WhyForm
from moderation.models import AuditFeedback, Moderation
from moderation.permissions import (
    can_moderation_settle_in_panel,
    can_returned_audit_read,
    check_moderation_regrade,
    check_moderation_view_outcome,
)
from moderation.views.frame import knows_audit, plain_strip, visible_moderation
from moderation.views.moderation_tables import (
    actions_table,
    domain_table,
    history_table,
    overall_table,
)

TOOL_ORDER = "tool"


@require_GET
def moderation_comparison(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The comparison, for its moderator and those who settle; others read the outcome."""
    held = visible_moderation(request.user, public_id)
    check_moderation_view_outcome(request.user, held)
    is_moderator = held.moderator_id == request.user.pk
    may_settle = can_moderation_settle_in_panel(request.user, held)
    if not (is_moderator or may_settle):
        return redirect("moderation_outcome", public_id)
    side = side_by_side(held)
    in_tool_order = request.GET.get("order") == TOOL_ORDER
    context = {
        **_frame(held, side),
        "next_step": outcome.next_step(held, side),
        "overall": overall_table(side, is_settled=held.settled_at is not None),
        "tables": _domain_tables(side, in_tool_order=in_tool_order),
        "in_tool_order": in_tool_order,
        "safety": SafetyAnswer.objects.filter(audit_return=held.audit_return_id).first(),
        "actions": actions_table(_actions(request, held)),
        "history": history_table(outcome.grade_changes(held)),
        "feedback": AuditFeedback.objects.filter(moderation=held).first(),
        "is_moderator": is_moderator,
        "may_raise": is_moderator and knows_audit(request.user, held.audit_return.audit),
        "to_explain": side.to_explain(is_settled=held.settled_at is not None),
        "may_settle": may_settle,
        "is_proposer": held.proposed_by_id == request.user.pk,
        "may_read_audit": _may_read(request, held),
        "doings": told_of(held, held.audit_return.audit, reader=request.user),
    }
    return render(request, "moderation/comparison.html", context)


@require_GET
def moderation_outcome(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What the auditor, the worker and the line read once it is settled."""
    held = visible_moderation(request.user, public_id)
    check_moderation_view_outcome(request.user, held)
    if held.settled_at is None:
        return redirect("moderation_comparison", public_id)
    side = side_by_side(held)
    context = {
        **_frame(held, side),
        "word": outcome.outcome_word(side, held.settled_grade or 0),
        "settled": outcome.settled_sentence(held),
        "overall": overall_table(side, is_settled=True),
        "feedback": AuditFeedback.objects.filter(moderation=held).first(),
        "dispute_until": outcome.dispute_until(held),
        "may_read_audit": _may_read(request, held),
        "doings": told_of(held.audit_return.audit, reader=request.user),
    }
    return render(request, "moderation/outcome.html", context)


@require_http_methods(["GET", "POST"])
def moderation_why(request: SignedInRequest, public_id: uuid.UUID, code: str) -> HttpResponse:
    """Why the two differ in a section."""
    held = _mine_committed(request, public_id)
    side = side_by_side(held)
    line = _differing(side, code)
    version = held.audit_return.audit.round.tool_version
    form = WhyForm(
        request.POST if request.method == "POST" else None,
        initial={"why_we_differ": line.why_we_differ, "main_reason": line.main_reason_code},
        label_suffix="",
    )

    def explain(said: dict[str, Any]) -> object:
        domain = version.domains.get(code=code)
        return regrading.explain(held, domain=domain, **said, by=request.user)

    if carry_out(form, explain):
        messages.success(request, "Why you differ is kept.")
        return redirect("moderation_comparison", public_id)
    context = _frame(held, side) | {"line": line, "form": form}
    return render(request, "moderation/why.html", context)


@require_http_methods(["GET", "POST"])
def moderation_whys(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Why the two differ, in every section where that can still be said; one press keeps it all."""
    held = _mine_committed(request, public_id)
    side = side_by_side(held)
    lines = side.to_explain(is_settled=held.settled_at is not None)
    if not lines:
        return redirect("moderation_comparison", public_id)
    version = held.audit_return.audit.round.tool_version
    form = EveryWhyForm(request.POST if request.method == "POST" else None, lines=lines)

    def explain(_: dict[str, Any]) -> object:
        said = form.said
        domains = version.domains.filter(code__in=said)
        by_domain = {domain: said[domain.code] for domain in domains}
        return regrading.explain_each(held, said=by_domain, by=request.user)

    if carry_out(form, explain):
        messages.success(request, "Why you differ is kept.")
        return redirect("moderation_comparison", public_id)
    return render(request, "moderation/whys.html", _frame(held, side) | {"form": form})


@require_http_methods(["GET", "POST"])
def moderation_feedback(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Tell the auditor about the audit itself, once."""
    held = _mine_committed(request, public_id)
    given = AuditFeedback.objects.filter(moderation=held).exists()
    if given and request.method == "GET":
        return redirect("moderation_comparison", public_id)
    form = FeedbackForm(request.POST if request.method == "POST" else None, label_suffix="")
    if carry_out(form, lambda said: give_feedback(held, **said, by=request.user)):
        messages.success(request, "The auditor reads your feedback once it is settled.")
        return redirect("moderation_comparison", public_id)
    context = {"moderation": held, "strip": plain_strip(held), "form": form}
    return render(request, "moderation/feedback.html", context)


def _mine_committed(request: SignedInRequest, public_id: uuid.UUID) -> Moderation:
    """The user's own moderation, in which there is something to see."""
    held = visible_moderation(request.user, public_id)
    check_moderation_regrade(request.user, held, on=timezone.localdate())
    check_moderation_view_outcome(request.user, held)
    return held


def _frame(held: Moderation, side: SideBySide) -> dict[str, Any]:
    own, moderated = side.grades
    return {
        "moderation": held,
        "strip": plain_strip(held),
        "audit": held.audit_return.audit,
        "side": side,
        "own": own,
        "moderated": moderated,
    }


def _domain_tables(side: SideBySide, *, in_tool_order: bool) -> list[Any]:
    axes = [pair.axis for pair in side.overall.pairs]
    lines = {axis: side.domains if in_tool_order else side.differing_first(axis) for axis in axes}
    return [domain_table(side, axis, lines[axis]) for axis in axes]


def _differing(side: SideBySide, code: str) -> DomainLine:
    found = [line for line in side.differing if line.code == code]
    if not found:
        raise Http404
    return found[0]


def _actions(request: SignedInRequest, held: Moderation) -> list[Action]:
    """What the audit's findings led to, as far as the user may see it."""
    named = FindingResponse.objects.filter(
        audit_return=held.audit_return, action__isnull=False
    ).values("action")
    seen = Action.objects.visible_to(request.user).filter(pk__in=named)
    return list(seen.prefetch_related("owners__user").order_by("due_on", "pk"))


def _may_read(request: SignedInRequest, held: Moderation) -> bool:
    """Whether the audit's own page is open to the user."""
    audit = held.audit_return.audit
    knows = Audit.objects.visible_to(request.user).filter(pk=audit.pk).exists()
    return knows and can_returned_audit_read(request.user, audit)
