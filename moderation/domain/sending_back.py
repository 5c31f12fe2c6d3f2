"""Sending a returned audit back, which a committed moderation rules out.

Pages call this and not the verb of audits, which cannot know of moderations.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits.domain import sending_back
from audits.domain.locking import locked_audit
from audits.models import Audit, AuditReturn
from kit.exceptions import NotPossible
from moderation.domain.assigning import take_back
from moderation.models import Moderation
from moderation.models.moderation import ModerationQuerySet


@transaction.atomic
def send_back(
    audit: Audit, *, reason: str, by: User, now: datetime.datetime | None = None
) -> AuditReturn:
    """Send the version in force back with a question; a moderation not yet committed ends.

    Whoever sends it back cannot moderate it blind later. Raises Refused and NotPossible of the
    audit's own verb, and NotPossible ("moderated").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    check_not_moderated(held)
    begun = list(_live(held).select_for_update(of=("self",)))
    answer = sending_back.send_back(held, reason=reason, by=by, now=moment)
    for moderation in begun:
        take_back(moderation, by=by, moment=moment)
    return answer


def check_not_moderated(audit: Audit) -> None:
    """Raise NotPossible ("moderated") once a moderator's grades of the audit are committed."""
    if _live(audit).filter(committed_at__isnull=False).exists():
        raise NotPossible(
            "moderated",
            "This audit has been moderated, so it stays as it is. Raise questions at the panel.",
        )


def _live(audit: Audit) -> ModerationQuerySet:
    in_force = audit.returns.in_force()
    return Moderation.objects.filter(audit_return__in=in_force, withdrawn_at__isnull=True)
