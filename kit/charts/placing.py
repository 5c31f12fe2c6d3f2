"""Where the label of a point of a line goes, so that neither line nor label runs through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Spot(NamedTuple):
    """A place in px."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a text takes, in px, by its middle."""

    x: float
    y: float
    half_width: float
    half_height: float

    def meets(self, other: "Box") -> bool:
        """Whether the two overlap or all but touch."""
        aside = abs(self.x - other.x) < self.half_width + other.half_width + 2
        return aside and abs(self.y - other.y) < self.half_height + other.half_height + 1

    def crossed_by(self, line: Sequence[Spot]) -> int:
        """How much of the line runs within the box, in twentieths of its width."""
        steps = (self.x + self.half_width * part / 10 for part in range(-10, 11))
        heights = (height_at(line, step) for step in steps)
        return sum(
            1
            for height in heights
            if height is not None and abs(height - self.y) < self.half_height
        )


def place_label(
    point: Spot,
    *,
    radius: float,
    size: tuple[float, float],
    within: Box,
    line: Sequence[Spot],
    taken: Sequence[Box],
) -> Box | None:
    """The box of a label of `size` for `point`, or None where there is no room for it.

    Above the point if that is free, else below, else aside: wherever least of the line crosses it.
    """
    boxes = [
        (box.crossed_by(line) + reluctance, box)
        for reluctance, box in enumerate(_candidates(point, radius, size))
        if _inside(box, within) and not any(box.meets(other) for other in taken)
    ]
    return min(boxes, key=lambda choice: choice[0], default=(0, None))[1]


def _candidates(point: Spot, radius: float, size: tuple[float, float]) -> list[Box]:
    half_width, half_height = size[0] / 2, size[1] / 2
    reach = half_height + radius + 2
    aside, lift = half_width + radius, half_height + 1.5
    places = [
        (point.x, point.y - reach),
        (point.x, point.y + reach),
        (point.x + aside, point.y - lift),
        (point.x - aside, point.y - lift),
        (point.x + aside, point.y + lift),
        (point.x - aside, point.y + lift),
    ]
    return [Box(x, y, half_width, half_height) for x, y in places]


def _inside(box: Box, within: Box) -> bool:
    aside = abs(box.x - within.x) + box.half_width <= within.half_width + 0.5
    return aside and abs(box.y - within.y) + box.half_height <= within.half_height + 0.5


def height_at(line: Sequence[Spot], x: float) -> float | None:
    """How far down the line is at `x`; None beyond its ends."""
    for start, end in pairwise(line):
        if start.x <= x <= end.x:
            return start.y + (end.y - start.y) * (x - start.x) / (end.x - start.x)
    return None
