"""The register of audits as one person sees it now."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from audits.filters import AuditFilters
from audits.printing.audit_columns import audit_columns, pseudonymised
from audits.views.listings import Listing, Words
from kit.listing import ListColumn, Sorting


class AuditListing(Listing):
    """The register of audits."""

    words = Words(
        code="audit",
        title="Audits",
        one="audit",
        many="audits",
        what="Audits of the rounds in the monthly figures, unless you choose another round.",
        when_none="Audits are listed here once the QA team has given them out in a round.",
    )
    case_path = "case__"

    @property
    def sorted_by(self) -> Sorting:
        return Sorting("month", descending=True)

    @cached_property
    def filters(self) -> AuditFilters:
        return AuditFilters(self.request.GET, register=self.audits)

    @cached_property
    def columns(self) -> Sequence[ListColumn[Any]]:
        columns = audit_columns(self.user, on=self.today, names_auditors=self.is_qa_manager)
        return pseudonymised(columns, user=self.user) if self.is_guest else columns

    @property
    def left_out_rows(self) -> "QuerySet[Any, Any]":
        return self.audits.reading.blind

    def annotated(self, rows: Any) -> "QuerySet[Any]":
        return self.audits.shown(rows)

    def sortable(self, rows: Any) -> "QuerySet[Any]":
        return self.audits.with_grade(rows) if self.sorting.code == "grade" else rows

    @property
    def notes(self) -> list[str]:
        restricted = (
            "Audits of restricted cases count in the figures. "
            "They are listed only for their auditor, those named on the case and the QA manager."
        )
        return [
            *self._left_out(),
            *self._hidden(),
            *([restricted] if self.count or self.figures else []),
        ]

    def _left_out(self) -> list[str]:
        blind = self.left_out
        if not blind:
            return []
        few = "1 audit is" if blind == 1 else f"{blind} audits are"
        return [f"{few} not listed and not counted here, because you still moderate them blind."]

    def _hidden(self) -> list[str]:
        if not (self.is_valid and self.audits.hidden):
            return []
        before_grades = self.found(self.filters.ungraded)
        hidden = self.audits.where(before_grades, self.audits.hidden).count()
        if not hidden:
            return []
        few = "1 returned audit" if hidden == 1 else f"{hidden} returned audits"
        return [
            f"The grades of {few} are neither shown nor counted here, so that moderation stays "
            "blind: until the moderation is settled or the round's sample is closed."
        ]
