"""Children at Inadequate, actions, and safety."""

from actions.choices import ActionState
from kit.months import month_name
from kit.shares import Share
from kit.tables import Cell, Column, Row, Table, share_cell
from reporting.domain.dashboard.children import Children
from reporting.domain.dashboard.figures import DashboardFigures
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.domain.narrative.document import Fact
from reporting.domain.narrative.wording import counted, verb
from reporting.printing.dashboard.parts import Opens, Topic, linked
from reporting.printing.parts import Numbers, TablePart
from reporting.printing.sections.cells import TOTAL, months_text, number_columns


def re_audits(children: Children) -> Topic:
    """How many children stand at Inadequate; the rows themselves follow on the page."""
    total = children.total
    finding = "Of the children you may see, none is followed by re-audits."
    detail = ""
    if total:
        stand = verb(total, "child's audit stands", "children's audits stand")
        late = verb(children.late, "re-audit is", "re-audits are")
        finding = (
            f"{total} {stand} at Inadequate and {verb(total, 'is', 'are')} followed by re-audits; "
            f"{children.late or 'no'} {late} late."
        )
        detail = (
            "A child leaves this list when the re-audits have ended. Inadequate does not by itself "
            "mean that the child was unsafe."
        )
    table = TablePart(_ahead(children), "Re-audits to come")
    return Topic(
        "re-audits",
        "Inadequate, and re-audits",
        finding,
        detail,
        (table,) if children.ahead else (),
    )


def actions(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Topic:
    """Actions by state, and the overdue ones by age."""
    passage = narrative.actions
    parts = (
        TablePart(_states(figures, passage.titles["states"], opens), "Actions by state"),
        TablePart(_ages(figures, passage.titles["overdue"], opens), "Overdue actions by age"),
    )
    has_any = figures.actions.raised > 0
    return Topic("actions", "Actions", passage.finding, passage.detail, parts if has_any else ())


def safety(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Topic:
    """Answers to the safety question, and concerns: a nought is a counted nought."""
    passage = narrative.safety
    parts = (
        Numbers((passage.facts[0], _concern_fact(figures))),
        TablePart(_by_month(figures, report, opens, passage.titles["concerns"]), "Safety by month"),
    )
    return Topic("safety", "Safety", passage.finding, "", parts)


def _concern_fact(figures: DashboardFigures) -> Fact:
    part = figures.safety
    minutes = part.median_minutes
    waited = f"Median {counted(minutes, 'minute')} to acknowledge." if minutes is not None else ""
    details = (f"{part.acknowledged} acknowledged, {part.settled} settled.", waited)
    label = verb(part.concerns, "concern raised", "concerns raised")
    return Fact(str(part.concerns), label, tuple(filter(None, details)) if part.concerns else ())


def _ahead(children: Children) -> Table:
    return Table(
        title="Re-audits that fall due next",
        subtitle="If no grade changes and no case closes",
        columns=[Column("Month"), *number_columns("Re-audits")],
        rows=[Row([month_name(month), count]) for month, count in children.ahead],
    )


def _states(figures: DashboardFigures, title: str, opens: Opens) -> Table:
    part = figures.actions
    rows = [
        (ActionState.OPEN, part.open),
        (ActionState.IN_PROGRESS, part.in_progress),
        (ActionState.DONE, part.done),
        (ActionState.VERIFIED, part.verified),
        (ActionState.IMPACT_SHOWN, part.impact_shown),
        (ActionState.IMPACT_NOT_SHOWN, part.impact_not_shown),
    ]

    def cell(count: int, name: str, **codes: object) -> Cell:
        return linked(count, opens.actions(**codes), f"actions: {name}")

    return Table(
        title=title,
        subtitle="Actions from the period's audits; each is in one state only",
        columns=[Column("State"), *number_columns("Actions", "Share of raised")],
        rows=[
            Row(
                [
                    str(state.label),
                    cell(count, str(state.label), state=state.value),
                    share_cell(Share(count, part.raised)),
                ]
            )
            for state, count in rows
        ],
        total=Row(
            [
                "All raised",
                cell(part.raised, "all raised"),
                share_cell(Share(part.raised, part.raised)),
            ]
        ),
    )


def _ages(figures: DashboardFigures, title: str, opens: Opens) -> Table:
    part = figures.actions.overdue
    rows = [("1 to 10", part.up_to_10), ("11 to 30", part.up_to_30), ("More than 30", part.over_30)]

    def cell(count: int, code: str, name: str) -> Cell:
        return linked(count, opens.actions(overdue=code), f"actions overdue by {name} days")

    return Table(
        title=title,
        subtitle="Actions not done by their date, by calendar days past it",
        columns=[Column("Days overdue"), *number_columns("Actions")],
        rows=[
            Row([name, cell(count, str(band), name.lower())])
            for band, (name, count) in enumerate(rows, start=1)
        ],
        total=Row(["All overdue", cell(part.total, "any", "any number of")]),
    )


def _by_month(figures: DashboardFigures, report: MonthlyFigures, opens: Opens, title: str) -> Table:
    rows = []
    for row in figures.safety.months:
        href = opens.audits(month=row.month, safety="answered")
        told = f"audits of {month_name(row.month)} that answered"
        answered = linked(row.answered, href, told)
        rows.append(Row([month_name(row.month), row.returned, answered, row.concerns]))
    part = figures.safety
    answered_total = part.answered_share.n
    return Table(
        title=title,
        subtitle=f"Returned audits and the concerns raised in them, {months_text(report)}",
        columns=[
            Column("Month"),
            *number_columns("Returned", "Safety question answered", "Concerns raised"),
        ],
        rows=rows,
        total=Row([TOTAL, part.returned, answered_total, part.concerns]),
    )
