"""The register of cases: which rows a person is shown, and what was last audited of each."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accounts.models import Unit
from accounts.permissions import is_guest, reach
from audits.choices import RoundKind
from audits.domain.as_at import RETURNED
from audits.domain.registers import AuditRegister
from audits.models import Audit
from audits.models.audit import AuditQuerySet
from cases.models import Case, WorkerAllocation
from cases.models.case import LISTS_ALL, SEES_ALL, SEES_UNIT, CaseQuerySet
from kit.months import add_months, first_of, london_day

RECENT_MONTHS = 12


@dataclass(frozen=True)
class CaseLine:
    """A case of the list, with the last audit of it that its reader may know of."""

    case: Case
    worker: str
    siblings: int
    audit: Any


class CaseRegister:
    """The cases one person may list, with the audits of a register."""

    def __init__(self, audits: AuditRegister) -> None:
        self.audits, self.user = audits, audits.user

    @property
    def at(self) -> datetime.datetime:
        return self.audits.at

    @property
    def units(self) -> tuple[Unit, ...]:
        mine = reach(self.user, *SEES_UNIT, *SEES_ALL, *LISTS_ALL, field="")
        return tuple(Unit.objects.filter(mine).order_by("path"))

    def rows(self) -> CaseQuerySet:
        """Every case, with `last_month`, that of its last returned audit; None without one."""
        last = self._returned().filter(case=OuterRef("pk")).order_by("-month", "-pk")
        cases = Case.objects.listed_to(self.user)
        if is_guest(self.user):
            reviewed = Audit.objects.visible_to(self.user)
            cases = Case.objects.filter(pk__in=reviewed.values("case"))
        return cases.alias(last_month=Subquery(last.values("month")[:1]))

    def audited_since(self) -> datetime.date:
        """The first month of the last 12, this one included."""
        return add_months(first_of(london_day(self.at)), 1 - RECENT_MONTHS)

    def shown(self, cases: CaseQuerySet) -> CaseQuerySet:
        """With the key of the last audit, the worker's name and the size of the sibling group."""
        last = self._returned().filter(case=OuterRef("pk")).order_by("-month", "-pk")
        return self.with_worker(cases.select_related("team")).annotate(
            last_audit=Subquery(last.values("pk")[:1]), siblings=Subquery(_group_size())
        )

    def with_worker(self, cases: CaseQuerySet) -> CaseQuerySet:
        """With `worker_name`, whom the case is allocated to."""
        worker = WorkerAllocation.objects.filter(case=OuterRef("pk"), until_on__isnull=True)
        return cases.annotate(worker_name=Subquery(worker.values("worker__name")[:1]))

    def lines(self, cases: Iterable[Any]) -> list[CaseLine]:
        """The rows of `shown`, with their audits: one statement for all of them."""
        rows = list(cases)
        audits = self._audits({row.last_audit for row in rows if row.last_audit})
        return [
            CaseLine(row, row.worker_name or "", row.siblings or 0, audits.get(row.last_audit))
            for row in rows
        ]

    def _audits(self, keys: set[int]) -> Mapping[int, Any]:
        if not keys:
            return {}
        return {row.pk: row for row in self.audits.shown(self.audits.rows().filter(pk__in=keys))}

    def _returned(self) -> AuditQuerySet:
        """Audits that came back; benchmarking is practice for auditors, not an audit of a case."""
        return self.audits.where(self.audits.rows(), RETURNED).exclude(
            round__kind=RoundKind.BENCHMARKING
        )


def _group_size() -> QuerySet[Any, Any]:
    grouped = Case.objects.filter(sibling_group=OuterRef("sibling_group")).order_by()
    return grouped.values("sibling_group").annotate(size=Count("pk")).values("size")
