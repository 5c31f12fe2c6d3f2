"""What the moderator tells the auditor about the audit, apart from the grade of the practice."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from kit.exceptions import NotPossible
from kit.months import london_day
from moderation.domain.locking import locked_moderation
from moderation.domain.states import MODERATION, state_of
from moderation.models import AuditFeedback, Moderation
from moderation.permissions import check_moderation_regrade


@transaction.atomic
def give_feedback(
    moderation: Moderation,
    *,
    strength: str,
    to_try: str,
    by: User,
    now: datetime.datetime | None = None,
) -> AuditFeedback:
    """One strength of the audit and one thing to try next time, by its moderator, once.

    The auditor reads it once the moderation is settled. Raises Refused as regrading does and
    NotPossible ("give_feedback_not_possible", "feedback_missing", "feedback_given").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_moderation_regrade(by, held, on=london_day(moment))
    MODERATION.check(state_of(held), "give_feedback")
    if not strength.strip() or not to_try.strip():
        raise NotPossible("feedback_missing", "Say one strength and one thing to try next time.")
    if AuditFeedback.objects.filter(moderation=held).exists():
        raise NotPossible("feedback_given", "Feedback on this audit has been given already.")
    feedback = AuditFeedback.objects.create(
        moderation=held,
        strength=strength.strip(),
        to_try=to_try.strip(),
        given_at=moment,
        given_by=by,
    )
    history.record("audit_feedback_given", subject=feedback, by=by, at=moment)
    return feedback
