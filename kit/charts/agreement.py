"""What moderation did with the auditors' grades, as stacked counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.charts.chart import Chart, finished, nothing_to_show
from kit.charts.drawing import Drawing
from kit.charts.lettering import text_width
from kit.charts.palette import INK, MUTED, NAVY, PALE, SECONDARY, WHITE
from kit.charts.rows import Rows, rows_for

# The changed before the unchanged: fill, text on it.
_COLOURS = ((NAVY, WHITE), (MUTED, INK), (PALE, INK))


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A month's or unit's moderated audits by what became of the auditor's grade."""

    label: str
    supported: int
    downgraded: int
    upgraded: int = 0

    @property
    def total(self) -> int:
        """All moderated."""
        return self.supported + self.downgraded + self.upgraded


def supported_downgraded(rows: Sequence[AgreementRow], *, width: int, title: str) -> Chart:
    """Downgraded dark, upgraded middling, supported pale; a bar's length is its count."""
    if not rows:
        return nothing_to_show(width, title)
    places = rows_for([row.label for row in rows], width)
    drawing = Drawing(width, round(places.bottom) + 1)
    longest = max(row.total for row in rows)
    end = width - text_width(str(longest), places.size) - 16
    unit = (end - places.left) / longest if longest else 0
    places.draw_labels(drawing)
    for index, row in enumerate(rows):
        _draw_row(drawing, places, index, row, unit)
    return finished(drawing, title, [_told(row) for row in rows])


def _draw_row(drawing: Drawing, rows: Rows, index: int, row: AgreementRow, unit: float) -> None:
    top, y = rows.bar_top(index), rows.middle(index)
    for count, start, (fill, on_fill) in _segments(row):
        left, length = rows.left + start * unit, count * unit
        drawing.bar(left, top, max(length - 1, 1), rows.bar_height, fill)
        if length >= text_width(str(count), rows.size) + 6:
            middle = left + length / 2
            drawing.text(
                middle, y, str(count), size=rows.size, color=on_fill, anchor="middle", weight=500
            )
    drawing.text(drawing.width, y, str(row.total), size=rows.size, color=SECONDARY, anchor="end")


def _segments(row: AgreementRow) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Count, counts before it, colours; without the empty ones."""
    before = 0
    counts = (row.downgraded, row.upgraded, row.supported)
    for count, colours in zip(counts, _COLOURS, strict=True):
        if count:
            yield count, before, colours
        before += count


def _told(row: AgreementRow) -> str:
    upgraded = f", {row.upgraded} upgraded" if row.upgraded else ""
    return (
        f"{row.label}: {row.downgraded} downgraded{upgraded}, {row.supported} supported, "
        f"{row.total} moderated"
    )
