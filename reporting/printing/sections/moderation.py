"""Moderation: what it changed, how audits were chosen, and what it may not be taken to say."""

from kit.grades import GRADES
from kit.shares import Share
from kit.tables import Cell, Column, Row, Table, share_cell
from reporting.domain.figures import ComparisonCounts, MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing import charts
from reporting.printing.parts import (
    BETTER,
    SAME,
    WORSE,
    Box,
    KeyEntry,
    Matrix,
    Numbers,
    Pair,
    Section,
    TablePart,
)
from reporting.printing.sections.cells import (
    by_grades,
    grade_heads,
    matrix_totals,
    months_text,
    number_columns,
    percent_cell,
)


def compared(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """The auditors' grades by the settled ones, and the outcome of moderation."""
    passage = narrative.moderation
    pair = Pair(_matrix(figures, passage.titles["matrix"]), charts.agreement(figures, narrative))
    table = TablePart(_outcome_table(figures), "Outcome of moderation")
    return Section(
        "moderation",
        "Moderation",
        passage.finding,
        passage.detail,
        (pair, table) if figures.moderation.counts.total else (),
    )


def chosen(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Why audits were chosen, how they were read, and for what the result speaks."""
    passage = narrative.chosen
    box = Box("What moderation does not say", (passage.titles["rest"],))
    table = TablePart(_reason_table(figures, passage.titles["reasons"]), "Moderated by reason")
    parts = (Numbers(passage.facts), table, box) if figures.moderation.counts.total else (box,)
    return Section("chosen", "How far moderation speaks", passage.finding, passage.detail, parts)


def _matrix(figures: MonthlyFigures, title: str) -> Matrix:
    counts, rows = figures.moderation.counts, figures.moderation.matrix.rows
    key = [
        KeyEntry(SAME, f"supported: {counts.supported}"),
        KeyEntry(WORSE, f"downgraded: {counts.downgraded}"),
    ]
    if counts.upgraded:
        key.append(KeyEntry(BETTER, f"upgraded: {counts.upgraded}"))
    return Matrix(
        title=title,
        subtitle=f"Moderated audits, overall grade for practice, {months_text(figures)}",
        row_heading="Auditor's grade",
        column_heading="Settled grade",
        heads=grade_heads(),
        rows=by_grades(rows),
        totals=matrix_totals(rows),
        key=tuple(key),
    )


def _outcome_table(figures: MonthlyFigures) -> Table:
    part = figures.moderation
    counts, settled = part.counts, part.settled_grades
    shares = [
        ("Moderated, of returned", part.moderated_share),
        ("Grade supported", counts.supported_share),
        ("Grade downgraded", counts.downgraded_share),
        ("Grade upgraded", counts.upgraded_share),
    ]
    shares += [
        (f"Settled at {look.word}", Share(count, settled.total))
        for look, count in zip(GRADES, settled.best_first, strict=True)
    ]
    return Table(
        title="Outcome of moderation",
        subtitle=f"Number of moderated audits, {months_text(figures)}",
        columns=[Column("Measure"), *number_columns("Audits", "Of", "%")],
        rows=[Row([name, share.n, share.of, percent_cell(share)]) for name, share in shares],
    )


def _reason_table(figures: MonthlyFigures, title: str) -> Table:
    def cells(counts: ComparisonCounts) -> list[Cell | str | int]:
        each = [counts.total, counts.supported, counts.downgraded, counts.upgraded]
        return [*each, share_cell(counts.downgraded_share)]

    part = figures.moderation
    heads = ("Moderated", "Supported", "Downgraded", "Upgraded", "Share downgraded")
    return Table(
        title=title,
        subtitle=f"Moderated audits by why each was chosen, {months_text(figures)}",
        columns=[Column("Why it was chosen"), *number_columns(*heads)],
        rows=[Row([row.name, *cells(row.counts)]) for row in part.reasons],
        total=Row(["All moderated", *cells(part.counts)]),
        notes=["An audit that was drawn at random and fits another reason too counts as random."],
        stacks=True,
    )
