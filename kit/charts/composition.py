"""How grades are made up: bars of 100 %, best grade left, worst right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.charts.chart import Chart, finished, nothing_to_show
from kit.charts.drawing import Drawing
from kit.charts.lettering import text_width
from kit.charts.palette import GRADES, INK, SECONDARY, WASH, GradeColour
from kit.charts.rows import Rows, rows_for

Counts = tuple[int, int, int, int]
"""Outstanding, Good, Requires improvement, Inadequate."""

_PARTING = 1.0  # the white between two segments, in px
_BEFORE_TOTAL = 16.0
_BETWEEN_PANELS = 22.0


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """A month, unit or domain with its counts; `is_total` sets the first row apart."""

    label: str
    counts: Counts
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class PairedRow:
    """A label with its counts on two axes."""

    label: str
    left: Counts
    right: Counts


@dataclass(frozen=True, slots=True)
class _Panel:
    """The part of the drawing in which one set of bars stands, in px."""

    left: float
    right: float
    total: float


def composition(
    rows: Sequence[CompositionRow], *, width: int, title: str, spell_out_first: bool = False
) -> Chart:
    """One bar a row, counts in the segments that are wide enough, the row's total at the right.

    `spell_out_first` writes the grades' names into the first bar where they fit.
    """
    if not rows:
        return nothing_to_show(width, title)
    gap = rows[0].is_total
    places = rows_for([row.label for row in rows], width, gap_after_first=gap)
    drawing = Drawing(width, round(places.bottom) + 1)
    panel = _panel(places.left, width, [row.counts for row in rows], places.size)
    places.draw_labels(drawing)
    for index, row in enumerate(rows):
        _draw_row(drawing, places, index, row.counts, panel, spell_out_first and index == 0)
    return finished(drawing, title, [_told(row.label, row.counts) for row in rows])


def composition_pair(
    rows: Sequence[PairedRow], *, headings: tuple[str, str], width: int, title: str
) -> Chart:
    """Two sets of bars beside each other under their headings, with one set of labels."""
    if not rows:
        return nothing_to_show(width, title)
    places = rows_for([row.label for row in rows], width, pitch=2.7)
    heading_height = 2.1 * places.size
    places = rows_for([row.label for row in rows], width, pitch=2.7, top=heading_height)
    drawing = Drawing(width, round(places.bottom) + 1)
    half = (width - places.left - _BETWEEN_PANELS) / 2
    middle = places.left + half
    sides = (
        _panel(places.left, middle, [row.left for row in rows], places.size),
        _panel(middle + _BETWEEN_PANELS, width, [row.right for row in rows], places.size),
    )
    for panel, heading in zip(sides, headings, strict=True):
        y = 0.75 * places.size
        drawing.text(panel.left, y, heading, size=places.size, color=INK, weight=600)
    places.draw_labels(drawing)
    for index, row in enumerate(rows):
        _draw_row(drawing, places, index, row.left, sides[0])
        _draw_row(drawing, places, index, row.right, sides[1])
    return finished(drawing, title, [_told_pair(row, headings) for row in rows])


def _panel(left: float, end: float, counts: Sequence[Counts], size: int) -> _Panel:
    totals = max(text_width(str(sum(row)), size) for row in counts)
    return _Panel(left, end - totals - _BEFORE_TOTAL, end)


def _draw_row(
    drawing: Drawing,
    rows: Rows,
    index: int,
    counts: Counts,
    panel: _Panel,
    spell_out: bool = False,
) -> None:
    top, y = rows.bar_top(index), rows.middle(index)
    if not any(counts):
        drawing.bar(panel.left, top, panel.right - panel.left, rows.bar_height, WASH)
        drawing.text(panel.left + 6, y, "none", size=rows.size, color=SECONDARY)
    for grade, count, left, right in _segments(counts, panel):
        drawing.bar(left, top, right - left, rows.bar_height, grade.fill, grade.line)
        _draw_count(drawing, rows, grade, count, (left, right, y), spell_out)
    total = str(sum(counts))
    drawing.text(panel.total, y, total, size=rows.size, color=SECONDARY, anchor="end")


def _segments(counts: Counts, panel: _Panel) -> Iterator[tuple[GradeColour, int, float, float]]:
    """Each grade that occurs, with its count and its edges, a white line before the next."""
    total, before = sum(counts), 0
    length = panel.right - panel.left
    for grade, count in zip(GRADES, counts, strict=True):
        if count:
            left = panel.left + length * before / total
            right = panel.left + length * (before + count) / total
            is_last = before + count == total
            yield grade, count, left, right if is_last else max(right - _PARTING, left + 1)
        before += count


def _draw_count(
    drawing: Drawing,
    rows: Rows,
    grade: GradeColour,
    count: int,
    place: tuple[float, float, float],
    spell_out: bool,
) -> None:
    left, right, y = place
    spelt = f"{grade.name} {count}"
    fits = right - left >= text_width(spelt, rows.size, bold=True) + 12
    spell_out = spell_out and fits
    text = spelt if spell_out else str(count)
    if right - left < text_width(text, rows.size) + 6:
        return
    drawing.text(
        (left + right) / 2,
        y,
        text,
        size=rows.size,
        color=grade.text,
        anchor="middle",
        weight=600 if spell_out else 500,
    )


def _told(label: str, counts: Counts) -> str:
    return f"{label}: {_grades(counts)}"


def _told_pair(row: PairedRow, headings: tuple[str, str]) -> str:
    left, right = (heading.lower() for heading in headings)
    return f"{row.label}: {left} {_grades(row.left)}, {right} {_grades(row.right)}"


def _grades(counts: Counts) -> str:
    told = (f"{count} {grade.name}" for grade, count in zip(GRADES, counts, strict=True))
    return f"{', '.join(told)}, {sum(counts)} in all"
