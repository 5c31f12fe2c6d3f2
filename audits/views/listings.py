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
from audits.domain.registers import AuditRegister, Reading
from audits.filters import Chosen, FiguresBefore, RegisterFilters, figures_before
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
