"""The tables of the import pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from audits.choices import Grade
from kit.months import moment_text, month_name
from kit.tables import Cell, Column, Row, Table
from moderation.domain.importing import Plan
from moderation.domain.importing.plan import MonthCount
from moderation.models import AuditImport

MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Need:
    """Something that the import makes: how many of what, and which."""

    label: str
    text: str


def months_table(plan: Plan) -> Table | None:
    """The figures that the file's audits will give."""
    if not plan.months:
        return None
    columns = (
        Column("Month"),
        *(Column(title, numeric=True) for title in ("Planned", "Exempted", "Returned")),
        *(Column(grade.label, numeric=True, grade=grade.value) for grade in Grade),
        Column("Moderated", numeric=True),
    )
    counts = [_counts(month) for month in plan.months]
    names = [month_name(month.month) for month in plan.months]
    return Table(
        "The file's audits by month",
        columns,
        [Row((name, *row)) for name, row in zip(names, counts, strict=True)],
        total=Row(("All months", *map(sum, zip(*counts, strict=True)))),
        subtitle="Number of audits; overall grades for practice, after moderation",
        stacks=True,
    )


def _counts(month: MonthCount) -> tuple[int, ...]:
    grades = (month.standing[grade] for grade in Grade)
    return (month.planned, month.exempted, month.returned, *grades, month.moderated)


def needs_of(plan: Plan) -> list[Need]:
    """What will be made for the audits; what there is already is used as it is."""
    found = (
        ("Units", [str(place) for place in plan.units_to_make]),
        ("People", plan.people_in_words),
        ("Rounds", [month_name(month) for month in plan.months_to_open]),
    )
    needs = [Need(label, _listed(names)) for label, names in found if names]
    if plan.cases_to_make:
        needs.append(Need("Cases", f"{len(plan.cases_to_make)}, known by their reference alone"))
    if plan.file.columns.not_read:
        needs.append(Need("Columns not read", _listed(plan.file.columns.not_read)))
    return needs


def imports_table(made: Iterable[AuditImport]) -> Table | None:
    """Imports made, the newest first."""
    columns = (
        Column("File"),
        Column("Imported"),
        Column("By"),
        *(Column(title, numeric=True) for title in ("New", "Corrected", "Unchanged")),
    )
    rows = [
        Row(
            (
                Cell(batch.file_name, href=reverse("audit_import", args=[batch.public_id])),
                moment_text(batch.imported_at) if batch.imported_at else "",
                str(batch.imported_by),
                *(batch.added, batch.corrected, batch.unchanged),
            )
        )
        for batch in made
    ]
    title = "Imports made, the newest first"
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None


def _listed(names: Iterable[str]) -> str:
    """The first names, and how many there are when not all are shown."""
    every = list(names)
    shown = ", ".join(every[:MOST_NAMES])
    left = len(every) - MOST_NAMES
    return f"{len(every)}: {shown} and {left} more" if left > 0 else f"{len(every)}: {shown}"
