"""Where the rows of a bar chart and their labels stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.charts.drawing import Drawing
from kit.charts.lettering import NARROW, label_size, shortened, text_width, wrapped
from kit.charts.palette import INK

# Of the chart's width: what labels at the left may take, and from where on a phone's chart
# has each label on a line of its own above its bar.
_WIDEST_COLUMN = 0.42
_WIDEST_BESIDE_ON_A_PHONE = 0.28


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of equal height from `top`; bars begin at `left`. All in px."""

    labels: tuple[tuple[str, ...], ...]
    size: int
    top: float
    left: float
    pitch: float
    bar_height: float
    stacked: bool
    gap_after_first: float

    def bar_top(self, index: int) -> float:
        """The upper edge of the bar of row `index`."""
        gap = self.gap_after_first if index else 0
        below = self.pitch - self.bar_height
        return self.top + gap + index * self.pitch + (below if self.stacked else below / 2)

    def middle(self, index: int) -> float:
        """Half the height of the bar of row `index`."""
        return self.bar_top(index) + self.bar_height / 2

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        last = len(self.labels) - 1
        after = 2.0 if self.stacked else (self.pitch - self.bar_height) / 2
        return self.bar_top(last) + self.bar_height + after

    def draw_labels(self, drawing: Drawing) -> None:
        """Every row's label, left of its bar or above it."""
        for index, lines in enumerate(self.labels):
            if self.stacked:
                y = self.bar_top(index) - 0.85 * self.size
                drawing.text(0, y, lines[0], size=self.size, color=INK)
                continue
            first = self.middle(index) - (len(lines) - 1) * 0.6 * self.size
            for number, line in enumerate(lines):
                y = first + number * 1.2 * self.size
                drawing.text(self.left - 10, y, line, size=self.size, color=INK, anchor="end")


def rows_for(
    labels: Sequence[str],
    width: int,
    *,
    top: float = 0,
    pitch: float = 2.45,
    bar: float = 1.75,
    gap_after_first: bool = False,
) -> Rows:
    """Rows for `labels`; `pitch` and `bar` are heights in sizes of the lettering."""
    size = label_size(width)
    widest = max(text_width(label, size) for label in labels)
    stacked = width <= NARROW and widest > _WIDEST_BESIDE_ON_A_PHONE * width
    lines: tuple[tuple[str, ...], ...]
    if stacked:
        lines = tuple((shortened(label, width, size),) for label in labels)
        left, pitch = 0.0, bar + 2.2
    else:
        lines = tuple(wrapped(label, _WIDEST_COLUMN * width, size) for label in labels)
        left = max(text_width(line, size) for label in lines for line in label) + 10
        pitch = max(pitch, 1.25 * max(len(label) for label in lines) + 0.6)
    gap = 1.4 * size if gap_after_first and len(labels) > 1 else 0
    return Rows(lines, size, top, left, pitch * size, bar * size, stacked, gap)
