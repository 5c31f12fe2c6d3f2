"""What somebody knows of an audit already, and so cannot moderate blind (domain rule 12)."""

from django.db.models import Min

from accounts.models import User
from accounts.permissions import holds
from audits.models import AuditReturn
from audits.permissions import QA
from cases.choices import InvolvementKind
from cases.domain.looking import has_looked
from moderation.models import Moderation

SHOWS_AUDIT = frozenset(
    {
        "audit_returned",
        "audit_version",
        "moderation_comparison",
        "moderation_outcome",
        "moderation_propose",
        "moderation_settle",
    }
)
"""Addresses whose pages show what an auditor wrote and graded."""
LISTS_GRADES = frozenset({"audit_register", "audit_register_export", "audit_register_search"})
"""Addresses of lists that hide grades from the QA team alone."""


def knows_because(user: User, audit_return: AuditReturn) -> str:
    """Why this person cannot moderate the audit blind, in words; "" when nothing is known."""
    audit = audit_return.audit
    sighted = Moderation.objects.filter(audit_return__audit=audit, moderator=user, is_blind=False)
    has_read = has_read_returned(user, audit_return)
    chaired = audit.case.involvements.filter(user=user, kind=InvolvementKind.CHAIRED)
    reasons = (
        (audit.allocated_by_id == user.pk, "gave this audit out"),
        (audit.returns.filter(sent_back_by=user).exists(), "sent this audit back"),
        (chaired.exists(), "chaired a meeting about this child"),
        (sighted.exists(), "has read this audit as its moderator"),
        (has_read, "has seen a returned audit of this child since this one came back"),
    )
    return next((words for known, words in reasons if known), "")


def has_read_returned(user: User, audit_return: AuditReturn) -> bool:
    """Whether a page showed this person grades of the child's audits since this one came back.

    Told by who looked (domain rule 21), which names the case: a look at an earlier audit of the
    child counts too, on the safe side. Lists show grades to everybody outside the QA team. What
    is seen once the moderation is one's own is kept blind by the pages themselves.
    """
    audit = audit_return.audit
    first = audit.returns.aggregate(first=Min("returned_at"))["first"]
    if first is None:
        return False
    live = Moderation.objects.filter(
        audit_return=audit_return, moderator=user, withdrawn_at__isnull=True
    )
    return has_looked(
        user,
        audit.case,
        routes=SHOWS_AUDIT if holds(user, *QA) else SHOWS_AUDIT | LISTS_GRADES,
        since=first,
        until=live.values_list("assigned_at", flat=True).first(),
    )
