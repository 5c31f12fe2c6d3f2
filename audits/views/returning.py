"""Checking the answers, returning the audit, and what happens next."""

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Refused
from accounts.requests import SignedInRequest
from audits.domain import completion, independence
from audits.domain.oddities import oddities
from audits.domain.overview import Overview, SectionState, overview_of
from audits.domain.owning import readers_of
from audits.exceptions import IncompleteAudit, Missing
from audits.models import Audit, AuditReturn
from audits.permissions import check_audit_return, check_audit_view_draft
from audits.views.frame import frame, href_of, latest_version, section_links, visible_audit
from kit.exceptions import NotPossible
from kit.working_days import due_in_words


@dataclass(frozen=True)
class ToDo:
    """What a section lacks, or what is odd in it, with the page on which it is mended."""

    section: str
    sentences: tuple[str, ...]
    href: str


@require_GET
def audit_check(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Check your answers: grades, what is missing, what is odd, and the statement."""
    audit = visible_audit(request.user, public_id)
    check_audit_view_draft(request.user, audit)
    version = latest_version(audit)
    if version is None:
        return redirect("audit_overview", public_id)
    if version.returned_at:
        return redirect("audit_returned", public_id)
    independence.check_auditor(audit, on=timezone.localdate())
    return _show(request, audit, version)


@require_POST
def audit_return(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Return the draft. What keeps it from being returned is said on the page it came from."""
    audit = visible_audit(request.user, public_id)
    check_audit_return(request.user, audit)
    version = latest_version(audit)
    try:
        completion.return_audit(audit, by=request.user)
    except (IncompleteAudit, Refused) as refusal:
        if version is None:
            return redirect("audit_overview", public_id)
        return _show(request, audit, version, refusal.sentence)
    except NotPossible:
        # Returned already, by a second press: what happens next is the same.
        return redirect("audit_receipt" if version else "audit_overview", public_id)
    return redirect("audit_receipt", public_id)


@require_GET
def audit_receipt(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What happens next, and the auditor's next audit."""
    audit = visible_audit(request.user, public_id)
    check_audit_return(request.user, audit)
    version = audit.returns.in_force().first()
    if version is None:
        return redirect("audit_overview", public_id)
    following = _next_audit(audit)
    today = timezone.localdate()
    context = {
        "audit": audit,
        "version": version,
        "following": following,
        "due": due_in_words(following.due_on, today) if following else "",
        "readers": readers_of(audit, on=today),
    }
    return render(request, "audits/receipt.html", context)


def _show(
    request: SignedInRequest, audit: Audit, version: AuditReturn, refusal: str = ""
) -> HttpResponse:
    overview = overview_of(version)
    context = frame(request, audit, version) | {
        "overview": overview,
        "sections": section_links(audit, overview),
        "refusal": refusal,
        "missing": _missing(audit, overview),
        "odd": _odd(audit, overview, oddities(version)),
        "readers": readers_of(audit, on=timezone.localdate()),
        "sent_back": audit.returns.filter(sent_back_at__isnull=False).order_by("-version").first(),
        "is_unchanged": not version.saves.exists(),
    }
    return render(request, "audits/check.html", context)


def _missing(audit: Audit, overview: Overview) -> list[ToDo]:
    """A line a section; of one that is not started it is enough to say so."""
    return [
        ToDo(
            line.name,
            line.missing if line.state == SectionState.STARTED else ("Not started yet.",),
            href_of(audit, line),
        )
        for line in overview.sections
        if not line.is_done
    ]


def _odd(audit: Audit, overview: Overview, found: list[Missing]) -> list[ToDo]:
    """What is odd in sections that were started."""
    lines = {line.code: line for line in overview.sections}
    begun = [lack for lack in found if lines[lack.section_code].state != SectionState.NOT_STARTED]
    return [
        ToDo(
            lines[lack.section_code].name,
            (lack.sentence,),
            href_of(audit, lines[lack.section_code]),
        )
        for lack in begun
    ]


def _next_audit(audit: Audit) -> Audit | None:
    """The auditor's audit that is due first of those not yet returned."""
    mine = Audit.objects.visible_to(audit.auditor).filter(
        auditor=audit.auditor, voided_at__isnull=True
    )
    waiting = mine.exclude(returns__returned_at__isnull=False, returns__sent_back_at__isnull=True)
    excused = waiting.filter(
        exemptions__approved_at__isnull=False, exemptions__withdrawn_at__isnull=True
    )
    rest = waiting.exclude(pk__in=excused.values("pk")).exclude(pk=audit.pk)
    return rest.select_related("round").order_by("due_on", "pk").first()
