"""A child may be unsafe now: raised, acknowledged by a manager, settled (domain rule 7).

Possible at any time, before and after the return. The clock runs from `raised_at` until someone
acknowledges; whoever settles says what was done.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from audits.choices import SafetyJudgement
from audits.domain import drafting, states
from audits.domain.locking import locked_audit
from audits.models import Audit, AuditReturn, SafetyConcern
from audits.permissions import check_safety_concern_acknowledge, check_safety_concern_raise
from kit.exceptions import NotPossible


@transaction.atomic
def raise_concern(
    audit: Audit,
    *,
    judgement: SafetyJudgement,
    worry: str,
    by: User,
    now: datetime.datetime | None = None,
) -> SafetyConcern:
    """Tell the managers that something must be checked today, or that the child is not safe.

    Raises Refused ("safety_concern_raise_not_yours") and NotPossible ("not_a_worry").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    check_safety_concern_raise(by, held)
    if judgement == SafetyJudgement.SAFE or not worry.strip():
        raise NotPossible("not_a_worry", "Say what worries you and how soon it must be checked.")
    concern = SafetyConcern.objects.create(
        audit=held, judgement=judgement, worry=worry, raised_at=moment, raised_by=by
    )
    history.record("safety_concern_raised", subject=concern, by=by, at=moment, judgement=judgement)
    return concern


@transaction.atomic
def answer(
    draft: AuditReturn,
    *,
    judgement: SafetyJudgement,
    evidence: str,
    by: User,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> SafetyConcern | None:
    """Answer the safety question; a worry that no open concern tells is raised at once.

    An open concern that something must be checked today does not tell that a child is not safe.

    Returns the concern raised, if any. Raises what `drafting.save_safety` and `raise_concern`
    raise.
    """
    drafting.save_safety(draft, judgement=judgement, evidence=evidence, by=by, seen=seen, now=now)
    told = draft.audit.concerns.filter(judgement__in=judgement.told_by, settled_at__isnull=True)
    if judgement == SafetyJudgement.SAFE or told.exists():
        return None
    return raise_concern(draft.audit, judgement=judgement, worry=evidence, by=by, now=now)


@transaction.atomic
def acknowledge(
    concern: SafetyConcern, *, by: User, now: datetime.datetime | None = None
) -> SafetyConcern:
    """Take the concern on: the clock stops.

    Raises Refused ("safety_concern_acknowledge_not_yours") and NotPossible
    ("acknowledge_not_possible").
    """
    moment = now or timezone.now()
    held = _held(concern, by=by, verb="acknowledge")
    held.acknowledged_at, held.acknowledged_by = moment, by
    held.save(update_fields=["acknowledged_at", "acknowledged_by"])
    history.record("safety_concern_acknowledged", subject=held, by=by, at=moment)
    return held


@transaction.atomic
def settle(
    concern: SafetyConcern,
    *,
    what_was_done: str,
    by: User,
    now: datetime.datetime | None = None,
) -> SafetyConcern:
    """Say what was done about an acknowledged concern.

    Raises Refused ("safety_concern_acknowledge_not_yours") and NotPossible
    ("settle_not_possible", "what_was_done_missing").
    """
    moment = now or timezone.now()
    held = _held(concern, by=by, verb="settle")
    if not what_was_done.strip():
        raise NotPossible("what_was_done_missing", "Say what was done, so that others can see it.")
    held.settled_at, held.settled_by, held.what_was_done = moment, by, what_was_done
    held.save(update_fields=["settled_at", "settled_by", "what_was_done"])
    history.record("safety_concern_settled", subject=held, by=by, at=moment)
    return held


def _held(concern: SafetyConcern, *, by: User, verb: str) -> SafetyConcern:
    audit = locked_audit(concern.audit_id)
    held = SafetyConcern.objects.get(pk=concern.pk)
    held.audit = audit
    check_safety_concern_acknowledge(by, held)
    states.SAFETY_CONCERN.check(states.concern_state(held), verb)
    return held
