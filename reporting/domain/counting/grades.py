"""Own and standing grades by month, domain and axis, as at the moment (domain rules 1 and 14)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, Q, Value, When

from audits.choices import Axis, Grade
from audits.domain.moments import change_in_force, standing_grade
from audits.models import Domain
from moderation.domain.queries import settled_returns
from reporting.domain.figures import (
    DomainGrades,
    GradeCounts,
    GradeMatrix,
    GradeMonth,
    GradeTable,
)
from reporting.domain.ledger import Ledger

Row = Mapping[str, Any]


def count_grades(ledger: Ledger) -> GradeTable:
    """The grade tables: one query for months and domains, one for practice by outcome."""
    rows = list(_cube(ledger))
    return GradeTable(
        months=tuple(_month(rows, month) for month in ledger.months),
        domains=_domains(rows, ledger),
        practice_by_outcome=_practice_by_outcome(ledger),
    )


def counts_by_grade(path: str, prefix: str, condition: Q | None = None) -> dict[str, Count]:
    """Aggregates `<prefix>_4` to `<prefix>_1`: how many rows have each grade at `path`."""
    extra = condition or Q()
    return {
        f"{prefix}_{grade.value}": Count("pk", filter=Q(**{path: grade.value}) & extra)
        for grade in Grade
    }


def grade_counts(rows: Sequence[Row], prefix: str) -> GradeCounts:
    """The sum of those aggregates over rows."""
    return GradeCounts(*(sum(row[f"{prefix}_{grade.value}"] for row in rows) for grade in Grade))


def matrix_of(pairs: Iterable[tuple[int | None, int | None, int]]) -> GradeMatrix:
    """From (row's grade, column's grade, count); pairs that lack a grade are left out."""
    found = {(row, column): count for row, column, count in pairs}
    return GradeMatrix(
        tuple(
            (
                found.get((row, 4), 0),
                found.get((row, 3), 0),
                found.get((row, 2), 0),
                found.get((row, 1), 0),
            )
            for row in Grade.values
        )
    )


def _cube(ledger: Ledger) -> Iterable[Row]:
    """By month, domain code and axis; rows of the overall grade on the headline axis are marked."""
    is_headline = Case(When(ledger.headline("grades"), then=Value(True)), default=Value(False))
    # A list made once: the same look-up for each grade takes PostgreSQL three times as long.
    is_settled = Q(pk__in=settled_returns(ledger.returns(), at=ledger.as_at))
    lowered = is_settled & Q(stands__lt=F("grades__grade"))
    return (
        ledger.returns()
        .alias(change=change_in_force("grades", ledger.as_at))
        .alias(stands=standing_grade("grades", change="change"))
        .values(
            month=F("audit__month"),
            code=F("grades__domain__code"),
            axis=F("grades__axis"),
            is_headline=is_headline,
        )
        .annotate(
            **counts_by_grade("grades__grade", "own"),
            **counts_by_grade("stands", "standing"),
            not_applicable=Count("pk", filter=Q(grades__is_not_applicable=True)),
            moderated=Count("pk", filter=is_settled),
            lowered=Count("pk", filter=lowered),
        )
    )


def _month(rows: Sequence[Row], month: datetime.date) -> GradeMonth:
    held = [row for row in rows if row["month"] == month and row["is_headline"]]
    return GradeMonth(
        month=month,
        own=grade_counts(held, "own"),
        standing=grade_counts(held, "standing"),
        moderated=sum(row["moderated"] for row in held),
        lowered=sum(row["lowered"] for row in held),
    )


def _domains(rows: Sequence[Row], ledger: Ledger) -> tuple[DomainGrades, ...]:
    """One row a domain code in the order of the form, under its newest name."""
    newest = {domain.code: domain for domain in ledger.domains}
    return tuple(
        _domain(domain, [row for row in rows if row["code"] == code])
        for code, domain in newest.items()
    )


def _domain(domain: Domain, rows: Sequence[Row]) -> DomainGrades:
    practice = [row for row in rows if row["axis"] == Axis.PRACTICE]
    outcome = [row for row in rows if row["axis"] == Axis.OUTCOME]
    return DomainGrades(
        code=domain.code,
        name=domain.name,
        is_overall=domain.is_overall,
        practice=grade_counts(practice, "standing"),
        outcome=grade_counts(outcome, "standing"),
        practice_not_applicable=sum(row["not_applicable"] for row in practice),
        outcome_not_applicable=sum(row["not_applicable"] for row in outcome),
    )


def _practice_by_outcome(ledger: Ledger) -> GradeMatrix:
    """The overall standing grades on both axes, of audits that have both."""
    pairs = (
        ledger.returns()
        .alias(practice=overall_on(ledger, Axis.PRACTICE), outcome=overall_on(ledger, Axis.OUTCOME))
        .alias(
            practice_change=change_in_force("practice", ledger.as_at),
            outcome_change=change_in_force("outcome", ledger.as_at),
        )
        .annotate(
            row=standing_grade("practice", change="practice_change"),
            column=standing_grade("outcome", change="outcome_change"),
        )
        .values_list("row", "column")
        .annotate(count=Count("pk"))
    )
    return matrix_of(pairs)


def overall_on(ledger: Ledger, axis: Axis) -> FilteredRelation:
    """Joins the overall grade on an axis of the return in force."""
    wanted = Q(grades__domain__in=ledger.overall_domains, grades__axis=axis.value)
    return FilteredRelation("grades", condition=wanted)
