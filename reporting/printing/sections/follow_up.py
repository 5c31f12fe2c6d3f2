"""What was learned, children's safety, overdue audits, re-audits and actions."""

from collections.abc import Sequence

from kit.months import month_name
from kit.shares import Share
from kit.tables import Column, Row, Table, share_cell
from reporting.domain.figures import MonthlyFigures, ThemeCount
from reporting.domain.narrative import Narrative
from reporting.printing import charts
from reporting.printing.months_across import overdue_table, safety_table
from reporting.printing.parts import Numbers, OneNumber, Pair, Part, Section, TablePart
from reporting.printing.sections.cells import day_text, months_text, number_columns


def learning(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Areas for development, strengths, and who was asked."""
    passage, part = narrative.learning, figures.learning
    parts: list[Part] = []
    developments = charts.developments(figures, narrative)
    strengths = charts.strengths(figures, narrative)
    if part.developments and part.strengths:
        parts.append(Pair(developments, strengths))
    elif part.developments or part.strengths:
        parts.append(developments if part.developments else strengths)
    if part.contributions and part.returned:
        table = _asked_table(figures, passage.titles["asked"])
        parts.append(TablePart(table, "Asked and answered"))
    return Section("learning", "What we learned", passage.finding, passage.detail, tuple(parts))


def safety(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """The counted zero, concerns by month, and audits past their date."""
    passage = narrative.safety
    parts: list[Part] = [OneNumber(passage.facts[0], passage.titles["inadequate"])]
    if figures.safety.months:
        table = safety_table(figures, passage.titles["concerns"])
        parts.append(TablePart(table, "Safety by month", "months"))
    if figures.returns.services:
        overdue = overdue_table(figures, passage.titles["overdue"], passage.titles["not_returned"])
        parts.append(TablePart(overdue, "Overdue audits by service and month", "months"))
    return Section(
        "safety", "Safety, and overdue audits", passage.finding, passage.detail, tuple(parts)
    )


def re_audits(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Audits at Inadequate and their re-audits."""
    passage, part = narrative.re_audits, figures.re_audits
    parts: list[Part] = []
    if passage.facts:
        parts.append(Numbers(passage.facts))
    if part.after.total:
        parts.append(charts.after_re_audit(figures, narrative))
    if passage.facts:
        table = _re_audit_table(figures, passage.titles["due"])
        parts.append(TablePart(table, "Re-audits"))
    if part.forecast:
        parts.append(TablePart(_forecast_table(figures), "Re-audits to come"))
    return Section(
        "re-audits",
        "Inadequate audits and re-audits",
        passage.finding,
        passage.detail,
        tuple(parts),
    )


def actions(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Actions by state, and overdue ones by age."""
    passage = narrative.actions
    parts = (
        Numbers(passage.facts),
        TablePart(_state_table(figures, passage.titles["states"]), "Actions by state"),
        TablePart(_age_table(figures, passage.titles["overdue"]), "Overdue actions by age"),
    )
    return Section(
        "actions",
        "Actions",
        passage.finding,
        passage.detail,
        parts if figures.actions.raised else (),
    )


def _closing(percent: int) -> str:
    return (
        "Its owner shows the evidence, someone else verifies it, and later it is asked whether it "
        "helped the child. Every action from an Inadequate audit and every action for the service "
        f"is verified, of the others {percent}%."
    )


def theme_table(figures: MonthlyFigures, themes: Sequence[ThemeCount], title: str) -> Table:
    """Themes with how many audits name them."""
    part = figures.learning
    return Table(
        title=title,
        subtitle=f"Returned audits with at least one such finding, {months_text(figures)}",
        columns=[Column("Theme"), *number_columns("Audits", "Share of returned")],
        rows=[Row([theme.name, theme.audits, share_cell(part.share(theme))]) for theme in themes],
    )


def _asked_table(figures: MonthlyFigures, title: str) -> Table:
    part = figures.learning
    return Table(
        title=title,
        subtitle=f"Returned audits, {months_text(figures)}",
        columns=[Column("Source"), *number_columns("Asked, of returned", "Answered, of asked")],
        rows=[
            Row(
                [
                    row.name,
                    share_cell(Share(row.asked, part.returned)),
                    share_cell(Share(row.answered, row.asked)),
                ]
            )
            for row in part.contributions
        ],
        notes=["Answered: spoken to, or their words seen in writing."],
    )


def _re_audit_table(figures: MonthlyFigures, title: str) -> Table:
    part = figures.re_audits
    rows = [
        ("Held", part.held),
        ("Late: past the date and not held", part.late),
        ("Ended: case closed, moved or overseen elsewhere", part.ended),
    ]
    return Table(
        title=title,
        subtitle=f"Due by {day_text(figures)}, of audits made {months_text(figures)}",
        columns=[Column("What became of it"), *number_columns("Re-audits", "Share of due")],
        rows=[Row([name, count, share_cell(Share(count, part.due))]) for name, count in rows],
        total=Row(["All due", part.due, share_cell(Share(part.due, part.due))]),
    )


def _forecast_table(figures: MonthlyFigures) -> Table:
    forecast = figures.re_audits.forecast
    return Table(
        title="Re-audits that fall due next",
        subtitle="If no grade changes and no case closes",
        columns=[Column("Month"), *number_columns("Re-audits")],
        rows=[Row([month_name(month), count]) for month, count in forecast],
        total=Row(["Total", sum(count for _, count in forecast)]),
    )


def _state_table(figures: MonthlyFigures, title: str) -> Table:
    part = figures.actions
    rows = [
        ("Open", part.open),
        ("In progress", part.in_progress),
        ("Done, not yet verified", part.done),
        ("Verified", part.verified),
        ("Impact shown", part.impact_shown),
        ("Impact not shown", part.impact_not_shown),
    ]
    return Table(
        title=title,
        subtitle="Actions raised from the period's audits; each is in one state only",
        columns=[Column("State"), *number_columns("Actions", "Share of raised")],
        rows=[Row([name, count, share_cell(Share(count, part.raised))]) for name, count in rows],
        total=Row(["All raised", part.raised, share_cell(Share(part.raised, part.raised))]),
        notes=[_closing(figures.settings.verification_percent)],
    )


def _age_table(figures: MonthlyFigures, title: str) -> Table:
    part = figures.actions.overdue
    rows = [("1 to 10", part.up_to_10), ("11 to 30", part.up_to_30), ("More than 30", part.over_30)]
    return Table(
        title=title,
        subtitle="Actions not done by their date, by calendar days past it",
        columns=[Column("Days overdue"), *number_columns("Actions", "Share of overdue")],
        rows=[Row([name, count, share_cell(Share(count, part.total))]) for name, count in rows],
        total=Row(["All overdue", part.total, share_cell(Share(part.total, part.total))]),
    )
