"""Bradford's published tables, May to November 2023: what the demonstration must count to."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent

FIRST, LAST = datetime.date(2023, 5, 1), datetime.date(2023, 11, 1)


def rows(name: str) -> list[dict[str, str]]:
    """A table as it was published, total row included."""
    with (FOLDER / f"bradford_{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def percent(text: str) -> Decimal:
    """A published percentage to one decimal, whatever zeros it was printed with."""
    return Decimal(text.rstrip("%")).quantize(Decimal("0.1"))


def measures() -> dict[str, str]:
    """The moderation table: published value by measure."""
    return {row["measure"]: row["value_as_published"] for row in rows("moderation")}
