"""Extensions: a later due date for an audit, asked for and decided by two people.

An extension is not an exemption: the audit stays scheduled. Managers extend by the short
extension at most, counted from the day first set; the QA manager by any time.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from accounts.permissions import require
from audits.choices import ExtensionReason
from audits.domain import states
from audits.domain.asked import words_of
from audits.domain.locking import locked_audit
from audits.models import Audit, Extension
from audits.permissions import check_audit_extend
from kit.exceptions import NotPossible


@transaction.atomic
def ask(
    audit: Audit,
    *,
    reason: ExtensionReason,
    new_due_on: datetime.date,
    by: User,
    note: str = "",
    now: datetime.datetime | None = None,
) -> Extension:
    """Ask for a later due date.

    Raises Refused ("audit_not_yours") and NotPossible ("extend_not_possible", "not_later",
    "extension_waits").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    require(
        by.is_system or Audit.objects.visible_to(by).filter(pk=held.pk).exists(),
        "audit_not_yours",
        "You can ask about your own audits and those of your units only.",
    )
    states.AUDIT.check(states.state_of(held), "extend")
    if new_due_on <= held.due_on:
        raise NotPossible("not_later", "Choose a day after the present due date.")
    extension = _write(
        Extension(
            audit=held,
            reason=reason,
            note=note,
            old_due_on=held.due_on,
            new_due_on=new_due_on,
            requested_at=moment,
            requested_by=by,
        )
    )
    history.record(
        "extension_asked", subject=held, by=by, at=moment, reason=reason, new_due_on=new_due_on
    )
    return extension


@transaction.atomic
def approve(extension: Extension, *, by: User, now: datetime.datetime | None = None) -> Extension:
    """Move the audit's due date.

    Raises Refused ("audit_extend_not_yours", "own_extension", "extension_not_short") and
    NotPossible ("approve_not_possible", "extend_not_possible").
    """
    moment = now or timezone.now()
    held = _to_decide(extension, by=by, verb="approve")
    states.AUDIT.check(states.state_of(held.audit), "extend")
    held.approved_at, held.approved_by = moment, by
    held.save(update_fields=["approved_at", "approved_by"])
    held.audit.due_on = held.new_due_on
    held.audit.save(update_fields=["due_on"])
    history.record(
        "extension_approved", subject=held.audit, by=by, at=moment, new_due_on=held.new_due_on
    )
    return held


@transaction.atomic
def refuse(
    extension: Extension, *, because: str, by: User, now: datetime.datetime | None = None
) -> Extension:
    """Leave the due date as it is. `because` is what whoever asked reads.

    Raises what `approve` raises, and NotPossible ("refused_without_words").
    """
    moment = now or timezone.now()
    held = _to_decide(extension, by=by, verb="refuse")
    held.refused_at, held.refused_by, held.refused_because = moment, by, words_of(because)
    held.save(update_fields=["refused_at", "refused_by", "refused_because"])
    history.record("extension_refused", subject=held.audit, by=by, at=moment)
    return held


def _write(extension: Extension) -> Extension:
    try:
        with transaction.atomic():
            extension.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "extension_waits", "An extension of this audit already waits for a decision."
        ) from clash
    return extension


def _to_decide(extension: Extension, *, by: User, verb: str) -> Extension:
    audit = locked_audit(extension.audit_id)
    held = Extension.objects.get(pk=extension.pk)
    held.audit = audit
    check_audit_extend(by, held)
    states.EXTENSION.check(states.extension_state(held), verb)
    return held
