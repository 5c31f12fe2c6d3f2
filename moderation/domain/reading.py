"""What moderation knows that decides whose grades a register shows (domain rules 12 and 15)."""

import datetime

from django.db.models import Q

from accounts.models import User
from audits.domain.registers import Reading
from audits.models import AuditReturn
from moderation.domain.queries import settled_returns, still_blind
from moderation.models import Moderation

AUDIT = "audit_return__audit"


def reading_of(user: User, *, at: datetime.datetime) -> Reading:
    """Conditions on audits that join `in_force`, as `check_returned_audit_read` reads one audit."""
    live = Moderation.objects.filter(withdrawn_at__isnull=True).order_by()
    mine = live.filter(moderator=user)
    blind = Q(is_blind=True, committed_at__isnull=True)
    waiting = live.filter(settled_at__isnull=True)
    settled = settled_returns(AuditReturn.objects.standing_at(at), at=at)
    return Reading(
        settled=Q(in_force__pk__in=settled),
        waiting=Q(in_force__pk__in=waiting.values("audit_return")),
        opened=Q(pk__in=mine.exclude(blind).values(AUDIT)),
        blind=tuple(still_blind(user)),
    )
