"""A row of the file against what is recorded of the same audit, column by column."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from audits.choices import ExemptionReason, Grade
from kit.spreadsheets.problems import Problem
from moderation.domain.importing.columns import Columns, DomainColumn
from moderation.domain.importing.row import AuditRow

_KEY = ("case_reference", "month")


@dataclass(frozen=True)
class Correction:
    """One column in which a file says something else than is recorded, in words."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """The row as it will stand, with what it corrects; or why it can't."""

    row: AuditRow
    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()


def compare(row: AuditRow, recorded: AuditRow, columns: Columns) -> Comparison:
    """Columns that the file lacks stay as they are. An empty cell takes nothing back."""
    corrections, problems = [], []
    for column in _columns(columns):
        old, new = _value(recorded, column), _value(row, column)
        if old == new:
            continue
        if new in (None, ""):
            problems.append(_taken_back(row.line, column, old))
        else:
            corrections.append(Correction(str(column), in_words(old), in_words(new)))
    return Comparison(_merged(row, recorded, columns), tuple(corrections), tuple(problems))


def in_words(value: Any) -> str:
    """A value as a correction keeps it: ISO days, the grades' words, codes, names."""
    if value is None:
        return ""
    if isinstance(value, Grade):
        return str(value.label)
    if isinstance(value, ExemptionReason):
        return str(value.value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " > ".join(value) if isinstance(value, tuple) else str(value)


def _columns(columns: Columns) -> Iterator[str | DomainColumn]:
    yield from (name for name in columns.places if name not in _KEY)
    yield from columns.domains


def _value(row: AuditRow, column: str | DomainColumn) -> Any:
    if isinstance(column, DomainColumn):
        return row.domain_grades.get(column)
    return getattr(row, column)


def _merged(row: AuditRow, recorded: AuditRow, columns: Columns) -> AuditRow:
    given = {name: getattr(row, name) for name in columns.places}
    marks = MappingProxyType({**recorded.domain_grades, **row.domain_grades})
    return replace(recorded, line=row.line, domain_grades=marks, **given)


def _taken_back(line: int, column: str | DomainColumn, old: Any) -> Problem:
    return Problem(
        line,
        str(column),
        f"An earlier file brought “{in_words(old)}”, and an import takes nothing back: write it "
        "again, or have the audit voided and import the row anew.",
    )
