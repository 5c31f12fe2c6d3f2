"""What a section of a report is made of, before it is drawn: the PDF and the page print the same.

`kind` names the template that draws a part. Figures and tables are numbered in their order.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from kit.charts import NARROW, PRINT, Chart
from kit.tables import Table
from reporting.domain.narrative import Fact

LONG = 9
"""Rows that fit a page beside a chart in the usual spacing."""

SAME, WORSE, BETTER, EMPTY = "same", "worse", "better", "empty"


@dataclass(frozen=True)
class KeyEntry:
    """What a colour of a figure that is not about grades stands for."""

    tone: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A chart under its message. `draw` makes it for a width; the key of grades is optional."""

    kind: ClassVar[str] = "figure"

    title: str
    subtitle: str
    draw: Callable[[int], Chart]
    grades: bool = False
    key: tuple[KeyEntry, ...] = ()
    note: str = ""
    number: str = ""
    print_width: int = PRINT

    @property
    def printed(self) -> Chart:
        return self.draw(self.print_width)

    @property
    def narrow(self) -> Chart:
        """For phones."""
        return self.draw(NARROW)


@dataclass(frozen=True)
class MatrixCell:
    """A count, and what the pair of grades means: the same, worse or better, or nothing counted.

    `href` opens the audits behind it, where the reader may; `hidden` says which they are.
    """

    count: int
    tone: str
    href: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class MatrixRow:
    head: str
    cells: tuple[MatrixCell, ...]
    total: int


@dataclass(frozen=True)
class Matrix:
    """Counts by two grades, best first, as a table whose cells are coloured by what changed."""

    kind: ClassVar[str] = "matrix"

    title: str
    subtitle: str
    row_heading: str
    column_heading: str
    heads: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]
    key: tuple[KeyEntry, ...]
    note: str = ""
    number: str = ""

    @property
    def total(self) -> int:
        return sum(self.totals)


@dataclass(frozen=True)
class TablePart:
    """A table; `name` is a short one for a file of figures, where the title is a message.

    `layout` names how its columns share the width where they are many: "grades" or "months".
    """

    kind: ClassVar[str] = "table"

    table: Table
    name: str
    layout: str = "plain"

    @property
    def is_long(self) -> bool:
        """Whether its rows stand closer, so that a year fits under its chart."""
        return len(self.table.rows) > LONG


@dataclass(frozen=True)
class Numbers:
    """Large figures side by side."""

    kind: ClassVar[str] = "numbers"

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class OneNumber:
    """One large figure with what must be said of it."""

    kind: ClassVar[str] = "one_number"

    fact: Fact
    text: str


@dataclass(frozen=True)
class Box:
    """Words set apart: a caveat, or how to read what is above."""

    kind: ClassVar[str] = "box"

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """A word, what it means, and its arithmetic in this report (or its second meaning)."""

    word: str
    meaning: str
    here: str


@dataclass(frozen=True)
class Definitions:
    """`halves` where the second and third columns are sentences of the same length."""

    kind: ClassVar[str] = "definitions"

    title: str
    rows: tuple[Definition, ...]
    heads: tuple[str, str, str] = ("Word", "Meaning", "In this report")
    halves: bool = False


@dataclass(frozen=True)
class Pair:
    """Two parts side by side where there is room, each a half or the matrix the wider."""

    kind: ClassVar[str] = "pair"

    left: "Matrix | Figure"
    right: "Figure | Numbers"


Part = Figure | Matrix | TablePart | Numbers | OneNumber | Box | Definitions | Pair


@dataclass(frozen=True)
class Section:
    """A topic: its heading, what was found, and the parts that show it."""

    code: str
    heading: str
    finding: str
    detail: str
    parts: tuple[Part, ...] = field(default=())
    number: int = 0
