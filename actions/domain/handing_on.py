"""Actions that a leaver owns and has not done, handed on (permissions.md rule 12)."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.domain import history
from accounts.domain.leaving import check_successor
from accounts.models import User
from accounts.permissions import check_user_manage, holds
from actions.domain.progress import locked
from actions.models import Action, ActionOwner
from actions.models.action import ActionQuerySet
from cases.domain import access
from kit.exceptions import NotPossible


def not_done(user: User) -> ActionQuerySet:
    """The actions this person owns that are neither done nor withdrawn."""
    found = Action.objects.filter(owners__user=user, done_at__isnull=True)
    return found.filter(withdrawn_at__isnull=True).select_related("unit").order_by("due_on", "pk")


@transaction.atomic
def hand_on(
    action: Action, *, leaver: User, to: User, by: User, now: datetime.datetime | None = None
) -> Action:
    """Somebody else becomes its owner in the leaver's place; other owners stay.

    Raises Refused ("user_manage_not_yours", "own_record") and NotPossible
    ("hand_on_not_possible", "person_left", "administrator", "restricted").
    """
    moment = now or timezone.now()
    held = locked(action)
    check_user_manage(by, leaver)
    owned = ActionOwner.objects.filter(action=held, user=leaver)
    if held.done_at or held.withdrawn_at or not owned.exists():
        raise NotPossible("hand_on_not_possible", "This action is not theirs to do any more.")
    check_successor(to, leaver)
    _check_may_own(held, to)
    ActionOwner.objects.get_or_create(action=held, user=to)
    owned.delete()
    access.hand_on(held.public_id, leaver=leaver, to=to, now=moment)
    history.record(
        "action_handed_on",
        subject=held,
        by=by,
        at=moment,
        leaver=leaver.public_id,
        owner=to.public_id,
    )
    return held


def _check_may_own(action: Action, to: User) -> None:
    case = action.case
    if case and case.restricted_at and not holds(to, Role.QA_MANAGER, at=action.unit):
        raise NotPossible(
            "restricted", "This one can go to the QA manager alone, who gives it out again."
        )
