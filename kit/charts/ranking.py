"""Units ranked by a share, against the share of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.charts.chart import Chart, finished, nothing_to_show
from kit.charts.drawing import Drawing
from kit.charts.lettering import text_width
from kit.charts.palette import INK, MUTED, NAVY, SECONDARY, WHITE
from kit.charts.rows import Rows, rows_for
from kit.shares import Share

_GAP = 8


@dataclass(frozen=True, slots=True)
class RankedBar:
    """A unit and its share."""

    label: str
    share: Share

    @property
    def length(self) -> float:
        """Per cent; of nothing, none."""
        return float(self.share.percent or 0)

    @property
    def value(self) -> str:
        """What stands at the bar's end: below ten no percentage (domain rule 19)."""
        if self.share.is_small and self.share.of:
            return "small number"
        return self.share.percent_text


def ranking(bars: Sequence[RankedBar], *, reference: RankedBar, width: int, title: str) -> Chart:
    """Highest first; dark where below `reference`, the dashed line. Counts stand at the right.

    A bar on fewer than ten is hollow. Units of which nothing was counted come last.
    """
    if not bars:
        return nothing_to_show(width, title)
    ranked = sorted(bars, key=_rank)
    has_line = reference.share.of > 0
    rows = rows_for([bar.label for bar in ranked], width, pitch=3.2)
    rows = rows_for(
        [bar.label for bar in ranked], width, pitch=3.2, top=2.0 * rows.size if has_line else 0
    )
    drawing = Drawing(width, round(rows.bottom) + 2)
    unit = _length_of_a_percent(ranked, reference, rows, width)
    for index, bar in enumerate(ranked):
        _draw_bar(drawing, rows, index, bar, reference, unit)
    if has_line:
        _draw_reference(drawing, rows, reference, unit)
    rows.draw_labels(drawing)
    for index, bar in enumerate(ranked):
        _draw_figures(drawing, rows, index, bar, unit)
    told = [f"{bar.label}: {bar.share.text}" for bar in [*ranked, reference]]
    return finished(drawing, title, told)


def _rank(bar: RankedBar) -> tuple[bool, float, str]:
    exact = bar.share.n / bar.share.of if bar.share.of else 0
    return bar.share.of == 0, -exact, bar.label


def _length_of_a_percent(
    bars: Sequence[RankedBar], reference: RankedBar, rows: Rows, width: int
) -> float:
    """In px, so that the longest bar, its value and the counts fit side by side."""
    values = max(text_width(bar.value, rows.size, bold=True) for bar in bars)
    counts = max(text_width(bar.share.counts, rows.size) for bar in bars)
    room = width - rows.left - values - counts - 3 * _GAP
    longest = max([bar.length for bar in bars] + [reference.length])
    return room / longest if longest else 0


def _draw_bar(
    drawing: Drawing, rows: Rows, index: int, bar: RankedBar, reference: RankedBar, unit: float
) -> None:
    if not bar.share.n:
        return
    color = NAVY if bar.share.is_below(reference.share) else MUTED
    fill, line = (WHITE, color) if bar.share.is_small else (color, None)
    place = (rows.left, rows.bar_top(index), bar.length * unit, rows.bar_height)
    drawing.bar(*place, fill, line)


def _draw_reference(drawing: Drawing, rows: Rows, reference: RankedBar, unit: float) -> None:
    x = rows.left + reference.length * unit
    text = f"{reference.label} {reference.share.percent_text}"
    half = text_width(text, rows.size) / 2
    # On a phone the labels stand above their bars: there the line is drawn across bars only.
    pieces = [(1.35 * rows.size, rows.bottom)]
    if rows.stacked:
        tops = [rows.bar_top(index) for index in range(len(rows.labels))]
        pieces = [(top - 3, top + rows.bar_height + 3) for top in tops]
        pieces.append((1.35 * rows.size, 1.75 * rows.size))
    for top, bottom in pieces:
        drawing.rule((x, top), (x, bottom), INK, dash=True)
    middle = min(max(x, half), drawing.width - half)
    drawing.text(middle, 0.7 * rows.size, text, size=rows.size, color=INK, anchor="middle")


def _draw_figures(drawing: Drawing, rows: Rows, index: int, bar: RankedBar, unit: float) -> None:
    y, end = rows.middle(index), rows.left + bar.length * unit + _GAP
    small = bar.share.is_small
    drawing.text(
        end,
        y,
        bar.value,
        size=rows.size,
        color=SECONDARY if small else INK,
        weight=400 if small else 600,
        halo=True,
    )
    drawing.text(
        drawing.width, y, bar.share.counts, size=rows.size, color=SECONDARY, anchor="end", halo=True
    )
