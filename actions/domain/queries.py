"""Actions as they stood at a moment; "before" is strict (domain rule 1)."""

import datetime

from django.db.models import Case, CharField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact
from django.utils import timezone

from actions.choices import ActionState, UpdateKind
from actions.models import ActionUpdate
from actions.models.action import ActionQuerySet
from kit.months import london_day

NOT_DONE = (ActionState.OPEN, ActionState.IN_PROGRESS)

BANDS = (10, 30)
"""Calendar days past the due date at which a band of overdue actions ends."""

NOT_OVERDUE, LONGEST = 0, len(BANDS) + 1


def state_case(moment: datetime.datetime | None = None) -> Case:
    """An annotation: each action's `ActionState` as at the moment, by default now.

    An action that was sent back was done until then; its updates say so, the row no longer does.
    """
    at = moment or timezone.now()
    judged = Q(impact_judged_at__lt=at)
    reached = (
        (Q(withdrawn_at__lt=at), ActionState.WITHDRAWN),
        (judged & Q(impact_shown=True), ActionState.IMPACT_SHOWN),
        (judged, ActionState.IMPACT_NOT_SHOWN),
        (Q(verified_at__lt=at), ActionState.VERIFIED),
        (Q(done_at__lt=at) | _was_done(at), ActionState.DONE),
        (Q(started_at__lt=at), ActionState.IN_PROGRESS),
    )
    return Case(
        *(When(condition, then=Value(state.value)) for condition, state in reached),
        default=Value(ActionState.OPEN.value),
        output_field=CharField(),
    )


def annotate_state(
    actions: ActionQuerySet, moment: datetime.datetime | None = None
) -> ActionQuerySet:
    """With `state` on each row, as at the moment, by default now."""
    return actions.annotate(state=state_case(moment))


def overdue_at(actions: ActionQuerySet, moment: datetime.datetime) -> ActionQuerySet:
    """Actions not done by the end of the local day on which they were due, as at the moment."""
    standing = actions.as_at(moment).annotate(state=state_case(moment))
    return standing.filter(state__in=NOT_DONE, due_on__lt=london_day(moment))


def band_case(today: datetime.date) -> Case:
    """An annotation: 1, 2 or 3 by calendar days past the due date; 0 where the day has not passed.

    Of an action that is done it says nothing: look at its state too.
    """
    days = [today - datetime.timedelta(days=limit) for limit in BANDS]
    return Case(
        When(due_on__gte=today, then=Value(NOT_OVERDUE)),
        *(When(due_on__gte=day, then=Value(band)) for band, day in enumerate(days, start=1)),
        default=Value(LONGEST),
        output_field=IntegerField(),
    )


def _was_done(at: datetime.datetime) -> Q:
    """Evidence given before the moment, and not sent back between the two."""
    last = ActionUpdate.objects.filter(
        action=OuterRef("pk"), at__lt=at, kind__in=(UpdateKind.EVIDENCE, UpdateKind.SENT_BACK)
    ).order_by("-at", "-pk")
    return Q(Exact(Subquery(last.values("kind")[:1]), Value(UpdateKind.EVIDENCE.value)))
