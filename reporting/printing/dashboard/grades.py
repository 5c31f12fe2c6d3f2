"""Grades by month and team, practice against outcome, and domains beside the authority."""

from collections.abc import Iterator
from dataclasses import replace

from audits.choices import Axis
from kit.grades import GRADES, GradeLook
from kit.months import month_name
from kit.tables import Cell, Column, Row, Table, share_cell
from reporting.domain.counting.domains import DomainBeside
from reporting.domain.dashboard.figures import DashboardFigures
from reporting.domain.figures import GradeCounts, MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing import charts
from reporting.printing.dashboard.parts import Beside, Opens, Topic, linked, short_row
from reporting.printing.parts import (
    BETTER,
    SAME,
    WORSE,
    KeyEntry,
    Matrix,
    MatrixCell,
    MatrixRow,
    TablePart,
)
from reporting.printing.sections.cells import (
    TOTAL,
    by_grades,
    grade_columns,
    grade_heads,
    matrix_totals,
    months_text,
    number_columns,
)

Cells = list[Cell | str | int]


def grades(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Topic:
    """Standing and own overall grades on the chosen axis."""
    passage = narrative.grades
    chart = charts.grade_months(report, narrative)
    axis = figures.axis.label.lower()
    subtitle = f"Standing overall grades for {axis}, as a share of each month's returned audits"
    parts = (
        Beside(
            replace(chart, subtitle=f"{subtitle}. {passage.titles['moderated']}"),
            _months(figures, report, opens),
        ),
        TablePart(_own(figures, report), "Own and standing grades by month", "grades"),
        TablePart(_teams(figures, report, opens), "Grades by team"),
    )
    has_any = figures.standing.total > 0
    return Topic("grades", "Grades", passage.finding, passage.detail, parts if has_any else ())


def axes(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Topic:
    """Practice against outcome: what lies off the diagonal is worth reading."""
    passage, matrix = narrative.axes, figures.practice_by_outcome
    part = Matrix(
        title=passage.titles["matrix"],
        subtitle=f"Standing overall grades of returned audits, {months_text(report)}",
        row_heading="Practice",
        column_heading="Outcome for the child",
        heads=grade_heads(),
        rows=_linked_rows(by_grades(matrix.rows), opens),
        totals=matrix_totals(matrix.rows),
        key=(
            KeyEntry(SAME, f"the same: {matrix.on_diagonal}"),
            KeyEntry(
                WORSE,
                f"good work, poorer outcome: {matrix.right_of_diagonal}. What got in the way?",
            ),
            KeyEntry(
                BETTER,
                f"weaker work, better outcome: {matrix.left_of_diagonal}. "
                "Luck, the carer or the family?",
            ),
        ),
    )
    return Topic(
        "axes",
        "Practice and outcome",
        passage.finding,
        passage.detail,
        (part,) if matrix.total else (),
    )


def domains(
    figures: DashboardFigures, report: MonthlyFigures, narrative: Narrative, opens: Opens
) -> Topic:
    """Domains by the share below Good on the chosen axis, the largest first."""
    rows = sorted(figures.domains, key=lambda row: charts.rank(row.on(figures.axis).below_good))
    passage = narrative.domains
    parts = (
        TablePart(_beside(rows, figures, report), "Below Good by domain", "shares"),
        TablePart(_by_grade(rows, report, opens), "Standing grades by domain and axis", "domains"),
    )
    return Topic(
        "domains",
        "Domains",
        passage.finding,
        passage.detail,
        parts if figures.standing.total else (),
    )


def _months(figures: DashboardFigures, report: MonthlyFigures, opens: Opens) -> Table:
    rows = []
    for row in figures.grades:
        name = f"of {month_name(row.month)}"
        cells = _counts(figures, row.standing, opens, name, month=row.month)
        rows.append(short_row(row.month, cells, report))
    return Table(
        title="Standing grades by month",
        columns=[Column("Month"), *grade_columns(swatches=False), Column("All", numeric=True)],
        rows=rows,
        total=Row([TOTAL, *_counts(figures, figures.standing, opens, "of all months")]),
        title_hidden=True,
    )


def _teams(figures: DashboardFigures, report: MonthlyFigures, opens: Opens) -> Table:
    return Table(
        title="Grades by team",
        subtitle=(
            f"Standing overall grades for {figures.axis.label.lower()}, {months_text(report)}: "
            "counts in order of name, which is no ranking"
        ),
        columns=[Column("Team"), *grade_columns(), Column("All", numeric=True)],
        rows=[
            Row(
                [
                    team.name,
                    *_counts(figures, team.grades, opens, f"of {team.name}", team=team.public_id),
                ]
            )
            for team in figures.teams
        ],
        total=Row([TOTAL, *_counts(figures, figures.standing, opens, "of all teams")]),
    )


def _counts(
    figures: DashboardFigures, counts: GradeCounts, opens: Opens, whose: str, **codes: object
) -> Cells:
    """Best first, and all of them; each count opens its audits."""
    cells: Cells = [
        linked(
            count,
            opens.grades(**{figures.axis.value: look.value}, **codes),
            f"audits at {look.word} {whose}",
        )
        for look, count in zip(GRADES, counts.best_first, strict=True)
    ]
    return [*cells, counts.total]


def _own(figures: DashboardFigures, report: MonthlyFigures) -> Table:
    total = [*figures.own.best_first, *figures.standing.best_first]
    return Table(
        title="Auditors' own grades beside the grades that stand",
        subtitle=(
            f"Overall grades for {figures.axis.label.lower()}, {months_text(report)}. "
            "The standing grade is the auditor's own until moderation changes it"
        ),
        columns=[
            Column("Month"),
            *grade_columns("As the auditor graded it", swatches=False),
            *grade_columns("As it stands", swatches=False),
            *number_columns("Mod\u00aderated", "Low\u00adered"),
        ],
        rows=[
            short_row(
                row.month,
                [*row.own.best_first, *row.standing.best_first, row.moderated, row.lowered],
                report,
            )
            for row in figures.grades
        ],
        total=Row(
            [
                TOTAL,
                *total,
                sum(row.moderated for row in figures.grades),
                sum(row.lowered for row in figures.grades),
            ]
        ),
    )


def _linked_rows(rows: tuple[MatrixRow, ...], opens: Opens) -> tuple[MatrixRow, ...]:
    """Every cell with audits opens them."""
    return tuple(
        replace(row, cells=tuple(_linked_cells(row, practice, opens)))
        for row, practice in zip(rows, GRADES, strict=True)
    )


def _linked_cells(row: MatrixRow, practice: GradeLook, opens: Opens) -> Iterator[MatrixCell]:
    for cell, outcome in zip(row.cells, GRADES, strict=True):
        href = opens.grades(practice=practice.value, outcome=outcome.value) if cell.count else ""
        told = f"audits with {practice.word} practice and {outcome.word} outcome"
        yield replace(cell, href=href, hidden=told if href else "")


def _beside(rows: list[DomainBeside], figures: DashboardFigures, report: MonthlyFigures) -> Table:
    def cells(row: DomainBeside) -> Cells:
        pairs = ((row.on(axis).below_good, row.on(axis).authority_below_good) for axis in Axis)
        return [share_cell(share) for pair in pairs for share in pair]

    return Table(
        title="Below Good, by domain",
        subtitle=(
            f"Standing grades, share of audits that have the domain, {months_text(report)}; "
            f"the largest share for {figures.axis.label.lower()} first"
        ),
        columns=[
            Column("Domain"),
            *(
                column
                for axis in Axis
                for column in number_columns("Here", "Authority", group=axis.label)
            ),
        ],
        rows=[Row([row.name, *cells(row)]) for row in rows],
        notes=["Below Good: Requires improvement and Inadequate. Not applicable is no grade."],
    )


def _by_grade(rows: list[DomainBeside], report: MonthlyFigures, opens: Opens) -> Table:
    columns = [Column("Domain")]
    for axis in Axis:
        columns += grade_columns(axis.label, swatches=False)
        columns.append(Column("N/A", numeric=True, group=axis.label, label="Not applicable"))
    return Table(
        title="Standing grades by domain on both axes",
        subtitle=f"Number of returned audits, {months_text(report)}; N/A: does not apply",
        columns=columns,
        rows=[
            Row([row.name, *(cell for axis in Axis for cell in _domain_cells(row, axis, opens))])
            for row in rows
        ],
    )


def _domain_cells(row: DomainBeside, axis: Axis, opens: Opens) -> Cells:
    where = f"in {row.name} for {axis.label.lower()}"
    counts = row.on(axis)
    cells: Cells = [
        linked(
            count,
            opens.grades(domain=row.code, **{axis.value: look.value}),
            f"audits at {look.word} {where}",
        )
        for look, count in zip(GRADES, counts.unit.best_first, strict=True)
    ]
    href = opens.grades(domain=row.code, **{axis.value: "na"})
    return [*cells, linked(counts.not_applicable, href, f"audits where it does not apply, {where}")]
