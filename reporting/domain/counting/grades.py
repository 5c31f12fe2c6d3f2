"""Own and standing grades by month, domain and axis, as at the moment (domain rules 1 and 14)."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Case, Count, F, FilteredRelation, Q, Value, When

from audits.choices import Axis, Grade
from audits.domain.moments import change_in_force, standing_grade, standing_grade_of
from audits.models import Domain
from moderation.domain.queries import settled_returns
from reporting.domain.counting.rows import counted_by, grouped
from reporting.domain.figures import (
    DomainGrades,
    GradeMatrix,
    GradeMonth,
    GradeTable,
)
from reporting.domain.ledger import Ledger


class Graded(NamedTuple):
    """How many returned audits of a month have these grades in a domain on an axis.

    `is_headline` marks the overall grade on the headline axis. `own` and `stands` are None where
    the domain is not applicable; an audit without grades has neither domain nor axis.
    """

    month: datetime.date
    code: str | None
    axis: str | None
    is_headline: bool
    own: int | None
    stands: int | None
    audits: int
    not_applicable: int
    moderated: int

    @property
    def is_lowered(self) -> bool:
        """Standing below the auditor's grade."""
        return bool(self.own and self.stands) and (self.stands or 0) < (self.own or 0)


def count_grades(ledger: Ledger) -> GradeTable:
    """The grade tables: one query for months and domains, one for practice by outcome."""
    rows = _cube(ledger)
    months = grouped(rows, lambda row: row.month)
    return GradeTable(
        months=tuple(_month(months[month], month) for month in ledger.months),
        domains=_domains(rows, ledger),
        practice_by_outcome=_practice_by_outcome(ledger),
    )


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


def _cube(ledger: Ledger) -> list[Graded]:
    """By everything that `Graded` names: adding up by grade is quicker here than in SQL."""
    is_headline = Case(When(ledger.headline("grades"), then=Value(True)), default=Value(False))
    is_settled = Q(pk__in=settled_returns(ledger.returns(), at=ledger.as_at))
    rows = (
        ledger.returns()
        .annotate(
            month=F("audit__month"),
            code=F("grades__domain__code"),
            axis=F("grades__axis"),
            is_headline=is_headline,
            own=F("grades__grade"),
            stands=standing_grade_of("grades", ledger.as_at),
        )
        .order_by()
        .values_list(*Graded._fields[:6])
        .annotate(
            audits=Count("pk"),
            not_applicable=Count("pk", filter=Q(grades__is_not_applicable=True)),
            moderated=Count("pk", filter=is_settled),
        )
    )
    return [Graded(*row) for row in rows]


def _month(rows: Iterable[Graded], month: datetime.date) -> GradeMonth:
    held = [row for row in rows if row.is_headline]
    return GradeMonth(
        month=month,
        own=counted_by((row.own, row.audits) for row in held),
        standing=counted_by((row.stands, row.audits) for row in held),
        moderated=sum(row.moderated for row in held),
        lowered=sum(row.moderated for row in held if row.is_lowered),
    )


def _domains(rows: Iterable[Graded], ledger: Ledger) -> tuple[DomainGrades, ...]:
    """One row a domain code in the order of the form, under its newest name."""
    newest = {domain.code: domain for domain in ledger.domains}
    found = grouped(rows, lambda row: (row.code, row.axis))
    return tuple(
        _domain(domain, found[code, Axis.PRACTICE], found[code, Axis.OUTCOME])
        for code, domain in newest.items()
    )


def _domain(domain: Domain, practice: Sequence[Graded], outcome: Sequence[Graded]) -> DomainGrades:
    return DomainGrades(
        code=domain.code,
        name=domain.name,
        is_overall=domain.is_overall,
        practice=counted_by((row.stands, row.audits) for row in practice),
        outcome=counted_by((row.stands, row.audits) for row in outcome),
        practice_not_applicable=sum(row.not_applicable for row in practice),
        outcome_not_applicable=sum(row.not_applicable for row in outcome),
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
