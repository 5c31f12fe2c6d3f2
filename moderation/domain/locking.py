"""The audit is the lock of its moderation too: sending back and committing follow one another.

Lock order: audit, moderation or re-audit, grades, and last the head of history.
"""

from audits.domain.locking import locked_audit
from audits.models import AuditReturn
from kit.exceptions import NotPossible
from moderation.models import Moderation, ReAuditSchedule


def locked_return(audit_return: AuditReturn) -> AuditReturn:
    """The returned version as it is now, its audit held until the transaction ends.

    Raises NotPossible ("not_returned") unless it is in force.
    """
    audit = locked_audit(audit_return.audit_id)
    held = AuditReturn.objects.get(pk=audit_return.pk)
    held.audit = audit
    if held.returned_at is None or held.sent_back_at or audit.voided_at:
        raise NotPossible(
            "not_returned", "This version is not in force. Wait until the audit comes back."
        )
    return held


def locked_moderation(moderation: Moderation) -> Moderation:
    """The moderation as it is now, with its return and audit held until the transaction ends.

    Raises NotPossible ("not_returned") unless its return is in force.
    """
    audit_return = locked_return(moderation.audit_return)
    rows = Moderation.objects.select_for_update(of=("self",)).select_related(
        "moderator", "proposed_by"
    )
    held = rows.get(pk=moderation.pk)
    held.audit_return = audit_return
    return held


def locked_schedule(schedule: ReAuditSchedule) -> ReAuditSchedule:
    """The re-audit as it is now, held until the transaction ends."""
    rows = ReAuditSchedule.objects.select_for_update(of=("self",))
    return rows.select_related("case__team", "origin", "held").get(pk=schedule.pk)
