"""Actions as people work through them: their own, those they verify, those of their units."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.permissions import reach
from actions.choices import ActionState
from actions.domain.queries import NOT_DONE, band_case, state_case
from actions.models import Action
from actions.models.action import SEES_ALL, SEES_UNIT, ActionQuerySet
from actions.permissions import VERIFIERS
from cases.domain.strip import CaseStrip, strips_of
from kit.months import london_day, long_date
from kit.working_days import due_when


@dataclass(frozen=True)
class ActionLine:
    """One action in a list: for which child, by whom, by when, and how far it is."""

    action: Action
    strip: CaseStrip | None
    owners: str
    due: str
    state: str


def mine(user: User) -> ActionQuerySet:
    """Actions that the user owns and that are not done, the longest overdue first."""
    own = _in_state(user, *NOT_DONE).filter(owners__user=user)
    return own.order_by("due_on", "pk")


def to_verify(user: User) -> ActionQuerySet:
    """Done, not yet verified, and for this user to verify; the longest waiting first."""
    scope = reach(user, *VERIFIERS, field="unit")
    done = _in_state(user, ActionState.DONE).filter(scope, needs_verification=True)
    return done.exclude(_owned_by(user)).order_by("done_at", "pk")


def of_units(user: User) -> ActionQuerySet:
    """Actions of the units the user answers for, not done; the longest overdue first."""
    scope = reach(user, *SEES_UNIT, *SEES_ALL, field="unit")
    others = _in_state(user, *NOT_DONE).filter(scope).exclude(_owned_by(user))
    return others.order_by("due_on", "pk")


def seen(user: User, *, now: datetime.datetime) -> ActionQuerySet:
    """Every action the user may see that is not withdrawn, each with `state` and `band`."""
    standing = Action.objects.visible_to(user).as_at(now).annotate(state=state_case(now))
    return with_lines(standing.annotate(band=band_case(london_day(now))))


def with_lines(actions: ActionQuerySet) -> ActionQuerySet:
    """With all that a line tells."""
    return actions.select_related("case__team", "unit").prefetch_related("owners__user")


def lines(actions: Iterable[Action], *, on: datetime.date) -> list[ActionLine]:
    """The lines of some actions: as many statements for many as for one."""
    rows: list[Any] = list(actions)
    strips = strips_of([row.case for row in rows if row.case], on=on)
    return [
        ActionLine(
            action=row,
            strip=strips.get(row.case_id),
            owners=", ".join(owner.user.name for owner in row.owners.all()),
            due=due_when(row.due_on, on) if row.state in NOT_DONE else long_date(row.due_on),
            state=ActionState(row.state).label,
        )
        for row in rows
    ]


def _in_state(user: User, *states: ActionState) -> ActionQuerySet:
    """What the user may see in one of the states, with all that a line tells."""
    found = Action.objects.visible_to(user).annotate(state=state_case()).filter(state__in=states)
    return with_lines(found)


def _owned_by(user: User) -> Q:
    return Q(pk__in=Action.objects.filter(owners__user=user).values("pk"))
