"""Standing grades, the auditors' own, domains, and practice by outcome."""

from kit.tables import Cell, Column, Row, Table, share_cell
from reporting.domain.figures import DomainGrades, GradeCounts, GradeMonth, MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing import charts
from reporting.printing.parts import (
    BETTER,
    SAME,
    WORSE,
    KeyEntry,
    Matrix,
    Numbers,
    Pair,
    Section,
    TablePart,
)
from reporting.printing.sections.cells import (
    TOTAL,
    by_grades,
    grade_columns,
    grade_heads,
    matrix_totals,
    month_row,
    months_text,
    number_columns,
)

_BOTH = ("practice", "outcome")


def standing(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Grades after moderation, by month."""
    passage = narrative.grades
    parts = (
        charts.grade_months(figures, narrative),
        TablePart(
            _standing_table(figures, passage.titles["moderated"]), "Standing grades by month"
        ),
    )
    return Section(
        "grades",
        "Grades after moderation",
        passage.finding,
        passage.detail,
        parts if figures.grades.months else (),
    )


def own(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """The auditors' own grades beside the standing ones."""
    passage = narrative.own_grades
    table = TablePart(_own_table(figures), "Own and standing grades by month", "grades")
    return Section(
        "own-grades",
        "Auditors' own grades",
        passage.finding,
        passage.detail,
        (charts.own_beside(figures, narrative), table) if figures.grades.months else (),
    )


def by_domain(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Shares at Good or better and at Inadequate, by domain and axis."""
    passage = narrative.domains
    table = TablePart(_share_table(figures), "Good or better, and Inadequate, by domain", "shares")
    return Section(
        "domains",
        "Grades by domain",
        passage.finding,
        passage.detail,
        (charts.domains(figures, narrative), table) if figures.grades.domains else (),
    )


def on_both_axes(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """The overall practice grade by the outcome grade, and every count by domain."""
    passage = narrative.axes
    matrix = _axes_matrix(figures, passage.titles["matrix"])
    table = TablePart(_count_table(figures), "Standing grades by domain and axis", "domains")
    return Section(
        "axes",
        "Practice and outcome",
        passage.finding,
        passage.detail,
        (Pair(matrix, Numbers(passage.facts)), table) if figures.grades.domains else (),
    )


def _standing_table(figures: MonthlyFigures, moderated: str) -> Table:
    table = figures.grades

    def cells(counts: GradeCounts) -> list[Cell | str | int]:
        return [*counts.best_first, counts.total, share_cell(counts.good_or_better)]

    return Table(
        title="Grades after moderation, by month",
        subtitle=f"Standing overall grades for practice. {moderated}".strip(),
        columns=[Column("Month"), *grade_columns(), *number_columns(TOTAL, "Good or better")],
        rows=[month_row(row.month, cells(row.standing), figures) for row in table.months],
        total=Row([TOTAL, *cells(table.standing)]),
        notes=[
            "The standing grade is the auditor's own until moderation changes it. Re-audits and "
            "themed audits are not in these figures."
        ],
        stacks=True,
    )


def _own_table(figures: MonthlyFigures) -> Table:
    table = figures.grades

    def cells(row: GradeMonth) -> list[Cell | str | int]:
        return [*row.own.best_first, *row.standing.best_first, row.moderated, row.lowered]

    total = [*table.own.best_first, *table.standing.best_first, table.moderated, table.lowered]
    return Table(
        title="Auditors' own grades beside the grades that stand",
        subtitle=f"Number of returned audits, overall grade for practice, {months_text(figures)}",
        columns=[
            Column("Month"),
            *grade_columns("As the auditor graded it", swatches=False),
            *grade_columns("As it stands", swatches=False),
            *number_columns("Mod\u00aderated", "Low\u00adered"),
        ],
        rows=[month_row(row.month, cells(row), figures) for row in table.months],
        total=Row([TOTAL, *total]),
        notes=[
            "The auditor's own grade is fixed by the return. “Lowered” are moderated audits that "
            "stand below the auditor's grade."
        ],
        stacks=True,
    )


def _share_table(figures: MonthlyFigures) -> Table:
    def cells(row: DomainGrades) -> list[Cell | str | int]:
        good = [share_cell(getattr(row, axis).good_or_better) for axis in _BOTH]
        return [*good, *(share_cell(getattr(row, axis).inadequate_share) for axis in _BOTH)]

    rows = charts.by_practice(figures)
    return Table(
        title="Good or better, and Inadequate, by domain and axis",
        subtitle=f"Standing grades, share of audits that have the domain, {months_text(figures)}",
        columns=[
            Column("Domain"),
            *number_columns("Practice", "Outcome", group="Good or better"),
            *number_columns("Practice", "Outcome", group="Inadequate"),
        ],
        rows=[Row([row.name, *cells(row)]) for row in rows],
        notes=["Not applicable is no grade and outside every share."],
        stacks=True,
    )


def _count_table(figures: MonthlyFigures) -> Table:
    def cells(row: DomainGrades) -> list[Cell | str | int]:
        practice = [*row.practice.best_first, row.practice_not_applicable]
        return [*practice, *row.outcome.best_first, row.outcome_not_applicable]

    columns = [Column("Domain")]
    for group in ("Practice", "Outcome"):
        columns += grade_columns(group, swatches=False)
        columns.append(Column("N/A", numeric=True, group=group, label="Not applicable"))
    return Table(
        title="Standing grades by domain on both axes",
        subtitle=f"Number of returned audits, {months_text(figures)}; N/A: does not apply",
        columns=columns,
        rows=[Row([row.name, *cells(row)]) for row in figures.grades.domains],
        stacks=True,
    )


def _axes_matrix(figures: MonthlyFigures, title: str) -> Matrix:
    matrix = figures.grades.practice_by_outcome
    return Matrix(
        title=title,
        subtitle=f"Standing overall grades of returned audits, {months_text(figures)}",
        row_heading="Practice",
        column_heading="Outcome for the child",
        heads=grade_heads(),
        rows=by_grades(matrix.rows),
        totals=matrix_totals(matrix.rows),
        key=(
            KeyEntry(SAME, f"the same: {matrix.on_diagonal}"),
            KeyEntry(WORSE, f"outcome worse: {matrix.right_of_diagonal}"),
            KeyEntry(BETTER, f"outcome better: {matrix.left_of_diagonal}"),
        ),
    )
