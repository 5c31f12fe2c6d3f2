"""What moderation knows that decides whose grades a register shows (domain rules 12 and 15)."""

import datetime

from django.db.models import Q

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import holds
from audits.domain.registers import Reading
from audits.models import AuditReturn
from audits.permissions import LINE
from moderation.domain.queries import settled_returns, still_blind
from moderation.models import Moderation

AUDIT = "audit_return__audit"
KNOWS_GRADES = (*LINE, Role.QA_MANAGER, Role.DIRECTOR)


def readable_returns(user: User, *, unit: Unit, at: datetime.datetime) -> Q | None:
    """The condition on returns whose grades a page of figures of the unit may count for this
    person; None where it may count all.

    A QA officer's figures count a grade once its moderation is settled or its round's sample is
    closed (domain rule 12): in a small unit the figure of one audit is that audit's grade. Their
    own and those they have read as moderators they know already. Whoever answers for the unit
    knows its grades from the return on (rule 15), and the QA manager answers for the figures.
    """
    if not holds(user, Role.QA_OFFICER) or holds(user, *KNOWS_GRADES, at=unit):
        return None
    mine = Moderation.objects.filter(moderator=user, withdrawn_at__isnull=True).order_by()
    opened = mine.exclude(is_blind=True, committed_at__isnull=True)
    return (
        Q(audit__round__sample_closed_at__isnull=False)
        | Q(pk__in=settled_returns(AuditReturn.objects.standing_at(at), at=at))
        | Q(audit__in=opened.values(AUDIT))
        | Q(audit__auditor=user)
    )


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
        blind=still_blind(user),
    )
