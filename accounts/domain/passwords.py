"""Passwords: a change is noted in history and told to the person (allauth makes the change)."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.choices import NoticeKind
from accounts.domain import history, notices
from accounts.models import User


@transaction.atomic
def note_changed(user: User, *, by: User, now: datetime.datetime | None = None) -> None:
    """Somebody has changed their own password. Choosing the first one is accepting an invitation.

    Neither the entry nor the mail holds anything of it.
    """
    moment = now or timezone.now()
    notices.tell_own(user, kind=NoticeKind.PASSWORD_CHANGED, now=moment)
    history.record("password_changed", subject=user, by=by, at=moment)
