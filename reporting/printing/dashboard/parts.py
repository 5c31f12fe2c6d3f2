"""What a dashboard's sections are made of beside the parts of a report."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from kit.months import short_month
from kit.tables import Cell, Row, Table
from reporting.domain.figures import MonthlyFigures
from reporting.printing.parts import Figure, Matrix, Numbers, TablePart


class Opens(Protocol):
    """Where the audits behind a figure are listed; "" for who may not open them.

    `month` (its first day) and `team` (its public id) narrow the dashboard's own period and unit;
    everything else is a code of the register's filters.
    """

    def audits(self, **codes: object) -> str: ...

    def grades(self, **codes: object) -> str:
        """The same for a figure by grade, which a moderator may not open yet."""

    def actions(self, **codes: object) -> str:
        """Where the actions behind a figure are listed; codes of `actions.filters`."""


@dataclass(frozen=True)
class Beside:
    """A chart with the table that proves it beside it, where there is room."""

    kind: ClassVar[str] = "beside"

    figure: Figure
    table: Table


Part = Beside | Matrix | Numbers | TablePart


@dataclass(frozen=True)
class Topic:
    """A heading, what was found, and the parts that show it."""

    code: str
    heading: str
    finding: str
    detail: str
    parts: tuple[Part, ...] = ()


def short_row(
    month: datetime.date, cells: Sequence[Cell | str | int], report: MonthlyFigures
) -> Row:
    """A month's row where columns are many; that of the last month is set off."""
    name = f"{short_month(month)}\u00a0{month.year}"
    return Row([name, *cells], current=month == report.period.last)


def linked(count: int, href: str, hidden: str) -> Cell:
    """A count that opens what it counts; nothing to open behind a nought."""
    return Cell(count, href=href if count else "", hidden=hidden if count and href else "")
