"""Who has business with a case: written here by the verbs of the apps above."""

import datetime
import uuid

from django.utils import timezone

from accounts.models import User
from cases.choices import AccessCapacity
from cases.models import Case, CaseAccess


def grant(
    user: User,
    *,
    case: Case,
    capacity: AccessCapacity,
    because_of: uuid.UUID,
    is_blind: bool = False,
    now: datetime.datetime | None = None,
) -> CaseAccess:
    """Give a person business with a case because of a record; once for each such record.

    `is_blind` until `end_blindness`: what an audit of the case led to is kept from them.
    """
    access, _ = CaseAccess.objects.get_or_create(
        user=user,
        case=case,
        capacity=capacity,
        because_of=because_of,
        until_at=None,
        defaults={"from_at": now or timezone.now(), "is_blind": is_blind},
    )
    return access


def end_blindness(because_of: uuid.UUID) -> None:
    """From now on a record's business with the case is not blind."""
    CaseAccess.objects.filter(because_of=because_of, is_blind=True).update(is_blind=False)


def withdraw(because_of: uuid.UUID, *, now: datetime.datetime | None = None) -> int:
    """End all business that a record gave; returns how many accesses ended."""
    return CaseAccess.objects.filter(because_of=because_of, until_at__isnull=True).update(
        until_at=now or timezone.now()
    )


def hand_on(
    because_of: uuid.UUID, *, leaver: User, to: User, now: datetime.datetime | None = None
) -> None:
    """The business that a record gave one person goes to another."""
    moment = now or timezone.now()
    held = CaseAccess.objects.filter(because_of=because_of, user=leaver, until_at__isnull=True)
    for access in held.select_related("case"):
        capacity = AccessCapacity(access.capacity)
        grant(to, case=access.case, capacity=capacity, because_of=because_of, now=moment)
    held.update(until_at=moment)
