"""A register as one person sees it now: the filters of an address, the search, the sorting."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from accounts.choices import Role
from accounts.permissions import holds, is_guest
from accounts.requests import SignedInRequest
from audits.domain.case_register import CaseRegister
from audits.domain.registers import AuditRegister, Reading
from audits.filters import (
    AuditFilters,
    CaseFilters,
    Chosen,
    FiguresBefore,
    RegisterFilters,
    figures_before,
)
from audits.printing.audit_columns import audit_columns, pseudonymised
from audits.printing.case_columns import case_columns
from kit import listing
from kit.listing import ListColumn, Sorting
from kit.months import london_day
from kit.paging import page_of_keys
from kit.tables import Table

PAGE_ROWS = 50
SEARCHED = "register_search"
"""Where a session keeps what was searched for; addresses only say that something was."""
FIGURES = "figures"
"""What an address calls the figures that its list was opened from."""


@dataclass(frozen=True)
class Words:
    """What a register calls itself and its rows."""

    code: str
    title: str
    one: str
    many: str
    what: str
    when_none: str


class Listing(ABC):
    """What both registers have in common. The request gives the reader, the codes, the search."""

    words: ClassVar[Words]
    case_path: ClassVar[str]

    def __init__(
        self, request: SignedInRequest, reading: Reading, *, at: datetime.datetime
    ) -> None:
        self.request, self.user, self.at = request, request.user, at
        self.today = london_day(at)
        self.audits = AuditRegister(self.user, reading=reading, at=at)
        self.is_qa_manager = holds(self.user, Role.QA_MANAGER)
        self.is_guest = is_guest(self.user)

    @property
    @abstractmethod
    def filters(self) -> RegisterFilters:
        """The filters with what the request chose."""

    @property
    @abstractmethod
    def columns(self) -> Sequence[ListColumn[Any]]:
        """The columns this reader sees, in their order."""

    @property
    @abstractmethod
    def sorted_by(self) -> Sorting:
        """How the list is sorted as long as nobody chooses."""

    @property
    def is_valid(self) -> bool:
        return bool(self.filters.form.is_valid())

    @cached_property
    def text(self) -> str:
        """What is searched for, when the address says that something is."""
        wanted = self.request.GET.get("search") == "1" and not self.is_guest
        return str(self.request.session.get(SEARCHED, "")) if wanted else ""

    @cached_property
    def sorting(self) -> Sorting:
        asked = self.request.GET.get("sort", "")
        return listing.read_sorting(asked, self.columns, default=self.sorted_by)

    @property
    def sortings(self) -> list[tuple[str, str]]:
        """What the list may be sorted by: codes and words."""
        pairs = []
        for column in self.columns:
            if column.sort and column.on_page:
                pairs.append((column.code, column.title))
                pairs.append((f"-{column.code}", f"{column.title}, last first"))
        return pairs

    @cached_property
    def rows(self) -> Any:
        """All rows that the filters and the search leave, unsorted."""
        if not self.is_valid:
            return self.filters.queryset.none()
        return self.found(self.filters.qs)

    def found(self, rows: Any) -> Any:
        """Those whose reference begins with what is searched for, or whose initials are it."""
        if not self.text:
            return rows
        reference, initials = f"{self.case_path}reference", f"{self.case_path}initials"
        return rows.filter(
            Q(**{f"{reference}__istartswith": self.text}) | Q(**{f"{initials}__iexact": self.text})
        )

    @property
    def left_out_rows(self) -> "QuerySet[Any, Any] | None":
        """What the list leaves out of what its reader may see, where it says how many."""
        return None

    @cached_property
    def left_out(self) -> int:
        """How many those are; `page` counts them by its own statement where it finds rows."""
        return 0 if self.left_out_rows is None else int(self.left_out_rows.count())

    @property
    def address(self) -> dict[str, str]:
        """Codes that every link of the list keeps."""
        codes = self.filters.codes if self.is_valid else {}
        searched = {"search": "1"} if self.text else {}
        sort = {} if self.sorting == self.sorted_by else {"sort": self.sorting.text}
        return {**codes, **searched, **sort, **self.came_from}

    @property
    def query(self) -> str:
        return urlencode(self.address)

    @cached_property
    def figures(self) -> FiguresBefore | None:
        """The figures that the list was opened from, for the way back to them."""
        return figures_before(self.request.GET.get(FIGURES, ""))

    @property
    def came_from(self) -> dict[str, str]:
        """What every link of the list keeps, so that the way back is still there."""
        return {FIGURES: self.figures.code} if self.figures else {}

    def chosen(self) -> list[Chosen]:
        """Filters and search in use, each with the address without it."""
        if not self.is_valid:
            return []
        chosen = self.filters.chosen(self.address)
        if self.text:
            rest = {key: value for key, value in self.address.items() if key != "search"}
            chosen.append(Chosen("Search", self.text, urlencode(rest)))
        return chosen

    @cached_property
    def count(self) -> int:
        return int(self.rows.count())

    def page(self) -> "Page[Any]":
        """The page the address asks for; the nearest there is for a number beyond.

        Its keys first and then what its rows show, so that only these are worked out.
        """
        asked = self.request.GET.get("page", "")
        rows = self.ordered(self.rows)
        keyed = page_of_keys(rows, asked, size=PAGE_ROWS, beside=self.left_out_rows)
        page: Page[Any] = keyed.page
        self.count = page.paginator.count
        if keyed.beside is not None:
            self.left_out = keyed.beside
        keys = list(page.object_list)
        found = {row.pk: row for row in self.annotated(self.filters.queryset.filter(pk__in=keys))}
        page.object_list = [found[key] for key in keys if key in found]
        return page

    def table(self, page: "Page[Any]") -> Table:
        heads = listing.heads(self.columns, self.sorting, query=self._unsorted())
        body = listing.body(self.columns, self.lines(page.object_list))
        return Table(self.words.title, heads, body, stacks=True, title_hidden=True)

    def shown(self, rows: Any) -> "QuerySet[Any]":
        """Rows as they are drawn, in their order."""
        return self.ordered(self.annotated(rows))

    def ordered(self, rows: Any) -> "QuerySet[Any]":
        ordering = listing.order(self.columns, self.sorting)
        return self.sortable(rows).order_by(*ordering)

    def sortable(self, rows: Any) -> "QuerySet[Any]":
        """With what the chosen column is sorted by."""
        return rows

    @abstractmethod
    def annotated(self, rows: Any) -> "QuerySet[Any]":
        """The rows of a page with what its columns show."""

    def lines(self, rows: Any) -> list[Any]:
        """What the columns are drawn from."""
        return list(rows)

    def _unsorted(self) -> Mapping[str, str]:
        return {key: value for key, value in self.address.items() if key != "sort"}

    @property
    def notes(self) -> list[str]:
        """What the rows leave out, and why."""
        return []


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
        return [*self._left_out(), *self._hidden(), *([restricted] if self.count else [])]

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


class CaseListing(Listing):
    """The register of cases."""

    words = Words(
        code="case",
        title="Cases",
        one="case",
        many="cases",
        what="Children and young people whose cases you work on, answer for or plan audits of.",
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
