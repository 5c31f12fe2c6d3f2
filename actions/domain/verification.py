"""Whether it was done and whether it helped: judged by someone who does not own the action.

Domain rule 17. Each verb here raises Refused ("out_of_scope", "cannot_verify", "own_action") and
NotPossible ("no_text", or the step's own reason).
"""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from actions.choices import ActionState, UpdateKind
from actions.domain.progress import locked, write_update
from actions.domain.states import ACTION, state_of
from actions.models import Action
from actions.permissions import check_action_verify
from cases.domain import access
from kit.exceptions import NotPossible


@transaction.atomic
def verify(action: Action, *, text: str, by: User, now: datetime.datetime | None = None) -> Action:
    """Someone who is not an owner has seen that it is done, and says what they saw."""
    moment = now or timezone.now()
    action = _ready_for("verify", action, by)
    write_update(action, UpdateKind.VERIFICATION, text, by, moment, otherwise="Say what you saw.")
    action.verified_at, action.verified_by = moment, by
    action.save(update_fields=["verified_at", "verified_by"])
    access.withdraw(action.public_id, now=moment)
    history.record("action_verified", subject=action, by=by, at=moment)
    return action


@transaction.atomic
def send_back(
    action: Action, *, text: str, by: User, now: datetime.datetime | None = None
) -> Action:
    """Not done yet: back to its owners in progress, with what is missing.

    That it was called done, when and by whom stays in its updates and its history.
    """
    moment = now or timezone.now()
    action = _ready_for("send_back", action, by)
    write_update(action, UpdateKind.SENT_BACK, text, by, moment, otherwise="Say what is missing.")
    action.done_at, action.done_by = None, None
    action.save(update_fields=["done_at", "done_by"])
    history.record("action_sent_back", subject=action, by=by, at=moment)
    return action


@transaction.atomic
def judge_impact(
    action: Action, *, shown: bool, text: str, by: User, now: datetime.datetime | None = None
) -> Action:
    """Whether it made the difference that was expected, and how that is known.

    An action that needs verification is verified first (NotPossible "verify_first").
    """
    moment = now or timezone.now()
    action = _ready_for("judge_impact", action, by)
    if action.needs_verification and state_of(action) != ActionState.VERIFIED:
        raise NotPossible("verify_first", "This action has to be verified first.")
    write_update(
        action, UpdateKind.IMPACT, text, by, moment, otherwise="Say how you know about its impact."
    )
    action.impact_judged_at, action.impact_judged_by, action.impact_shown = moment, by, shown
    action.save(update_fields=["impact_judged_at", "impact_judged_by", "impact_shown"])
    access.withdraw(action.public_id, now=moment)
    history.record("action_impact_judged", subject=action, by=by, at=moment, shown=shown)
    return action


@transaction.atomic
def withdraw(
    action: Action, *, reason: str, by: User, now: datetime.datetime | None = None
) -> Action:
    """No longer needed, with the reason; it stays on record and out of what is open."""
    moment = now or timezone.now()
    action = _ready_for("withdraw", action, by)
    write_update(
        action, UpdateKind.NOTE, reason, by, moment, otherwise="Say why it is no longer needed."
    )
    action.withdrawn_at, action.withdrawn_by = moment, by
    action.save(update_fields=["withdrawn_at", "withdrawn_by"])
    access.withdraw(action.public_id, now=moment)
    history.record("action_withdrawn", subject=action, by=by, at=moment)
    return action


def _ready_for(verb: str, action: Action, by: User) -> Action:
    action = locked(action)
    check_action_verify(by, action)
    ACTION.check(state_of(action), verb)
    return action
