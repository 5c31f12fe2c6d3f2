"""Exemptions: an audit excused from the month's scheduled, with reason, approver and date.

Asked by anyone who may know of the audit; decided by the head of service, the QA manager or a
director, never by the auditor nor by the person who asked. A returned audit cannot be excused.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from accounts.permissions import require
from audits.choices import ExemptionReason
from audits.domain import states
from audits.domain.asked import words_of
from audits.domain.locking import locked_audit
from audits.models import Audit, Exemption
from audits.permissions import check_audit_exempt, check_decides_exemption
from cases.choices import AccessCapacity
from cases.domain import access
from kit.exceptions import NotPossible


@transaction.atomic
def ask(
    audit: Audit,
    *,
    reason: ExemptionReason,
    by: User,
    note: str = "",
    now: datetime.datetime | None = None,
) -> Exemption:
    """Ask for an exemption.

    Raises Refused ("audit_not_yours") and NotPossible ("exempt_not_possible",
    "exemption_waits").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    require(
        by.is_system or Audit.objects.visible_to(by).filter(pk=held.pk).exists(),
        "audit_not_yours",
        "You can ask about your own audits and those of your units only.",
    )
    states.AUDIT.check(states.state_of(held), "exempt")
    exemption = _write(
        Exemption(audit=held, reason=reason, note=note, requested_at=moment, requested_by=by)
    )
    history.record("exemption_asked", subject=held, by=by, at=moment, reason=reason)
    return exemption


@transaction.atomic
def approve(exemption: Exemption, *, by: User, now: datetime.datetime | None = None) -> Exemption:
    """Excuse the audit: it leaves the month's scheduled, and its auditor loses the case.

    Raises Refused ("audit_exempt_not_yours", "own_audit", "needs_two_people") and NotPossible
    ("approve_not_possible", "exempt_not_possible").
    """
    moment = now or timezone.now()
    held = _to_decide(exemption, by=by, verb="approve")
    states.AUDIT.check(states.state_of(held.audit), "exempt")
    held.approved_at, held.approved_by = moment, by
    held.save(update_fields=["approved_at", "approved_by"])
    access.withdraw(held.audit.public_id, now=moment)
    history.record("exemption_approved", subject=held.audit, by=by, at=moment, reason=held.reason)
    return held


@transaction.atomic
def refuse(
    exemption: Exemption, *, because: str, by: User, now: datetime.datetime | None = None
) -> Exemption:
    """Leave the audit as it is due. `because` is what whoever asked reads.

    Raises what `approve` raises, and NotPossible ("refused_without_words").
    """
    moment = now or timezone.now()
    held = _to_decide(exemption, by=by, verb="refuse")
    held.refused_at, held.refused_by, held.refused_because = moment, by, words_of(because)
    held.save(update_fields=["refused_at", "refused_by", "refused_because"])
    history.record("exemption_refused", subject=held.audit, by=by, at=moment, reason=held.reason)
    return held


@transaction.atomic
def withdraw(exemption: Exemption, *, by: User, now: datetime.datetime | None = None) -> Exemption:
    """Take back what was asked, or what was approved: the audit is due again.

    Whoever asked takes back a question; an approved exemption takes one who may approve.
    Raises Refused and NotPossible ("withdraw_not_possible").
    """
    moment = now or timezone.now()
    held = _locked(exemption)
    if held.approved_at or held.requested_by_id != by.pk:
        check_audit_exempt(by, held.audit)
    states.EXEMPTION.check(states.exemption_state(held), "withdraw")
    held.withdrawn_at, held.withdrawn_by = moment, by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if held.approved_at:
        _give_case_back(held.audit, moment)
    history.record("exemption_withdrawn", subject=held.audit, by=by, at=moment, reason=held.reason)
    return held


def _write(exemption: Exemption) -> Exemption:
    try:
        with transaction.atomic():
            exemption.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "exemption_waits", "An exemption of this audit already waits for a decision."
        ) from clash
    return exemption


def _to_decide(exemption: Exemption, *, by: User, verb: str) -> Exemption:
    held = _locked(exemption)
    check_decides_exemption(by, held)
    states.EXEMPTION.check(states.exemption_state(held), verb)
    return held


def _locked(exemption: Exemption) -> Exemption:
    audit = locked_audit(exemption.audit_id)
    held = Exemption.objects.select_related("requested_by").get(pk=exemption.pk)
    held.audit = audit
    return held


def _give_case_back(audit: Audit, moment: datetime.datetime) -> None:
    access.grant(
        audit.auditor,
        case=audit.case,
        capacity=AccessCapacity.AUDITOR,
        because_of=audit.public_id,
        now=moment,
    )
