"""The register of cases as one person sees it now."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from audits.domain.case_register import CaseRegister
from audits.filters import CaseFilters
from audits.printing.audit_columns import pseudonymised
from audits.printing.case_columns import case_columns
from audits.views.listings import Listing, Words
from kit.listing import ListColumn, Sorting


class CaseListing(Listing):
    """The register of cases."""

    words = Words(
        code="case",
        title="Cases",
        one="case",
        many="cases",
        what="Children and young people whose cases you work on, answer for, audit or review.",
        when_none="Cases are listed here once a case list is brought in, "
        "or once you have business with one.",
    )
    case_path = ""

    @property
    def sorted_by(self) -> Sorting:
        return Sorting("audited", descending=True) if self.is_guest else Sorting("case")

    @cached_property
    def register(self) -> CaseRegister:
        return CaseRegister(self.audits)

    @cached_property
    def filters(self) -> CaseFilters:
        return CaseFilters(self.request.GET, register=self.register)

    @cached_property
    def columns(self) -> Sequence[ListColumn[Any]]:
        columns = case_columns(self.user, on=self.today, names_workers=self.is_qa_manager)
        return pseudonymised(columns, user=self.user) if self.is_guest else columns

    def annotated(self, rows: Any) -> "QuerySet[Any]":
        return self.register.shown(rows)

    def sortable(self, rows: Any) -> "QuerySet[Any]":
        return self.register.with_worker(rows) if self.sorting.code == "worker" else rows

    def lines(self, rows: Any) -> list[Any]:
        return self.register.lines(rows)

    @property
    def notes(self) -> list[str]:
        last = "The last audit is the last returned one that you may know of, in any round."
        return [last] if self.count else []
