"""Grades as councils write them, read as the one scale (domain.md section 1)."""

import re
from collections.abc import Mapping
from typing import Literal

from audits.choices import Grade
from kit.spreadsheets.problems import FIGURE, BadCell, shown

NOT_APPLICABLE: Literal["not applicable"] = "not applicable"
Mark = Grade | Literal["not applicable"]

BEST = (4, 1)
"""The figure that stands for Outstanding, where a council grades in figures."""

_SPELLINGS: Mapping[Grade, tuple[str, ...]] = {
    Grade.OUTSTANDING: ("outstanding", "o", "outst"),
    Grade.GOOD: ("good", "g"),
    Grade.REQUIRES_IMPROVEMENT: (
        "requires improvement",
        "requiring improvement",
        "requires improvement to be good",
        "requiring improvement to be good",
        "require improvement",
        "requires improving",
        "req improvement",
        "req imp",
        "ri",
        "r i",
        "r",
    ),
    Grade.INADEQUATE: ("inadequate", "inad", "i"),
}
_NOT_APPLICABLE = ("n/a", "na", "n a", "not applicable")
_BY_SPELLING = {word: grade for grade, words in _SPELLINGS.items() for word in words}


def grade_of(cell: object, *, best: int | None) -> Grade:
    """The grade in a cell; `best` is the figure of Outstanding (4 or 1), if one was named.

    Raises BadCell, with the reason "figure" where a figure cannot be read without `best`.
    """
    words = _words(cell)
    if words in _BY_SPELLING:
        return _BY_SPELLING[words]
    if words.isascii() and words.isdecimal():
        return _figure(int(words[:9]), best)
    if words in _NOT_APPLICABLE:
        raise BadCell("An overall grade applies to every child: write one of the four grades.")
    raise BadCell(
        f"{shown(cell)} is no grade: write Outstanding, Good, Requires improvement or Inadequate."
    )


def mark_of(cell: object, *, best: int | None) -> Mark:
    """The grade of a domain, which may not apply. Raises BadCell."""
    return NOT_APPLICABLE if _words(cell) in _NOT_APPLICABLE else grade_of(cell, best=best)


def _figure(figure: int, best: int | None) -> Grade:
    if figure not in Grade.values:
        raise BadCell(f"{figure} is no grade: figures go from 1 to 4.")
    if best is None:
        raise BadCell(f"{figure} is a figure: say whether 4 or 1 is the best grade.", reason=FIGURE)
    return Grade(figure if best == max(BEST) else 5 - figure)


def _words(cell: object) -> str:
    text = str(cell).strip()
    if re.fullmatch(r"[0-9]+\.0+", text):
        text = text.partition(".")[0]
    spaced = text.casefold().replace(".", " ").replace("-", " ").replace("_", " ")
    return " ".join(spaced.split())
