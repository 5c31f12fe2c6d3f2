"""Moderations settled by the moment, against the auditors' own grades (domain rules 11 to 13)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from moderation.choices import ChosenBecause
from moderation.models import Moderation
from reporting.domain.counting.grades import matrix_of
from reporting.domain.figures import (
    ComparisonCounts,
    GradeMatrix,
    ModerationFigures,
    ModerationMonth,
    ModerationReason,
)
from reporting.domain.ledger import Ledger

Row = Mapping[str, Any]

COMPARED = ("supported", "downgraded", "upgraded")


def count_moderation(ledger: Ledger, *, returned: int) -> ModerationFigures:
    """The moderation tables: two queries. `returned` is the ledger's count of returned audits.

    Only moderations of returns in force count, so that they are a share of those returned.
    """
    committed = _committed(ledger)
    settled = Q(settled_at__lt=ledger.as_at)
    rows = list(_cube(committed, settled))
    return ModerationFigures(
        returned=returned,
        months=tuple(
            ModerationMonth(month, _compared(row for row in rows if row["month"] == month))
            for month in ledger.months
        ),
        reasons=_reasons(rows),
        matrix=_matrix(committed.filter(settled)),
        blind=sum(row["blind"] for row in rows),
        sighted=sum(row["sighted"] for row in rows),
        two_people=sum(row["two_people"] for row in rows),
        waiting=sum(row["waiting"] for row in rows),
    )


def _committed(ledger: Ledger) -> QuerySet[Moderation]:
    """With `own`, the auditor's overall grade on the headline axis."""
    own = FilteredRelation(
        "audit_return__grades", condition=ledger.headline("audit_return__grades")
    )
    return (
        Moderation.objects.committed_at_moment(ledger.as_at)
        .filter(ledger.counts_return("audit_return"))
        .alias(own=own)
        .order_by()
    )


def _cube(committed: QuerySet[Moderation], settled: Q) -> Iterable[Row]:
    own = F("own__grade")
    return committed.values("chosen_because", month=F("audit_return__audit__month")).annotate(
        supported=Count("pk", filter=settled & Q(settled_grade=own)),
        downgraded=Count("pk", filter=settled & Q(settled_grade__lt=own)),
        upgraded=Count("pk", filter=settled & Q(settled_grade__gt=own)),
        blind=Count("pk", filter=settled & Q(is_blind=True)),
        sighted=Count("pk", filter=settled & Q(is_blind=False)),
        two_people=Count("pk", filter=settled & Q(proposed_at__isnull=False)),
        waiting=Count("pk", filter=~settled),
    )


def _matrix(settled: QuerySet[Moderation]) -> GradeMatrix:
    """The auditor's grade in rows, the settled grade in columns."""
    rows = settled.values("settled_grade", auditors=F("own__grade")).annotate(count=Count("pk"))
    return matrix_of((row["auditors"], row["settled_grade"], row["count"]) for row in rows)


def _reasons(rows: Sequence[Row]) -> tuple[ModerationReason, ...]:
    """Why audits were chosen, in the order of rule 11; reasons without a settled one are left."""
    counts = {
        reason: _compared(row for row in rows if row["chosen_because"] == reason)
        for reason in ChosenBecause
    }
    return tuple(
        ModerationReason(reason.value, reason.label, found)
        for reason, found in counts.items()
        if found.total
    )


def _compared(rows: Iterable[Row]) -> ComparisonCounts:
    held = list(rows)
    return ComparisonCounts(**{name: sum(row[name] for row in held) for name in COMPARED})
