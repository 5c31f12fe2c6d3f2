"""One page of a long list, with the number of all its rows by the same statement."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce

NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A page of keys; `beside` is how many there are of something else, None where not counted."""

    page: "Page[int]"
    beside: int | None


def page_of_keys(
    rows: QuerySet[Any], asked: str, *, size: int, beside: QuerySet[Any, Any] | None = None
) -> KeyPage:
    """The keys of the page that an address asks for; the nearest there is for another number.

    One statement, and two more where there is no such page. `beside` are other rows, which the
    same statement counts as long as it finds any of its own.
    """
    other = Value(None, IntegerField()) if beside is None else _number_of(beside)
    counted = rows.annotate(of_all=Window(Count("pk")), of_others=other)
    number = int(asked) if NUMBER.fullmatch(asked) else 1
    first = size * (number - 1)
    found = list(counted.values_list("pk", "of_all", "of_others")[first : first + size])
    pages = Paginator(rows.values_list("pk", flat=True), size)
    if found:
        # Counted already.
        vars(pages)["count"] = found[0][1]
    page = pages.get_page(asked)
    if found and page.number == number:
        page.object_list = [key for key, _, _ in found]
    return KeyPage(page, found[0][2] if found else None)


def _number_of(rows: QuerySet[Any, Any]) -> Coalesce:
    """How many rows there are, within another statement."""
    as_one = rows.order_by().annotate(as_one=Value(1)).values("as_one")
    return Coalesce(Subquery(as_one.annotate(of_them=Count("pk")).values("of_them")), 0)
