"""What owners do with an action: start it, note how it goes, finish it with evidence."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from actions.choices import ActionState, UpdateKind
from actions.domain.states import ACTION, state_of
from actions.models import Action, ActionUpdate
from actions.permissions import check_action_update
from kit.exceptions import NotPossible

_OVER = (ActionState.WITHDRAWN, ActionState.IMPACT_SHOWN, ActionState.IMPACT_NOT_SHOWN)


@transaction.atomic
def start(action: Action, *, by: User, now: datetime.datetime | None = None) -> Action:
    """An owner begins. Raises Refused ("not_owner", "cannot_own"), NotPossible."""
    moment = now or timezone.now()
    action = locked(action)
    check_action_update(by, action)
    ACTION.check(state_of(action), "start")
    action.started_at, action.started_by = moment, by
    action.save(update_fields=["started_at", "started_by"])
    history.record("action_started", subject=action, by=by, at=moment)
    return action


@transaction.atomic
def add_note(
    action: Action, *, text: str, by: User, now: datetime.datetime | None = None
) -> ActionUpdate:
    """An owner says how it goes, in one line.

    Raises Refused ("not_owner", "cannot_own") and NotPossible ("no_text", "action_over").
    """
    moment = now or timezone.now()
    action = locked(action)
    check_action_update(by, action)
    if state_of(action) in _OVER:
        raise NotPossible("action_over", "This action is closed. Raise a new one if work remains.")
    update = write_update(
        action, UpdateKind.NOTE, text, by, moment, otherwise="Say in one line how it goes."
    )
    history.record("action_noted", subject=action, by=by, at=moment)
    return update


@transaction.atomic
def finish(
    action: Action, *, evidence: str, by: User, now: datetime.datetime | None = None
) -> Action:
    """An owner says that it is done and where in the record that can be seen.

    An action that nobody started is started by this too. Raises Refused ("not_owner",
    "cannot_own") and NotPossible ("no_text", "finish_not_possible").
    """
    moment = now or timezone.now()
    action = locked(action)
    check_action_update(by, action)
    ACTION.check(state_of(action), "finish")
    write_update(
        action,
        UpdateKind.EVIDENCE,
        evidence,
        by,
        moment,
        otherwise="Say where in the record it can be seen that this is done.",
    )
    if action.started_at is None:
        action.started_at, action.started_by = moment, by
    action.done_at, action.done_by = moment, by
    action.save(update_fields=["started_at", "started_by", "done_at", "done_by"])
    history.record("action_finished", subject=action, by=by, at=moment)
    return action


def locked(action: Action) -> Action:
    """The row as it is now, held until the transaction ends."""
    return Action.objects.select_for_update().get(pk=action.pk)


def write_update(
    action: Action,
    kind: UpdateKind,
    text: str,
    by: User,
    moment: datetime.datetime,
    *,
    otherwise: str,
) -> ActionUpdate:
    """Keep one line about the action; without a text, NotPossible ("no_text") says `otherwise`."""
    if not text.strip():
        raise NotPossible("no_text", otherwise)
    return ActionUpdate.objects.create(
        action=action, kind=kind, text=text.strip(), at=moment, by=by
    )
