"""One page of a long list, with the number of all its rows by the same statement."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window

NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


def page_of_keys(rows: QuerySet[Any], asked: str, *, size: int) -> "Page[int]":
    """The keys of the page that an address asks for; the nearest there is for another number.

    One statement, and two more where there is no such page.
    """
    counted = rows.annotate(of_all=Window(Count("pk"))).values_list("pk", "of_all")
    number = int(asked) if NUMBER.fullmatch(asked) else 1
    found = list(counted[size * (number - 1) : size * number])
    pages = Paginator(rows.values_list("pk", flat=True), size)
    if found:
        # Counted already.
        vars(pages)["count"] = found[0][1]
    page = pages.get_page(asked)
    if found and page.number == number:
        page.object_list = [key for key, _ in found]
    return page
