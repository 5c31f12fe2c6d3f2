"""A table as it is said, before it is drawn: its title, columns, rows and notes.

The same table serves a page (`templates/_components/table.html`), a printed report and a list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kit.grades import NOT_APPLICABLE, look_of
from kit.shares import SMALL, Share

INDENT = "\u2003"
SMALL_MARK = "*"
SMALL_NOTE = f"{SMALL_MARK} Fewer than {SMALL}: read the cases, not the percentage."


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head. `numeric` sets figures to the right; neighbours with one `group` share it.

    `label` replaces the title where a phone shows the row as a list. `grade` (its number) sets a
    swatch before the head. `href` makes the head a link that sorts, and `sorted` says which way the
    table is sorted by it: "ascending", "descending" or not.
    """

    title: str
    numeric: bool = False
    group: str = ""
    label: str = ""
    grade: int | None = None
    href: str = ""
    sorted: str = ""

    @property
    def row_label(self) -> str:
        """What a phone shows before the value: "Practice: Good" in a group."""
        name = self.label or self.title.replace("\u00ad", "")
        return f"{self.group}: {name}" if self.group else name

    @property
    def grade_slug(self) -> str:
        look = look_of(self.grade)
        return look.slug if look else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    `aside` follows in a quieter tone, "(23 of 117)". `mark` refers to a note and hangs outside the
    column. `href` makes the text a link and `hidden` completes it for those who only hear it:
    "8" with "returned audits of May". `grade` (a slug) sets a swatch before the text. `share` is
    what a share's text was made from, for a file of figures. `shade` (1 to 6) is how dark the cell
    is beside the others, 0 for not at all. `depth` is how far it stands in, as in a tree.
    """

    text: str | int
    aside: str = ""
    mark: str = ""
    href: str = ""
    hidden: str = ""
    grade: str = ""
    share: Share | None = field(default=None, compare=False)
    shade: int = 0
    depth: int = 0


def share_cell(share: Share) -> Cell:
    """A share with both its numbers; counts alone and a mark where the bottom number is small."""
    if share.percent is None:
        return Cell(share.percent_text, share=share)
    if share.is_small:
        return Cell(share.counts, mark=SMALL_MARK, share=share)
    return Cell(share.percent_text, aside=f"({share.counts})", share=share)


def grade_cell(value: int | None) -> Cell:
    """A grade as swatch and word. Raises ValueError for a number off the scale."""
    look = look_of(value)
    return Cell(look.word, grade=look.slug) if look else Cell(NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, the first its head. `current` marks this month, or a row that differs."""

    cells: Sequence[Cell | str | int]
    current: bool = False


@dataclass(frozen=True, slots=True)
class HeadGroup:
    """Neighbouring columns under one label, or one column of its own."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its column, and whether a gap parts it from the group before."""

    cell: Cell
    column: Column
    starts_group: bool

    @property
    def classes(self) -> str:
        figure = "app-table__figure" if self.column.numeric else ""
        gap = "app-table__group-start" if self.starts_group else ""
        shade = f"app-table__shade-{self.cell.shade}" if self.cell.shade else ""
        return " ".join(name for name in (figure, gap, shade) if name)


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table. Raises ValueError when a row has more or fewer cells than there are columns.

    `stacks`: on a phone each row becomes a list of its values; for more than six columns, or for
    wide ones. `title_hidden`: the title is there for those who hear the page, because a heading
    already shows it.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    subtitle: str = ""
    number: str = ""
    total: Row | None = None
    notes: Sequence[str] = field(default=())
    stacks: bool = False
    title_hidden: bool = False

    def __post_init__(self) -> None:
        for row in self._all_rows():
            if len(row.cells) != len(self.columns):
                counts = f"{len(row.cells)} cells under {len(self.columns)} columns"
                raise ValueError(f"A row of the table “{self.title}” has {counts}.")

    @property
    def head_groups(self) -> list[HeadGroup]:
        """The upper line of the head; empty when no column has a group."""
        if not any(column.group for column in self.columns):
            return []
        parts: list[HeadGroup] = []
        for title, columns in groupby(self.columns, key=lambda column: column.group):
            if title:
                parts.append(HeadGroup(title, tuple(columns)))
            else:
                parts.extend(HeadGroup("", (column,)) for column in columns)
        return parts

    @property
    def head(self) -> list[PlacedCell]:
        return self._placed([column.title for column in self.columns])

    @property
    def body(self) -> Iterator[tuple[Row, list[PlacedCell]]]:
        return ((row, self._placed(row.cells)) for row in self.rows)

    @property
    def total_cells(self) -> list[PlacedCell]:
        return self._placed(self.total.cells) if self.total else []

    @property
    def all_notes(self) -> list[str]:
        """The notes, and what the mark of small numbers means wherever it is used."""
        cells = (cell for row in self._all_rows() for cell in row.cells)
        marked = any(isinstance(cell, Cell) and cell.mark == SMALL_MARK for cell in cells)
        return [SMALL_NOTE, *self.notes] if marked else list(self.notes)

    def _all_rows(self) -> list[Row]:
        return [*self.rows, self.total] if self.total else list(self.rows)

    def _placed(self, cells: Sequence[Cell | str | int]) -> list[PlacedCell]:
        placed = []
        before = self.columns[0].group if self.columns else ""
        for column, cell in zip(self.columns, cells, strict=True):
            whole = cell if isinstance(cell, Cell) else Cell(cell)
            placed.append(PlacedCell(whole, column, column.group != before))
            before = column.group
        return placed
