"""Moderations that a leaver claimed and did not commit go back to be taken by another."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import check_user_manage
from moderation.domain.assigning import take_back
from moderation.domain.locking import locked_moderation
from moderation.models import Moderation


def not_committed(user: User) -> list[Moderation]:
    """The person's moderations whose grades are not committed, of returns still in force."""
    held = Moderation.objects.filter(
        moderator=user,
        committed_at__isnull=True,
        withdrawn_at__isnull=True,
        audit_return__sent_back_at__isnull=True,
        audit_return__audit__voided_at__isnull=True,
    )
    return list(held.select_related("audit_return__audit__round").order_by("assigned_at", "pk"))


@transaction.atomic
def give_back(
    moderation: Moderation, *, by: User, now: datetime.datetime | None = None
) -> Moderation:
    """The audit waits for a moderator again; nobody goes on from another's blind grades.

    Raises Refused ("user_manage_not_yours", "own_record") and NotPossible
    ("withdraw_not_possible", "not_returned").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_user_manage(by, held.moderator)
    return take_back(held, by=by, moment=moment)
