"""What a chart function gives back."""

from dataclasses import dataclass
from hashlib import sha256

from kit.charts.drawing import Drawing
from kit.charts.lettering import label_size
from kit.charts.palette import SECONDARY


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart. `alt` says every figure in it and is the first thing in the `svg`."""

    title: str
    alt: str
    svg: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Equal figures give equal bytes, so a page may address a chart by its content."""
        return sha256(self.svg.encode()).hexdigest()


def finished(drawing: Drawing, title: str, figures: list[str]) -> Chart:
    """The drawing as a chart; `figures` are told one after the other in its alternative text."""
    alt = f"{title}. {'; '.join(figures)}."
    return Chart(title, alt, drawing.svg(alt), drawing.width, drawing.height)


def nothing_to_show(width: int, title: str) -> Chart:
    """A chart of no rows at all: it says so."""
    size = label_size(width)
    drawing = Drawing(width, 4 * size)
    drawing.text(0, 2 * size, "Nothing to show yet", size=size, color=SECONDARY)
    return finished(drawing, title, ["Nothing to show yet"])
