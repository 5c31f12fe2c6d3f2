"""A drawing in CSS pixels, x to the right and y down, rendered by lets-plot to SVG."""

from dataclasses import dataclass, field
from typing import Any, Literal

from lets_plot import (
    aes,
    coord_cartesian,
    geom_path,
    geom_point,
    geom_rect,
    geom_segment,
    geom_text,
    ggplot,
    ggsize,
    scale_color_identity,
    scale_fill_identity,
    scale_linetype_identity,
    scale_size_identity,
    scale_x_continuous,
    scale_y_continuous,
    theme,
    theme_void,
)

from kit.charts.engraving import Word, engraved

# lets-plot counts line widths and point sizes in units of 2.2 px, text in units of 2 px.
_LINE_UNIT = 2.2
_TEXT_UNIT = 2.0
_LOWEST = 50  # px: lets-plot draws what is lower as if it were that high
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}

Anchor = Literal["start", "middle", "end"]


@dataclass
class Drawing:
    """Shapes in the order in which they are painted, texts above them all.

    Neighbours of one kind share a layer, because a layer costs lets-plot a millisecond.
    """

    width: int
    height: int
    _layers: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)
    _labels: list[dict[str, Any]] = field(default_factory=list)
    _words: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.height = max(self.height, _LOWEST)

    def bar(
        self, x: float, y: float, width: float, height: float, fill: str, line: str | None = None
    ) -> None:
        """A filled rectangle from its top left corner; `line` is a 1.2 px outline inside it."""
        inset = 0.6 if line else 0.0
        mark = {
            "xmin": x + inset,
            "xmax": max(x + width - inset, x + inset),
            "ymin": y + inset,
            "ymax": y + height - inset,
            "fill": fill,
            "color": line or fill,
            "size": 2 * inset / _LINE_UNIT,
        }
        self._add("bars", mark)

    def rule(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str,
        *,
        dash: bool = False,
    ) -> None:
        """A straight line of 1 px."""
        ends = {"x": start[0], "y": start[1], "xend": end[0], "yend": end[1]}
        self._add("rules", ends | {"color": color, "linetype": "dashed" if dash else "solid"})

    def path(self, points: list[tuple[float, float]], color: str) -> None:
        """A line of 2.5 px through the points."""
        self._layers.append(("path", [{"x": x, "y": y, "color": color} for x, y in points]))

    def dot(self, x: float, y: float, radius: float, fill: str, line: str) -> None:
        """A point with an outline of 1.5 px."""
        size = 2 * (radius - 0.75) / _LINE_UNIT
        self._add("dots", {"x": x, "y": y, "size": size, "fill": fill, "color": line})

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        color: str,
        anchor: Anchor = "start",
        weight: int = 400,
        halo: bool = False,
    ) -> None:
        """One line of text, `y` at half its height; a halo parts it from what lies beneath."""
        # The text itself is set later: lets-plot would read links and formulas in it.
        label = f"w{len(self._labels)}"
        self._words.append(Word(text, weight=weight, halo=halo))
        place = {"x": x, "y": y, "hjust": _ANCHORS[anchor], "size": size / _TEXT_UNIT}
        self._labels.append(place | {"color": color, "label": label})

    def svg(self, title: str) -> str:
        """The finished SVG; `title` is its text for those who cannot see it."""
        plot = ggplot() + _theme(self.width, self.height)
        for kind, marks in [*self._layers, ("words", self._labels)]:
            if marks:
                plot += _geom(kind, {name: [mark[name] for mark in marks] for name in marks[0]})
        return engraved(plot.to_svg(), self._words, title)

    def _add(self, kind: str, mark: dict[str, Any]) -> None:
        if not self._layers or self._layers[-1][0] != kind:
            self._layers.append((kind, []))
        self._layers[-1][1].append(mark)


def _theme(width: int, height: int) -> Any:
    """Nothing but the marks, one unit of the data to the pixel."""
    bare = theme(plot_margin=0, plot_inset=0, panel_inset=0, legend_position="none")
    pixels = coord_cartesian(xlim=[0, width], ylim=[0, height])
    axes = scale_x_continuous(expand=[0, 0]) + scale_y_continuous(expand=[0, 0], trans="reverse")
    as_given = (
        scale_color_identity()
        + scale_fill_identity()
        + scale_linetype_identity()
        + scale_size_identity()
    )
    return theme_void() + bare + pixels + axes + as_given + ggsize(width, height)


def _geom(kind: str, data: dict[str, list[Any]]) -> Any:
    mapping = aes(**{name: name for name in data})
    return {
        "bars": lambda: geom_rect(mapping, data=data),
        "rules": lambda: geom_segment(mapping, data=data, size=1 / _LINE_UNIT),
        "path": lambda: geom_path(mapping, data=data, size=2.5 / _LINE_UNIT),
        "dots": lambda: geom_point(mapping, data=data, shape=21, stroke=1.5 / _LINE_UNIT),
        "words": lambda: geom_text(mapping, data=data),
    }[kind]()
