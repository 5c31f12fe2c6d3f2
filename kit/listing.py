"""A list of records as page and as file: its columns said once, and sorted by one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import F, OrderBy

from kit import sheets
from kit.tables import Cell, Column, Row

Record = TypeVar("Record")

ASCENDING, DESCENDING = "ascending", "descending"


@dataclass(frozen=True)
class ListColumn(Generic[Record]):
    """One column: `value` gives what stands in a file, `draw` what stands on a page (the same).

    `sort` is the field or annotation that the list is sorted by; a column without one is not
    sorted. `identifies` marks what a pseudonymised file leaves out.
    """

    code: str
    title: str
    value: Callable[[Record], sheets.Cell]
    draw: Callable[[Record], Cell | str] | None = None
    sort: str = ""
    on_page: bool = True
    in_file: bool = True
    identifies: bool = False

    def cell(self, record: Record) -> Cell | str:
        """What a page shows of the record."""
        return self.draw(record) if self.draw else str(self.value(record) or "")


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column a list is sorted by, and which way. Addresses have it as "month" or "-month"."""

    code: str
    descending: bool = False

    @property
    def text(self) -> str:
        return f"-{self.code}" if self.descending else self.code

    def turned(self, code: str) -> "Sorting":
        """What a click on that column's head asks for: the other way, or first upwards."""
        return Sorting(code, descending=code == self.code and not self.descending)


def read_sorting(text: str, columns: Iterable[ListColumn[Record]], *, default: Sorting) -> Sorting:
    """The sorting an address asks for; the default for a column that is not sorted."""
    code = text.removeprefix("-")
    known = {column.code for column in columns if column.sort}
    return Sorting(code, text.startswith("-")) if code in known else default


def order(columns: Iterable[ListColumn[Record]], sorting: Sorting) -> list[OrderBy | str]:
    """For `order_by`: empty values last either way; the key decides between equals."""
    field = next(F(column.sort) for column in columns if column.code == sorting.code)
    way = field.desc if sorting.descending else field.asc
    return [way(nulls_last=True), "-pk" if sorting.descending else "pk"]


def heads(
    columns: Iterable[ListColumn[Record]], sorting: Sorting, *, query: Mapping[str, str]
) -> list[Column]:
    """The heads of a page's table, each a link that sorts; `query` is what addresses keep."""
    return [_head(column, sorting, query) for column in columns if column.on_page]


def _head(column: ListColumn[Record], sorting: Sorting, query: Mapping[str, str]) -> Column:
    if not column.sort:
        return Column(column.title)
    way = DESCENDING if sorting.descending else ASCENDING
    turned = sorting.turned(column.code)
    return Column(
        column.title,
        href=f"?{urlencode({**query, 'sort': turned.text})}",
        sorted=way if column.code == sorting.code else "",
    )


def body(columns: Iterable[ListColumn[Record]], records: Iterable[Record]) -> list[Row]:
    """The rows of a page's table."""
    shown = [column for column in columns if column.on_page]
    return [Row([column.cell(record) for column in shown]) for record in records]


def sheet(
    columns: Iterable[ListColumn[Record]], records: Iterable[Record]
) -> tuple[list[str], list[Sequence[sheets.Cell]]]:
    """Header and rows of a file."""
    kept = [column for column in columns if column.in_file]
    return [column.title for column in kept], [
        [column.value(record) for column in kept] for record in records
    ]
