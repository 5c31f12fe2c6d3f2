"""Re-audits that follow the period's Inadequate audits, as at the moment (domain rule 16)."""

import datetime

from django.db.models import Count, F, Q, QuerySet

from audits.domain.moments import in_force, standing_grade_of
from kit.months import add_months, first_of
from moderation.models import ReAuditSchedule
from reporting.domain.counting.rows import counted_by
from reporting.domain.figures import GradeCounts, ReAuditFigures
from reporting.domain.ledger import Ledger

FORECAST = 3
HELD = Q(held_return__pk__isnull=False)


def count_re_audits(ledger: Ledger, *, inadequate: int) -> ReAuditFigures:
    """Re-audits scheduled for the period's audits: two queries.

    `inadequate` is how many of the period's audits stand at Inadequate.
    """
    schedules = _schedules(ledger)
    ended = ~HELD & Q(ended_at__lt=ledger.as_at)
    waiting = ~HELD & (Q(ended_at__isnull=True) | Q(ended_at__gte=ledger.as_at))
    months = [add_months(first_of(ledger.today), step) for step in range(FORECAST)]
    found = schedules.aggregate(
        scheduled=Count("pk"),
        held=Count("pk", filter=HELD),
        late=Count("pk", filter=waiting & Q(due_on__lt=ledger.today)),
        ended=Count("pk", filter=ended),
        **{
            f"month_{step}": Count("pk", filter=waiting & _falls_due(month, ledger.today))
            for step, month in enumerate(months)
        },
    )
    return ReAuditFigures(
        inadequate=inadequate,
        scheduled=found["scheduled"],
        due=found["held"] + found["late"] + found["ended"],
        held=found["held"],
        late=found["late"],
        ended=found["ended"],
        after=_grades_after(schedules, ledger.as_at),
        forecast=tuple((month, found[f"month_{step}"]) for step, month in enumerate(months)),
    )


def _schedules(ledger: Ledger) -> QuerySet[ReAuditSchedule]:
    """A re-audit is held once its own return is in force."""
    held = in_force("held__returns", ledger.as_at, since="returned_at", until="sent_back_at")
    return (
        ReAuditSchedule.objects.filter(ledger.counts("origin"), scheduled_at__lt=ledger.as_at)
        .alias(held_return=held)
        .order_by()
    )


def _falls_due(month: datetime.date, today: datetime.date) -> Q:
    return Q(due_on__gte=max(month, today), due_on__lt=add_months(month, 1))


def _grades_after(schedules: QuerySet[ReAuditSchedule], moment: datetime.datetime) -> GradeCounts:
    """Standing overall grades of the re-audits held, each on the headline axis of its own tool."""
    grade, domain = "held_return__grades", "held_return__grades__domain"
    headline = Q(
        **{f"{domain}__is_overall": True, f"{grade}__axis": F(f"{domain}__version__headline_axis")}
    )
    counted = (
        schedules.filter(headline, HELD)
        .values_list(standing_grade_of(grade, moment))
        .annotate(count=Count("pk"))
    )
    return counted_by(counted)
