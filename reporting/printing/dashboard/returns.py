"""Returns by month, team and level of manager; what was exempted and why."""

from kit.months import month_name
from kit.shares import Share
from kit.tables import Cell, Column, Row, Table, share_cell
from reporting.domain.dashboard.figures import DashboardFigures
from reporting.domain.figures import MonthlyFigures, ReturnCounts
from reporting.domain.narrative import Narrative
from reporting.printing import charts
from reporting.printing.dashboard.parts import Beside, Opens, Topic, linked, short_row
from reporting.printing.parts import TablePart
from reporting.printing.sections.cells import TOTAL, month_row, months_text, number_columns

HEADS = ("Planned", "Exempted", "Scheduled", "Returned", "Overdue")


def returns(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Topic:
    """How many audits came back, of how many scheduled."""
    passage = narrative.returns
    parts = (
        Beside(charts.rates(report, narrative), _months(figures, report, opens)),
        TablePart(_teams(figures, report, opens), "Returns by team"),
        TablePart(_levels(figures, report, opens), "Returns by level of manager"),
        TablePart(_exempted(figures, report, opens), "Exempted by month"),
        TablePart(_reasons(figures, report, narrative, opens), "Exemptions by reason"),
    )
    has_any = figures.total.planned > 0
    return Topic("returns", "Returns", passage.finding, passage.detail, parts if has_any else ())


def _months(figures: DashboardFigures, report: MonthlyFigures, opens: Opens) -> Table:
    rows = []
    for row in figures.months:
        counts, name = row.counts, month_name(row.month)
        cells = (
            linked(
                counts.scheduled,
                opens.audits(month=row.month, state="scheduled"),
                f"scheduled audits of {name}",
            ),
            linked(
                counts.returned,
                opens.audits(month=row.month, state="returned"),
                f"returned audits of {name}",
            ),
            _rate(counts.rate),
        )
        rows.append(short_row(row.month, cells, report))
    total = figures.total
    return Table(
        title="Returned audits by month",
        columns=[Column("Month"), *number_columns("Scheduled", "Returned", "Rate")],
        rows=rows,
        total=Row([TOTAL, total.scheduled, total.returned, _rate(total.rate)]),
        title_hidden=True,
    )


def _rate(share: Share) -> Cell:
    """The percentage alone, both numbers being columns of the row; marked where it is of few."""
    mark = "*" if share.is_small and share.of else ""
    return Cell(share.percent_text, mark=mark, share=share)


def _teams(figures: DashboardFigures, report: MonthlyFigures, opens: Opens) -> Table:
    rows = []
    for team in figures.teams:
        cells = _counts(team.returns, opens, team.name, team=team.public_id)
        rows.append(Row([team.name, *cells]))
    return Table(
        title="Returns by team",
        subtitle=f"Number of audits, {months_text(report)}, in order of name",
        columns=[Column("Team"), *number_columns(*HEADS, "% of scheduled")],
        rows=rows,
        total=Row([TOTAL, *_counts(figures.total, opens, "all teams")]),
        stacks=True,
    )


def _levels(figures: DashboardFigures, report: MonthlyFigures, opens: Opens) -> Table:
    return Table(
        title="Returns by level of manager",
        subtitle=f"The auditor's level when the audit was allocated, {months_text(report)}",
        columns=[Column("Level of manager"), *number_columns(*HEADS, "% of scheduled")],
        rows=[
            Row([row.name, *_counts(row.counts, opens, row.name, level=row.code)])
            for row in figures.levels
        ],
        total=Row([TOTAL, *_counts(figures.total, opens, "all levels")]),
        stacks=True,
    )


def _counts(counts: ReturnCounts, opens: Opens, whose: str, **codes: object) -> list[Cell]:
    states = {
        "planned": counts.planned,
        "exempted": counts.exempted,
        "scheduled": counts.scheduled,
        "returned": counts.returned,
        "overdue": counts.overdue,
    }
    cells = [
        linked(count, opens.audits(state=state, **codes), f"{state} audits of {whose}")
        for state, count in states.items()
    ]
    return [*cells, _rate(counts.rate)]


def _exempted(figures: DashboardFigures, report: MonthlyFigures, opens: Opens) -> Table:
    rows = [
        month_row(
            row.month,
            (
                row.counts.planned,
                linked(
                    row.counts.exempted,
                    opens.audits(month=row.month, state="exempted"),
                    f"exempted audits of {month_name(row.month)}",
                ),
                share_cell(row.counts.exempted_share),
            ),
            report,
        )
        for row in figures.months
    ]
    total = figures.total
    return Table(
        title="Exempted of planned audits",
        subtitle=f"Number of audits, {months_text(report)}",
        columns=[Column("Month"), *number_columns("Planned", "Exempted", "Share of planned")],
        rows=rows,
        total=Row([TOTAL, total.planned, total.exempted, share_cell(total.exempted_share)]),
    )


def _reasons(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Table:
    exempted = figures.total.exempted
    return Table(
        title=narrative.levels.titles["reasons"],
        subtitle=f"Exempted audits by reason, {months_text(report)}",
        columns=[Column("Reason"), *number_columns("Exempted", "Share of exempted")],
        rows=[
            Row(
                [
                    row.name,
                    linked(
                        row.count,
                        opens.audits(state="exempted", reason=row.code),
                        f"audits exempted because: {row.name}",
                    ),
                    share_cell(Share(row.count, exempted)),
                ]
            )
            for row in figures.exemptions
        ],
        total=Row([TOTAL, exempted, share_cell(Share(exempted, exempted))]),
    )
