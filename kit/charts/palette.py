"""The colours of charts. Grade colours stand for grades and for nothing else."""

from typing import Final, NamedTuple

INK: Final = "#14212b"
SECONDARY: Final = "#4a5661"
NAVY: Final = "#12436d"
MUTED: Final = "#8fa9bc"
PALE: Final = "#c9d6df"
RULE: Final = "#aeb7bf"
GRID: Final = "#e4e8eb"
WASH: Final = "#f2f5f7"
WHITE: Final = "#ffffff"


class GradeColour(NamedTuple):
    """A grade's fill, the text that can be read on it, and its outline where it is too pale."""

    name: str
    fill: str
    text: str
    line: str | None = None


# Best first. The darker, the worse: they are told apart in grey print and by the colour-blind.
GRADES: Final = (
    GradeColour("Outstanding", "#d6eaf3", INK, line="#1f6c8f"),
    GradeColour("Good", "#4f9bbf", INK),
    GradeColour("Requires improvement", "#ad500a", WHITE),
    GradeColour("Inadequate", "#4a0d2e", WHITE),
)
