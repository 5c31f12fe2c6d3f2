"""Safety answers of the returns in force, and the concerns raised in the audits (rule 7)."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from audits.choices import SafetyJudgement
from audits.models import SafetyConcern
from reporting.domain.figures import ReturnTable, SafetyFigures, SafetyMonth
from reporting.domain.ledger import Ledger

Row = Mapping[str, Any]

JUDGEMENT = "safety_answer__judgement"
MINUTE = datetime.timedelta(minutes=1)


def count_safety(ledger: Ledger, returns: ReturnTable) -> SafetyFigures:
    """Answers and concerns by month: two queries, and a third for the median when there is one."""
    raised = raised_in(ledger)
    answers = {row["month"]: row for row in _answers(ledger)}
    concerns = {row["month"]: row for row in _concerns(raised, ledger.as_at)}
    acknowledged = _sum(concerns, "acknowledged")
    return SafetyFigures(
        months=tuple(
            SafetyMonth(
                month=row.month,
                returned=row.counts.returned,
                answered=answers.get(row.month, {}).get("answered", 0),
                concerns=concerns.get(row.month, {}).get("raised", 0),
            )
            for row in returns.months
        ),
        safe=_sum(answers, "safe"),
        check_today=_sum(answers, "check_today"),
        unsafe=_sum(answers, "unsafe"),
        acknowledged=acknowledged,
        settled=_sum(concerns, "settled"),
        median_minutes=_median_minutes(raised, ledger.as_at, acknowledged),
    )


def _answers(ledger: Ledger) -> Iterable[Row]:
    return (
        ledger.returns()
        .values(month=F("audit__month"))
        .annotate(
            answered=Count(JUDGEMENT),
            safe=Count("pk", filter=Q(**{JUDGEMENT: SafetyJudgement.SAFE})),
            check_today=Count("pk", filter=Q(**{JUDGEMENT: SafetyJudgement.CHECK_TODAY})),
            unsafe=Count("pk", filter=Q(**{JUDGEMENT: SafetyJudgement.NOT_SAFE})),
        )
    )


def raised_in(ledger: Ledger) -> QuerySet[SafetyConcern]:
    """Raised before the moment in any planned audit, returned or not."""
    return SafetyConcern.objects.filter(ledger.counts("audit"), raised_at__lt=ledger.as_at)


def _concerns(raised: QuerySet[SafetyConcern], moment: datetime.datetime) -> Iterable[Row]:
    return raised.values(month=F("audit__month")).annotate(
        raised=Count("pk"),
        acknowledged=Count("pk", filter=Q(acknowledged_at__lt=moment)),
        settled=Count("pk", filter=Q(settled_at__lt=moment)),
    )


def _median_minutes(
    raised: QuerySet[SafetyConcern], moment: datetime.datetime, count: int
) -> int | None:
    """Whole minutes from raising to acknowledging; of an even number, between the middle two."""
    if count == 0:
        return None
    wait = ExpressionWrapper(F("acknowledged_at") - F("raised_at"), output_field=DurationField())
    waits = raised.filter(acknowledged_at__lt=moment).annotate(wait=wait).order_by("wait", "pk")
    middle = waits.values_list("wait", flat=True)[(count - 1) // 2 : count // 2 + 1]
    held: list[datetime.timedelta] = list(middle)
    return sum(held, datetime.timedelta()) // len(held) // MINUTE


def _sum(rows: Mapping[datetime.date, Row], name: str) -> int:
    return sum(row[name] for row in rows.values())
