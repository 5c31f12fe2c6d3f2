"""The ledger: which audits a report counts (domain rule 1).

The audits of the period's rounds in the ledger, whose team lies under the scope, as they stood at
a moment. Every figure starts here, so that no two tables of a report disagree about what is in.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from accounts.models import Unit
from audits.domain import as_at as conditions
from audits.domain import moments
from audits.models import Audit, AuditReturn, Domain, Round
from audits.models.audit import AuditQuerySet
from kit.months import london_day
from reporting.domain.figures import Period


@dataclass(frozen=True)
class Ledger:
    """What a report counts: rounds by key, months in order, the graded domains of their tools.

    Pages narrow it: to the audits of one `auditor`, and without those `left_out`, which their
    reader still has to moderate blind (permissions.md rule 13). `readable` is the condition on
    returns whose grades the reader may know; without one they may know all.
    """

    period: Period
    scope: Unit
    as_at: datetime.datetime
    rounds: tuple[int, ...]
    months: tuple[datetime.date, ...]
    domains: tuple[Domain, ...]
    auditor: int | None = None
    left_out: tuple[int, ...] = ()
    readable: Q | None = None

    def leaving_out(self, audits: Iterable[int]) -> "Ledger":
        """Without these audits, by key."""
        return replace(self, left_out=tuple(audits))

    @property
    def today(self) -> datetime.date:
        """London's day at the moment; what was due before it is past its date."""
        return london_day(self.as_at)

    @property
    def overall_domains(self) -> list[int]:
        return [domain.pk for domain in self.domains if domain.is_overall]

    def counts(self, audit: str = "") -> Q:
        """That the audit at the path is in the ledger.

        As a condition, not as keys to look for: PostgreSQL then starts at the period's audits,
        where a list of keys has it read the whole of the other table.
        """
        place = f"{audit}__" if audit else ""
        counted = moments.planned(self.as_at, audit) & Q(
            **{f"{place}round__in": self.rounds, f"{place}team__path__startswith": self.scope.path}
        )
        if self.auditor:
            counted &= Q(**{f"{place}auditor": self.auditor})
        if self.left_out:
            counted &= ~Q(**{f"{place}pk__in": self.left_out})
        return counted

    def counts_return(self, audit_return: str = "") -> Q:
        """That the return at the path was in force, of an audit in the ledger."""
        place = f"{audit_return}__" if audit_return else ""
        return moments.standing(self.as_at, audit_return) & self.counts(f"{place}audit")

    def audits(self) -> AuditQuerySet:
        """Planned at the moment. `in_force` joins the return in force, at most one an audit."""
        return conditions.with_return(Audit.objects.filter(self.counts()), self.as_at)

    def returns(self) -> QuerySet[AuditReturn]:
        """The returns of those audits that were in force at the moment."""
        return AuditReturn.objects.filter(self.counts_return())

    def graded(self) -> QuerySet[AuditReturn]:
        """Of those, the returns whose grades and safety answers the reader may know."""
        return self.returns().filter(self.readable) if self.readable else self.returns()

    def headline(self, path: str) -> Q:
        """That the DomainGrade at `path` is the overall grade on its tool's headline axis."""
        overall = [
            (domain.pk, domain.version.headline_axis)
            for domain in self.domains
            if domain.is_overall
        ]
        return conditions.headline(path, overall)


def open_ledger(period: Period, *, scope: Unit, as_at: datetime.datetime) -> Ledger:
    """The ledger of the period's months: two queries, whatever the history's length."""
    rounds = list(
        Round.objects.filter(
            in_ledger=True, month__range=(period.first, period.last), created_at__lt=as_at
        )
        .order_by("month", "pk")
        .values_list("pk", "month", "tool_version")
    )
    return Ledger(
        period=period,
        scope=scope,
        as_at=as_at,
        rounds=tuple(key for key, _, _ in rounds),
        months=tuple(dict.fromkeys(month for _, month, _ in rounds)),
        domains=_graded_domains({version for _, _, version in rounds}),
    )


def _graded_domains(versions: set[int]) -> tuple[Domain, ...]:
    """In the order of the form; the newest version of a tool last, so that its words are kept."""
    found = (
        Domain.objects.filter(version__in=versions, is_graded=True)
        .select_related("version")
        .order_by("position", "version")
    )
    return tuple(found)
