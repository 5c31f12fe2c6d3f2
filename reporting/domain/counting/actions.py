"""Actions that the period's audits led to, by where they stand at the moment (domain rule 17)."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from actions.choices import ActionScope, ActionState
from actions.domain.queries import LONGEST, NOT_DONE, annotate_state, band_case
from actions.models import Action
from actions.models.action import ActionQuerySet
from audits.models import FindingResponse
from kit.months import LONDON, add_months
from reporting.domain.figures import ActionFigures, OverdueBands
from reporting.domain.ledger import Ledger


def count_actions(ledger: Ledger) -> ActionFigures:
    """The ledger's actions by state and by how long they are overdue. One query."""
    rows: Any = of_ledger(Action.objects.all(), ledger)
    counted = rows.values_list("state", "band").annotate(count=Count("pk"))
    return _figures({(state, band): count for state, band, count in counted})


def of_ledger(actions: ActionQuerySet, ledger: Ledger) -> ActionQuerySet:
    """Actions linked from the returns in force, and those raised for a team or a service.

    The latter were raised in the period for a unit under the scope. Each has its `state` and its
    `band` at the ledger's moment.
    """
    standing = annotate_state(actions.as_at(ledger.as_at), ledger.as_at)
    return standing.filter(pk__in=_linked(ledger).union(_raised_for_units(ledger))).annotate(
        band=band_case(ledger.today)
    )


def _linked(ledger: Ledger) -> QuerySet[FindingResponse, int]:
    return FindingResponse.objects.filter(
        audit_return__in=ledger.graded(), action__isnull=False
    ).values_list("action", flat=True)


def _raised_for_units(ledger: Ledger) -> QuerySet[Action, int]:
    """None where the ledger is one auditor's: a team's actions are not theirs."""
    if ledger.auditor:
        return Action.objects.none().values_list("pk", flat=True)
    after = add_months(ledger.period.last, 1)
    return Action.objects.filter(
        scope__in=(ActionScope.TEAM, ActionScope.SERVICE),
        unit__path__startswith=ledger.scope.path,
        raised_at__gte=_start_of(ledger.period.first),
        raised_at__lt=_start_of(after),
    ).values_list("pk", flat=True)


def _start_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=LONDON)


def _figures(counts: Mapping[tuple[str, int], int]) -> ActionFigures:
    def in_state(state: ActionState) -> int:
        return sum(count for (found, _), count in counts.items() if found == state)

    def overdue(band: int) -> int:
        return sum(counts.get((state.value, band), 0) for state in NOT_DONE)

    return ActionFigures(
        open=in_state(ActionState.OPEN),
        in_progress=in_state(ActionState.IN_PROGRESS),
        done=in_state(ActionState.DONE),
        verified=in_state(ActionState.VERIFIED),
        impact_shown=in_state(ActionState.IMPACT_SHOWN),
        impact_not_shown=in_state(ActionState.IMPACT_NOT_SHOWN),
        overdue=OverdueBands(overdue(1), overdue(2), overdue(LONGEST)),
    )
