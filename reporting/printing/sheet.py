"""The figures of a report as one tidy CSV: a line for each figure that is printed."""

from collections.abc import Iterator
from decimal import Decimal

from kit.sheets import csv_bytes
from kit.tables import Cell, Column, Row, Table
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing import edition
from reporting.printing.edition import Edition
from reporting.printing.parts import Definitions, Matrix, Pair, Part, Section, TablePart
from reporting.printing.sections import follow_up, monthly_sections

HEADER = ("section", "table", "row", "column", "n", "of", "value")

Line = tuple[str, str, str, str, int | None, int | None, str | int | Decimal | None]


def monthly_csv(report: Edition) -> bytes:
    """The file's bytes: `value` is the count, or the percentage with its `n` and `of`."""
    figures = MonthlyFigures.from_document(report.figures)
    narrative = Narrative.from_document(report.narrative)
    return csv_bytes(HEADER, [*_about(report), *_lines(figures, narrative)])


def _about(report: Edition) -> Iterator[Line]:
    facts = (
        ("Authority", report.authority_name),
        ("Report number", report.number),
        ("Status", edition.status(report)),
        ("Marking", "OFFICIAL-SENSITIVE"),
        ("First month", f"{report.run.first_month:%Y-%m}"),
        ("Last month", f"{report.run.last_month:%Y-%m}"),
        ("As at", report.run.as_at.isoformat()),
        ("History head", report.chain_head),
    )
    for name, value in facts:
        yield "Report", "About this report", name, "", None, None, value


def _lines(figures: MonthlyFigures, narrative: Narrative) -> Iterator[Line]:
    for section in monthly_sections(figures, narrative):
        for part in section.parts:
            yield from _part(section, part)
    yield from _all_themes(figures)


def _part(section: Section, part: Part) -> Iterator[Line]:
    if isinstance(part, Pair):
        yield from _part(section, part.left)
    elif isinstance(part, Matrix):
        yield from _matrix(section.heading, part)
    elif isinstance(part, TablePart):
        yield from _table(section.heading, part.name, part.table)
    elif isinstance(part, Definitions):
        for row in part.rows:
            yield section.heading, part.title, row.word, "In this report", None, None, row.here


def _table(heading: str, name: str, table: Table) -> Iterator[Line]:
    rows = [*table.rows, table.total] if table.total else table.rows
    for row in rows:
        yield from _row(heading, name, table, row)


def _row(heading: str, name: str, table: Table, row: Row) -> Iterator[Line]:
    first = row.cells[0]
    head = str(first.text if isinstance(first, Cell) else first)
    for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
        yield heading, name, head, _column_name(column), *_figure(cell)


def _figure(cell: Cell | str | int) -> tuple[int | None, int | None, str | int | Decimal | None]:
    whole = cell if isinstance(cell, Cell) else Cell(cell)
    if whole.share:
        return whole.share.n, whole.share.of, whole.share.percent
    return None, None, whole.text


def _column_name(column: Column) -> str:
    return column.row_label.replace("\u00ad", "")


def _matrix(heading: str, part: Matrix) -> Iterator[Line]:
    name = f"{part.row_heading} (rows) by {part.column_heading.lower()} (columns)"
    heads = [head.replace("\u00ad", "") for head in part.heads]
    for row in part.rows:
        for head, cell in zip(heads, row.cells, strict=True):
            yield heading, name, row.head, head, None, None, cell.count
        yield heading, name, row.head, "All", None, None, row.total
    for head, total in zip([*heads, "All"], [*part.totals, part.total], strict=True):
        yield heading, name, "All", head, None, None, total


def _all_themes(figures: MonthlyFigures) -> Iterator[Line]:
    part = figures.learning
    kinds = (("Areas for development", part.developments), ("All strengths", part.strengths))
    for name, themes in kinds:
        yield from _table("What we learned", name, follow_up.theme_table(figures, themes, name))
