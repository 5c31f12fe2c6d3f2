"""The sections of a monthly report in their order, numbered with their figures and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing.parts import Figure, Matrix, Numbers, Pair, Part, Section, TablePart
from reporting.printing.sections import follow_up, grades, method, moderation, returns

_MAKERS = (
    returns.by_month,
    returns.by_service,
    returns.by_level,
    grades.standing,
    grades.own,
    grades.by_domain,
    grades.on_both_axes,
    moderation.compared,
    moderation.chosen,
    follow_up.learning,
    follow_up.safety,
    follow_up.re_audits,
    follow_up.actions,
    method.method,
)


def monthly_sections(figures: MonthlyFigures, narrative: Narrative) -> tuple[Section, ...]:
    """Every section after the summary, for the PDF and the page of figures."""
    return _numbered([make(figures, narrative) for make in _MAKERS])


def _numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    figures = (f"Figure {number}" for number in count(1))
    tables = (f"Table {number}" for number in count(1))
    return tuple(
        replace(
            section,
            number=number,
            parts=tuple(_with_number(part, figures, tables) for part in section.parts),
        )
        for number, section in enumerate(sections, start=1)
    )


def _with_number(part: Part, figures: Iterator[str], tables: Iterator[str]) -> Part:
    if isinstance(part, Figure | Matrix):
        return replace(part, number=next(figures))
    if isinstance(part, Pair):
        left = replace(part.left, number=next(figures))
        if isinstance(part.right, Numbers):
            return replace(part, left=left)
        return Pair(left, replace(part.right, number=next(figures)))
    if isinstance(part, TablePart):
        return replace(part, table=replace(part.table, number=next(tables)))
    return part
