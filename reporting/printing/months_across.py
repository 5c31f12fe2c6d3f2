"""Tables whose columns are months: overdue audits by service, and the safety answers."""

from collections.abc import Sequence
from datetime import date

from kit.months import period_text, short_month
from kit.tables import Cell, Column, Row, Table
from reporting.domain.figures import MonthlyFigures, ReturnCounts, ServiceReturns

MOST_MONTHS = 8
"""Of more months the earlier ones are added together in one column."""

_SHADES = 6


def overdue_table(figures: MonthlyFigures, title: str, note: str) -> Table:
    """Counts by service and month, the darker the cell the more."""
    table = figures.returns
    services = sorted(table.services, key=lambda row: (-row.period.overdue, row.name))
    single = [counts.overdue for row in services for counts in row.months[-MOST_MONTHS:]]
    most = max(single, default=0)
    ends = ("Overdue", "Not yet due", "Not returned")
    return Table(
        title=title,
        subtitle=(
            "Scheduled audits not returned and past their date, by service; "
            "the darker the cell, the more"
        ),
        columns=[
            Column("Service"),
            *_month_columns([row.month for row in table.months], group="Overdue, by month planned"),
            *(Column(end, numeric=True, group="All months") for end in ends),
        ],
        rows=[Row([row.name, *_shaded(row, most), *_ends(row.period)]) for row in services],
        total=Row(["All services", *_totals(figures), *_ends(table.total)]),
        notes=[text for text in (note, earlier(figures)) if text],
        stacks=True,
    )


def safety_table(figures: MonthlyFigures, title: str) -> Table:
    """Returned audits, answers to the safety question, and concerns raised, zeros included."""
    months = figures.safety.months
    rows = {
        "Audits returned": [row.returned for row in months],
        "Safety question answered": [row.answered for row in months],
        "Concerns raised": [row.concerns for row in months],
    }
    return Table(
        title=title,
        subtitle="Returned audits and the concerns raised in them, by month planned",
        columns=[
            Column("Measure"),
            *_month_columns([row.month for row in months]),
            Column("Total", numeric=True),
        ],
        rows=[Row([name, *_folded(counts), sum(counts)]) for name, counts in rows.items()],
        stacks=True,
    )


def earlier(figures: MonthlyFigures) -> str:
    """Which months stand together under "Earlier"; nothing when each has its column."""
    months = [row.month for row in figures.returns.months][:-MOST_MONTHS]
    return f"Earlier: {period_text(months[0], months[-1])}." if months else ""


def _month_columns(months: Sequence[date], group: str = "") -> list[Column]:
    heads = [short_month(month) for month in months[-MOST_MONTHS:]]
    if len(months) > MOST_MONTHS:
        heads.insert(0, "Earlier")
    return [Column(head, numeric=True, group=group) for head in heads]


def _shaded(row: ServiceReturns, most: int) -> list[Cell]:
    """The months' cells; several months together are not shaded beside single ones."""
    counts = _folded([counts.overdue for counts in row.months])
    together = len(counts) - min(len(row.months), MOST_MONTHS)
    return [
        Cell(count, shade=0 if place < together else _shade(count, most))
        for place, count in enumerate(counts)
    ]


def _totals(figures: MonthlyFigures) -> list[int]:
    return _folded([row.counts.overdue for row in figures.returns.months])


def _folded(counts: Sequence[int]) -> list[int]:
    if len(counts) <= MOST_MONTHS:
        return list(counts)
    return [sum(counts[:-MOST_MONTHS]), *counts[-MOST_MONTHS:]]


def _shade(count: int, most: int) -> int:
    # Rounded up: a single one is seen too.
    return -(-_SHADES * count // most) if most else 0


def _ends(counts: ReturnCounts) -> list[int]:
    return [counts.overdue, counts.not_returned - counts.overdue, counts.not_returned]
