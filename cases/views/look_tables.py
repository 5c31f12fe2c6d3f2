"""Looks as tables: of a case, of a person, and what is odd among them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from cases.domain.looking import Look, Mark
from cases.domain.oddities import OddCase, OddDay
from kit.months import long_date, moment_text
from kit.tables import Cell, Column, Row, Table

PERSON, CASE, PAGE = Column("Who"), Column("Case"), Column("Page")


def case_table(looks: Iterable[Look]) -> Table | None:
    """Looks at one case; each person leads to what else they looked at."""
    rows = [
        Row(
            [
                moment_text(look.at),
                _person(look.person) if look.person else "",
                Cell(look.page, aside=_beside(look)),
                look.business,
            ]
        )
        for look in looks
    ]
    return _table("Looks at the case", (Column("When"), PERSON, PAGE, Column("Business")), rows)


def person_table(looks: Iterable[Look], *, links: bool) -> Table | None:
    """Looks of one person; with `links` each case leads to who else looked at it."""
    rows = [
        Row([moment_text(look.at), _case(look, links), _page(look), look.business])
        for look in looks
    ]
    columns = (Column("When"), CASE, PAGE, Column("Business then"))
    return _table("Looks, the newest first", columns, rows)


def odd_case_table(title: str, odd: Iterable[OddCase], *, why: str = "") -> Table | None:
    """People and cases; `why` heads a column that says what is odd."""
    rows = [
        Row(
            [
                _person(each.person),
                _mark(each.mark),
                *([each.why] if why else []),
                each.times,
                moment_text(each.last_at),
            ]
        )
        for each in odd
    ]
    columns = [PERSON, CASE, *([Column(why)] if why else []), Column("Looks", numeric=True)]
    return _table(title, [*columns, Column("Last")], rows)


def odd_day_table(odd: Iterable[OddDay]) -> Table | None:
    rows = [Row([_person(each.person), long_date(each.day), each.opened, each.all]) for each in odd]
    counts = (Column("Opened", numeric=True), Column("In all", numeric=True))
    return _table("Many on a day", (PERSON, Column("Day"), *counts), rows)


def _person(person: User) -> Cell:
    address = reverse("case_views_of_person", args=[person.public_id])
    return Cell(person.name, aside=person.post, href=address)


def _mark(mark: Mark) -> Cell:
    return Cell(mark.number, href=reverse("case_views_of_case", args=[mark.public_id]))


def _case(look: Look, links: bool) -> Cell | str:
    """The case; of a list or file how many, leading to which."""
    if look.mark is None:
        return Cell(f"{look.together} cases", href=f"?{_which(look)}", hidden="which they were")
    return _mark(look.mark) if links else look.mark.number


def _which(look: Look) -> str:
    return urlencode({"show": "looks", "moment": look.at.isoformat()})


def _page(look: Look) -> Cell:
    return Cell(look.page, aside="" if look.medium == "Page" else look.medium)


def _beside(look: Look) -> str:
    others = look.together - 1
    beside = f"with {others} other case{'' if others == 1 else 's'}" if others else ""
    return ", ".join(filter(None, ["" if look.medium == "Page" else look.medium, beside]))


def _table(title: str, columns: Iterable[Column], rows: list[Row]) -> Table | None:
    return Table(title, list(columns), rows, stacks=True, title_hidden=True) if rows else None
