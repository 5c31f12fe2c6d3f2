"""Standing grades by domain and axis, of a unit and of the whole authority beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When

from accounts.models import Unit
from audits.choices import Axis
from audits.domain.moments import change_in_force, standing_grade
from audits.models import Domain
from kit.shares import Share
from reporting.domain.counting.grades import counts_by_grade, grade_counts
from reporting.domain.figures import GradeCounts
from reporting.domain.ledger import Ledger

Row = Mapping[str, Any]


@dataclass(frozen=True)
class AxisBeside:
    """A domain's standing grades on one axis: the unit's, and the authority's with the unit's."""

    unit: GradeCounts
    authority: GradeCounts
    not_applicable: int

    @property
    def below_good(self) -> Share:
        return below_good(self.unit)

    @property
    def authority_below_good(self) -> Share:
        return below_good(self.authority)


@dataclass(frozen=True)
class DomainBeside:
    """One domain under its newest name."""

    code: str
    name: str
    practice: AxisBeside
    outcome: AxisBeside

    def on(self, axis: Axis) -> AxisBeside:
        return self.practice if axis == Axis.PRACTICE else self.outcome


def below_good(counts: GradeCounts) -> Share:
    """At Requires improvement or Inadequate."""
    return Share(counts.requires_improvement + counts.inadequate, counts.total)


def count_domains(ledger: Ledger, *, authority: Unit) -> tuple[DomainBeside, ...]:
    """Every graded domain but the overall, in the order of the form: one query.

    For one auditor's ledger the authority's counts are theirs too.
    """
    rows = list(_cube(replace(ledger, scope=authority), ledger.scope))
    newest = {domain.code: domain for domain in ledger.domains if not domain.is_overall}
    return tuple(
        _domain(domain, [row for row in rows if row["code"] == code])
        for code, domain in newest.items()
    )


def _cube(whole: Ledger, unit: Unit) -> Iterable[Row]:
    inside = Q(audit__team__path__startswith=unit.path)
    in_unit = Case(When(inside, then=Value(True)), default=Value(False))
    return (
        whole.graded()
        .alias(change=change_in_force("grades", whole.as_at))
        .alias(stands=standing_grade("grades", change="change"))
        .order_by()
        .values(code=F("grades__domain__code"), axis=F("grades__axis"), in_unit=in_unit)
        .annotate(
            **counts_by_grade("stands", "standing"),
            not_applicable=Count("pk", filter=Q(grades__is_not_applicable=True)),
        )
    )


def _domain(domain: Domain, rows: Sequence[Row]) -> DomainBeside:
    return DomainBeside(
        domain.code, domain.name, _axis(rows, Axis.PRACTICE), _axis(rows, Axis.OUTCOME)
    )


def _axis(rows: Sequence[Row], axis: Axis) -> AxisBeside:
    whole = [row for row in rows if row["axis"] == axis]
    unit = [row for row in whole if row["in_unit"]]
    return AxisBeside(
        unit=grade_counts(unit, "standing"),
        authority=grade_counts(whole, "standing"),
        not_applicable=sum(row["not_applicable"] for row in unit),
    )
