"""Returns by month, by service, by level of manager; exemptions."""

from kit.months import month_name
from kit.shares import Share
from kit.tables import Cell, Column, Row, Table, share_cell
from reporting.domain.figures import MonthlyFigures, ReturnCounts
from reporting.domain.narrative import Narrative
from reporting.printing import charts
from reporting.printing.parts import Box, Part, Section, TablePart
from reporting.printing.sections.cells import (
    TOTAL,
    as_at_text,
    month_row,
    months_text,
    number_columns,
    percent_cell,
)

HEADS = ("Planned", "Exempted", "Scheduled", "Returned", "% of scheduled")


def by_month(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Planned, exempted, scheduled, returned, with the total row."""
    passage = narrative.returns
    rows = [month_row(row.month, _cells(row.counts), figures) for row in figures.returns.months]
    note = (
        f"Scheduled = planned \N{MINUS SIGN} exempted. Returned: before {as_at_text(figures)}. "
        "Percentages are rounded half up to one decimal."
    )
    table = Table(
        title="Planned, exempted, scheduled and returned audits",
        subtitle=f"Number of audits, {months_text(figures)}",
        columns=[Column("Month"), *number_columns(*HEADS)],
        rows=rows,
        total=Row([TOTAL, *_cells(figures.returns.total)]),
        notes=[text for text in (note, passage.titles["late"]) if text],
    )
    return Section(
        "returns",
        "Audit returns",
        passage.finding,
        passage.detail,
        (charts.rates(figures, narrative), TablePart(table, "Returns by month")),
    )


def by_service(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Each service over the period and in the report's month."""
    passage = narrative.services
    parts: tuple[Part, ...] = ()
    if figures.returns.services:
        table = TablePart(_service_table(figures), "Returns by service")
        parts = (charts.services(figures, narrative), table)
    return Section("services", "Returns by service", passage.finding, passage.detail, parts)


def by_level(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Levels of manager, reasons for exemptions, and services that exempted most."""
    passage = narrative.levels
    parts = (
        TablePart(_level_table(figures), "Returns by level of manager"),
        TablePart(_exemption_table(figures, passage.titles["reasons"]), "Exemptions by reason"),
    )
    over = passage.titles["over"]
    box = (Box("Where most was exempted", (over,)),) if over else ()
    return Section(
        "levels",
        "Levels of manager, and exemptions",
        passage.finding,
        passage.detail,
        (*parts, *box) if figures.returns.months else (),
    )


def _cells(counts: ReturnCounts) -> list[Cell | str | int]:
    return [
        counts.planned,
        counts.exempted,
        counts.scheduled,
        counts.returned,
        percent_cell(counts.rate),
    ]


def _service_table(figures: MonthlyFigures) -> Table:
    table, period = figures.returns, months_text(figures)
    rows = sorted(table.services, key=lambda row: charts.rank(row.period.rate))
    last = table.months[-1]
    whole, alone = (
        ("Planned", "Exempted", "Scheduled", "Returned", "%"),
        ("Scheduled", "Returned", "%"),
    )
    has_months = len(table.months) > 1
    columns = [Column("Service"), *number_columns(*whole, group=period if has_months else "")]
    if has_months:
        columns += number_columns(*alone, group=month_name(last.month))

    def cells(period_counts: ReturnCounts, last_counts: ReturnCounts) -> list[Cell | str | int]:
        return _cells(period_counts) + (_cells(last_counts)[2:] if has_months else [])

    return Table(
        title="Audits by service",
        subtitle=f"Number of audits, {period}",
        columns=columns,
        rows=[Row([row.name, *cells(row.period, row.last)]) for row in rows],
        total=Row(["All services", *cells(table.total, last.counts)]),
        notes=["% is returned of scheduled."],
        stacks=True,
    )


def _level_table(figures: MonthlyFigures) -> Table:
    table = figures.returns
    return Table(
        title="Audits by level of manager",
        subtitle=f"The auditor's level when the audit was allocated, {months_text(figures)}",
        columns=[Column("Level of manager"), *number_columns(*HEADS)],
        rows=[Row([row.name, *_cells(row.counts)]) for row in table.levels],
        total=Row(["All levels", *_cells(table.total)]),
    )


def _exemption_table(figures: MonthlyFigures, title: str) -> Table:
    total = figures.returns.total
    reasons = sorted(figures.returns.exemptions, key=lambda row: (-row.count, row.name))
    return Table(
        title=title,
        subtitle=f"Exempted audits by reason, {months_text(figures)}",
        columns=[Column("Reason"), *number_columns("Exempted", "Share of exempted")],
        rows=[
            Row([row.name, row.count, share_cell(Share(row.count, total.exempted))])
            for row in reasons
        ],
        total=Row(
            ["All reasons", total.exempted, share_cell(Share(total.exempted, total.exempted))]
        ),
        notes=["Each exemption has a reason, an approver and a date."],
    )
