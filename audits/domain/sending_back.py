"""Sending a returned audit back with a question: a new version, and the old one kept (rule 10).

Whoever sends an audit back can no longer moderate it blind, and nothing is sent back once its
moderation is committed: both are checked by moderation, which alone knows of moderations.
"""

import datetime
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from audits.domain import states
from audits.domain.locking import locked_audit
from audits.models import Audit, AuditReturn, Finding, SafetyAnswer
from audits.permissions import check_audit_send_back
from kit.exceptions import NotPossible

TEXTS = ("child_now", "first_step", "to_celebrate")

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def send_back(
    audit: Audit, *, reason: str, by: User, now: datetime.datetime | None = None
) -> AuditReturn:
    """Send the return in force back and open the next draft, filled as the old one was.

    Returns the new draft. Until it is returned the audit is not returned (domain rule 1). Raises
    Refused ("audit_send_back_not_yours", "own_audit") and NotPossible ("reason_missing",
    "send_back_not_possible").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    check_audit_send_back(by, held)
    if not reason.strip():
        raise NotPossible("reason_missing", "Say what the auditor should look at again.")
    states.AUDIT.check(states.state_of(held), "send_back")
    old = held.returns.in_force().get()
    old.sent_back_at, old.sent_back_by, old.sent_back_reason = moment, by, reason
    old.save(update_fields=["sent_back_at", "sent_back_by", "sent_back_reason"])
    draft = _next_version(old, moment)
    history.record("audit_sent_back", subject=held, by=by, at=moment, version=old.version)
    return draft


def _next_version(old: AuditReturn, moment: datetime.datetime) -> AuditReturn:
    texts = {name: getattr(old, name) for name in TEXTS}
    draft = AuditReturn.objects.create(
        audit=old.audit, version=old.version + 1, started_at=moment, **texts
    )
    # Nothing stands in a draft: the standing grades stay with the version they belong to.
    _copy(old.grades.all(), draft, standing=None)
    _copy(old.evidence.all(), draft)
    _copy(old.answers.all(), draft)
    _copy(old.contributions.all(), draft)
    _copy(SafetyAnswer.objects.filter(audit_return=old), draft)
    _copy_findings(old, draft)
    return draft


def _copy_findings(old: AuditReturn, draft: AuditReturn) -> None:
    """Findings with their themes, and the responses that point to them."""
    copy_of = {}
    for finding in old.findings.prefetch_related("themes"):
        fields = {"domain": finding.domain, "kind": finding.kind, "text": finding.text}
        copy_of[finding.pk] = Finding.objects.create(audit_return=draft, **fields)
        copy_of[finding.pk].themes.set(finding.themes.all())
    # The actions were raised by the return, so nothing of them is left to plan.
    for response in _copy(old.responses.all(), draft, planned=None):
        if response.finding_id:
            response.finding = copy_of[response.finding_id]
            response.save(update_fields=["finding"])


def _copy(rows: models.QuerySet[Row], draft: AuditReturn, **changed: object) -> list[Row]:
    """The same rows, belonging to the draft; `changed` are set on each."""
    copies = list(rows)
    for row in copies:
        row.pk = None
        row._state.adding = True
        for name, value in {"audit_return": draft, **changed}.items():
            setattr(row, name, value)
    return rows.model._default_manager.bulk_create(copies)
