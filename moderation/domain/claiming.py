"""Which returned audits wait for a moderator, and taking the next of them.

Their order comes from the round and the return alone: nothing of the auditor, the grade or the
day moves an audit up or down, and the same audits stand in the same order for everybody.
"""

import datetime
import hashlib

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.exceptions import Refused
from accounts.models import User
from audits.models import Audit, AuditReturn
from audits.models.audit_return import AuditReturnQuerySet
from kit.exceptions import NotPossible
from moderation.choices import ChosenBecause
from moderation.domain import assigning
from moderation.models import Moderation
from moderation.permissions import check_may_moderate, check_moderates_blind


def to_take(user: User) -> AuditReturnQuerySet:
    """Returns in force that nobody moderates, of audits that the user knows of but did not make.

    Only of rounds whose sample is still open.
    """
    live = Moderation.objects.filter(audit_return=OuterRef("pk"), withdrawn_at__isnull=True)
    return (
        AuditReturn.objects.in_force()
        .filter(
            ~Exists(live),
            audit__in=Audit.objects.visible_to(user),
            audit__voided_at__isnull=True,
            audit__round__sample_closed_at__isnull=True,
        )
        .exclude(audit__auditor=user)
        .select_related("audit__case__team", "audit__round")
    )


def position_of(audit_return: AuditReturn) -> int:
    """The place of a return in everybody's order: 31 bits seeded by the round."""
    seed = f"{audit_return.audit.round.public_id}:{audit_return.public_id}"
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) >> 1


def in_order(returns: AuditReturnQuerySet) -> list[AuditReturn]:
    """The returns in their seeded order."""
    return sorted(returns, key=position_of)


@transaction.atomic
def take_next(*, by: User, now: datetime.datetime | None = None) -> Moderation:
    """Take the first audit in the seeded order that this person can moderate blind.

    Raises Refused ("moderation_claim_not_yours") and NotPossible ("nothing_to_take").
    """
    moment = now or timezone.now()
    for audit_return in in_order(to_take(by)):
        if _can_take_blind(by, audit_return, on=timezone.localdate(moment)):
            return assigning.assign(
                audit_return,
                moderator=by,
                because=ChosenBecause.RANDOM,
                by=by,
                position=position_of(audit_return),
                now=moment,
            )
    raise NotPossible(
        "nothing_to_take",
        "There is no audit that you could moderate blind. Come back when more have been returned.",
    )


@transaction.atomic
def take_by_hand(
    audit_return: AuditReturn,
    *,
    reason: str,
    by: User,
    sighted_reason: str = "",
    now: datetime.datetime | None = None,
) -> Moderation:
    """Take this audit, for a reason; sighted where a reason for that is given.

    Raises what `assigning.assign` raises.
    """
    return assigning.assign(
        audit_return,
        moderator=by,
        because=ChosenBecause.BY_HAND,
        by=by,
        reason=reason,
        is_blind=not sighted_reason.strip(),
        sighted_reason=sighted_reason,
        position=position_of(audit_return),
        now=now,
    )


def _can_take_blind(user: User, audit_return: AuditReturn, *, on: datetime.date) -> bool:
    try:
        check_may_moderate(user, audit_return, on=on)
        check_moderates_blind(user, audit_return)
    except Refused:
        return False
    return True
