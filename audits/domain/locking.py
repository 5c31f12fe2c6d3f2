"""The audit is the lock of everything that happens to it: its verbs follow one another.

Lock order: round, audit, what hangs on the audit, and last the head of history.
"""

from audits.models import Audit, Round

_ALONG = ("round__tool_version", "case__team", "auditor", "team", "service")


def locked_audit(audit_id: int) -> Audit:
    """The audit as it is now, with its round, case and team, held until the transaction ends."""
    rows = Audit.objects.select_for_update(of=("self",)).select_related(*_ALONG)
    return rows.get(pk=audit_id)


def locked_round(round_id: int) -> Round:
    """The round as it is now, held until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).get(pk=round_id)
