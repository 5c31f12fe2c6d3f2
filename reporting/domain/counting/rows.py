"""Adding up the rows that a query counted: by key, and by grade."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from reporting.domain.figures import GradeCounts

Row = Mapping[str, Any]
Rows = TypeVar("Rows")


def grouped(rows: Iterable[Rows], key: Callable[[Rows], Any]) -> dict[Any, list[Rows]]:
    """The rows by key, each in its order."""
    groups: dict[Any, list[Rows]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def counted_by(grades: Iterable[tuple[int | None, int]]) -> GradeCounts:
    """The sum of pairs of grade and count; None is no grade."""
    counts = {4: 0, 3: 0, 2: 0, 1: 0}
    for grade, count in grades:
        if grade:
            counts[grade] += count
    return GradeCounts(*counts.values())
