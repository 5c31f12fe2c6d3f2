"""Standing grades by domain and axis, of a unit and of the whole authority beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, Value, When

from accounts.models import Unit
from audits.choices import Axis
from audits.domain.moments import standing_grade_of
from kit.shares import Share
from reporting.domain.counting.rows import counted_by, grouped
from reporting.domain.figures import GradeCounts
from reporting.domain.ledger import Ledger

BESIDE = (Axis.PRACTICE, Axis.OUTCOME)


class InDomain(NamedTuple):
    """How many returned audits stand at a grade in a domain on an axis; None is no grade."""

    code: str | None
    axis: str | None
    in_unit: bool
    stands: int | None
    audits: int
    not_applicable: int


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
    rows = _cube(replace(ledger, scope=authority), ledger.scope)
    found = grouped(rows, lambda row: (row.code, row.axis))
    newest = {domain.code: domain for domain in ledger.domains if not domain.is_overall}
    return tuple(
        DomainBeside(code, domain.name, *(_axis(found[code, axis.value]) for axis in BESIDE))
        for code, domain in newest.items()
    )


def _cube(whole: Ledger, unit: Unit) -> Iterable[InDomain]:
    inside = Q(audit__team__path__startswith=unit.path)
    rows = (
        whole.graded()
        .annotate(
            code=F("grades__domain__code"),
            axis=F("grades__axis"),
            in_unit=Case(When(inside, then=Value(True)), default=Value(False)),
            stands=standing_grade_of("grades", whole.as_at),
        )
        .order_by()
        .values_list(*InDomain._fields[:4])
        .annotate(
            audits=Count("pk"),
            not_applicable=Count("pk", filter=Q(grades__is_not_applicable=True)),
        )
    )
    return [InDomain(*row) for row in rows]


def _axis(rows: Sequence[InDomain]) -> AxisBeside:
    unit = [row for row in rows if row.in_unit]
    return AxisBeside(
        unit=counted_by((row.stands, row.audits) for row in unit),
        authority=counted_by((row.stands, row.audits) for row in rows),
        not_applicable=sum(row.not_applicable for row in unit),
    )
