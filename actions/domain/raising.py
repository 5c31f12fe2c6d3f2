"""Raising an action because of a finding, and whether it will be verified (domain rule 17)."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import Unit, User
from actions.choices import ActionScope
from actions.models import Action, ActionOwner, ActionSettings
from actions.permissions import check_action_create
from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case
from kit.exceptions import NotPossible
from kit.months import london_day


@transaction.atomic
def raise_action(
    *,
    scope: ActionScope,
    case: Case | None,
    unit: Unit,
    what: str,
    expected_impact: str,
    due_on: datetime.date,
    owners: Sequence[User],
    needs_verification: bool,
    by: User,
    now: datetime.datetime | None = None,
) -> Action:
    """Raise an action for a child, a team or the service, with its owners.

    Owners of an action for a child get business with the case until it is verified, judged or
    withdrawn. Raises Refused ("cannot_raise_here") and NotPossible ("nothing_to_do", "no_owner",
    "case_and_scope", "due_before_raised").
    """
    moment = now or timezone.now()
    check_action_create(by, case=case, unit=unit)
    _check_sense(scope, case, what, due_on, owners, moment)
    action = Action.objects.create(
        scope=scope,
        case=case,
        unit=unit,
        what=what.strip(),
        expected_impact=expected_impact.strip(),
        due_on=due_on,
        needs_verification=needs_verification,
        raised_at=moment,
        raised_by=by,
    )
    _add_owners(action, owners, moment)
    history.record("action_raised", subject=action, by=by, at=moment, scope=scope, due_on=due_on)
    return action


def needs_verification(scope: ActionScope, from_inadequate: bool, draw: float) -> bool:
    """Whether an action is to be verified: all of the service, all from Inadequate, else a share.

    `draw` is a random number from 0 up to, not including, 1; a draw below the share that
    `ActionSettings.verification_percent` states selects the action. Domain rule 17.
    """
    if scope == ActionScope.SERVICE or from_inadequate:
        return True
    return draw * 100 < ActionSettings.objects.in_use().verification_percent


def _add_owners(action: Action, owners: Sequence[User], moment: datetime.datetime) -> None:
    unique = {owner.pk: owner for owner in owners}.values()
    ActionOwner.objects.bulk_create(ActionOwner(action=action, user=owner) for owner in unique)
    for owner in unique:
        if action.case is not None:
            access.grant(
                owner,
                case=action.case,
                capacity=AccessCapacity.OWNER,
                because_of=action.public_id,
                now=moment,
            )


def _check_sense(
    scope: ActionScope,
    case: Case | None,
    what: str,
    due_on: datetime.date,
    owners: Sequence[User],
    moment: datetime.datetime,
) -> None:
    if not what.strip():
        raise NotPossible("nothing_to_do", "Say what has to be done.")
    if not owners:
        raise NotPossible("no_owner", "Name at least one person who has to do it.")
    if (scope == ActionScope.CHILD) != (case is not None):
        raise NotPossible(
            "case_and_scope",
            "Only an action for a child names a case. Choose the child's case, or another scope.",
        )
    if due_on < london_day(moment):
        raise NotPossible("due_before_raised", "The due date has passed. Choose today or later.")
