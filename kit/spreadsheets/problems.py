"""What is wrong with a spreadsheet, in sentences that say how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.exceptions import NotPossible

FIGURE = "figure"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: the line as the spreadsheet counts it, the column, one sentence.

    `reason` is "figure" where a grade is a figure and nobody has said which end is best.
    """

    line: int
    column: str
    sentence: str
    reason: str = ""

    def __str__(self) -> str:
        return f"Line {self.line}, {self.column}: {self.sentence}"


class BadCell(ValueError):
    """What stands in a cell cannot be read. The text is one sentence that says how to mend it."""

    def __init__(self, sentence: str, reason: str = "") -> None:
        super().__init__(sentence)
        self.reason = reason


class CannotRead(NotPossible):
    """The file as a whole cannot be read."""


class HasProblems(NotPossible):
    """Rows of the file are wrong, so that nothing of it is imported; `problems` lists them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = "1 thing is" if len(problems) == 1 else f"{len(problems)} things are"
        super().__init__(
            "rows_wrong", f"{count} wrong in the file, so nothing was imported. Mend the file."
        )
        self.problems = list(problems)


def shown(text: object, most: int = 40) -> str:
    """What a sentence quotes from a cell: short, and on one line."""
    words = " ".join(str(text).split())
    return f"“{words}”" if len(words) <= most else f"“{words[:most]}...”"
