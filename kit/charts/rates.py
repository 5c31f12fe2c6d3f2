"""The return rate month by month, as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kit.charts.chart import Chart, finished, nothing_to_show
from kit.charts.drawing import Drawing
from kit.charts.lettering import NARROW, label_size, text_width
from kit.charts.palette import GRID, INK, NAVY, RULE, SECONDARY, WHITE
from kit.charts.placing import Box, Spot, place_label
from kit.shares import NO_SHARE, Share

_PLOT_HEIGHT = 180
_STEPS = (2, 5, 10, 20)
_LOWEST_TOP = 10  # per cent: a scale that ends lower would make much of nothing
_GAP = 4  # between two texts side by side
_LAST_LARGER = 1.3


@dataclass(frozen=True, slots=True)
class RatePoint:
    """One month's share under its label, "Nov".

    `after_gap` says that months between the last point and this one are left out.
    """

    label: str
    share: Share
    after_gap: bool = False

    @property
    def value(self) -> str:
        """What is written at the point; of fewer than ten the counts, not a percentage."""
        is_small = self.share.is_small and self.share.of
        return self.share.counts if is_small else self.share.percent_text


@dataclass(frozen=True, slots=True)
class _Axes:
    """The frame of the plot in px, and its scale in per cent."""

    width: int
    left: float
    spacing: float
    step: int
    top_percent: int

    @property
    def size(self) -> int:
        return label_size(self.width)

    @property
    def count_size(self) -> int:
        return _count_size(self.width)

    @property
    def floor(self) -> float:
        return 1.75 * self.size + 8 + _PLOT_HEIGHT

    def x(self, index: int) -> float:
        return self.left + self.spacing * (index + 0.5)

    def y(self, percent: float) -> float:
        return self.floor - _PLOT_HEIGHT * percent / self.top_percent

    def spot(self, index: int, share: Share) -> Spot | None:
        """Where the point stands; nowhere when nothing was scheduled."""
        return None if share.percent is None else Spot(self.x(index), self.y(float(share.percent)))


def return_rate(points: Sequence[RatePoint], *, width: int, title: str) -> Chart:
    """Shares over time from 0 up, each labelled, the last one emphasised.

    A point on fewer than ten is hollow and labelled with its counts (domain rule 19). The line
    breaks where nothing was scheduled, and where months are left out. Where points are too many for
    the width, every second or third is labelled, counted back from the last; the text for screen
    readers has them all.
    """
    if not points:
        return nothing_to_show(width, title)
    axes = _axes(points, width)
    drawing = Drawing(width, round(axes.floor + 2.05 * axes.size + 1.4 * axes.count_size))
    spots = [axes.spot(index, point.share) for index, point in enumerate(points)]
    runs = _runs(points, spots)
    _draw_scale(drawing, axes)
    _draw_line(drawing, points, spots, runs)
    slash, every = _tick_style(points, axes)
    labelled = range(len(points) - 1, -1, -every)
    for index in labelled:
        _draw_tick(drawing, axes, index, points[index], slash)
    _draw_values(drawing, axes, points, spots, runs, labelled)
    return finished(drawing, title, [f"{point.label}: {point.share.text}" for point in points])


def _count_size(width: int) -> int:
    return 11 if width <= NARROW else label_size(width)


def _axes(points: Sequence[RatePoint], width: int) -> _Axes:
    size = label_size(width)
    highest = max(float(point.share.percent or 0) for point in points)
    step = next(step for step in _STEPS if highest <= 5 * step)
    top = max(_LOWEST_TOP, -int(-highest // step) * step)
    left = text_width(f"{top}%", size) + 8
    last = points[-1]
    half = max(
        text_width(last.value, _LAST_LARGER * size, bold=True) / 2 + 2,
        text_width(last.share.counts, _count_size(width)) / 2,
    )
    # Half a space right of the last point, or as much more as its texts need.
    spacing = min((width - left) / len(points), (width - left - half) / (len(points) - 0.5))
    return _Axes(width, left, spacing, step, top)


def _tick_style(points: Sequence[RatePoint], axes: _Axes) -> tuple[bool, int]:
    """Whether counts are written "23/117" for want of room, and each how many months."""
    if _fits(points, axes, slash=False, every=1):
        return False, 1
    every = 1
    while every < len(points) and not _fits(points, axes, slash=True, every=every):
        every += 1
    return True, every


def _fits(points: Sequence[RatePoint], axes: _Axes, *, slash: bool, every: int) -> bool:
    shown = points[::-1][::every]
    widths = [
        max(
            text_width(_counts(point, slash=slash), axes.count_size),
            text_width(point.label, axes.size),
        )
        for point in shown
    ]
    pairs = pairwise(widths)
    return all((one + other) / 2 + _GAP <= every * axes.spacing for one, other in pairs)


def _counts(point: RatePoint, *, slash: bool) -> str:
    return f"{point.share.n}/{point.share.of}" if slash else point.share.counts


def _draw_scale(drawing: Drawing, axes: _Axes) -> None:
    for percent in range(0, axes.top_percent + 1, axes.step):
        y = axes.y(percent)
        drawing.rule((axes.left, y), (axes.width, y), GRID if percent else RULE)
        text, x = f"{percent}%", axes.left - 8
        drawing.text(x, y, text, size=axes.size, color=SECONDARY, anchor="end")


def _draw_line(
    drawing: Drawing,
    points: Sequence[RatePoint],
    spots: Sequence[Spot | None],
    runs: Sequence[Sequence[Spot]],
) -> None:
    for run in runs:
        if len(run) > 1:
            drawing.path([(spot.x, spot.y) for spot in run], NAVY)
    for index, (point, spot) in enumerate(zip(points, spots, strict=True)):
        if spot:
            fill = WHITE if point.share.is_small else NAVY
            drawing.dot(spot.x, spot.y, _radius(index, points), fill, NAVY)


def _radius(index: int, points: Sequence[RatePoint]) -> float:
    return 6 if index == len(points) - 1 else 4.25


def _runs(points: Sequence[RatePoint], spots: Sequence[Spot | None]) -> list[list[Spot]]:
    """The line's unbroken pieces."""
    runs: list[list[Spot]] = [[]]
    for point, spot in zip(points, spots, strict=True):
        if point.after_gap or not spot:
            runs.append([])
        if spot:
            runs[-1].append(spot)
    return runs


def _draw_tick(drawing: Drawing, axes: _Axes, index: int, point: RatePoint, slash: bool) -> None:
    x, y, counts = axes.x(index), axes.floor + 1.3 * axes.size, _counts(point, slash=slash)
    below = y + 0.75 * axes.size + 0.7 * axes.count_size
    drawing.text(x, y, point.label, size=axes.size, color=INK, anchor="middle")
    drawing.text(x, below, counts, size=axes.count_size, color=SECONDARY, anchor="middle")


def _draw_values(
    drawing: Drawing,
    axes: _Axes,
    points: Sequence[RatePoint],
    spots: Sequence[Spot | None],
    runs: Sequence[Sequence[Spot]],
    labelled: range,
) -> None:
    """The last point's value first: where room is short, an earlier one goes without."""
    room = Box(axes.width / 2, axes.floor / 2, axes.width / 2, axes.floor / 2 - 2)
    marks = [_mark(axes, index, spot) for index, spot in enumerate(spots)]
    taken: list[Box] = []
    for index in labelled:
        spot, is_last = spots[index], index == len(points) - 1
        if not spot:
            _draw_dash(drawing, marks[index], axes.size)
            continue
        size = axes.size * (_LAST_LARGER if is_last else 1)
        box = place_label(
            spot,
            radius=_radius(index, points),
            size=(text_width(points[index].value, size, bold=is_last) + 2, size),
            within=room,
            line=next(run for run in runs if spot in run),
            taken=[*taken, *marks[:index], *marks[index + 1 :]],
        )
        if box:
            taken.append(box)
            _draw_value(drawing, box, points[index].value, size, is_last=is_last)


def _mark(axes: _Axes, index: int, spot: Spot | None) -> Box:
    """The room of a point, or of the dash where nothing was scheduled."""
    if spot:
        return Box(spot.x, spot.y, 3, 3)
    return Box(axes.x(index), axes.floor - 0.9 * axes.size, 5, 5)


def _draw_dash(drawing: Drawing, box: Box, size: float) -> None:
    drawing.text(box.x, box.y, NO_SHARE, size=size, color=SECONDARY, anchor="middle")


def _draw_value(drawing: Drawing, box: Box, value: str, size: float, *, is_last: bool) -> None:
    drawing.text(
        box.x,
        box.y,
        value,
        size=size,
        color=NAVY if is_last else INK,
        anchor="middle",
        weight=700 if is_last else 500,
        halo=True,
    )
