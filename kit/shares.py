"""Shares: so many of so many. The one place of the product that divides a figure.

A share is printed with both its numbers (domain rule 19); below 10 the counts stand alone.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

SMALL: Final = 10
"""Below this many in the bottom number a share is given as counts only (domain rule 19)."""

NO_SHARE: Final = "\N{EN DASH}"
"""The cell of a table in which no share is possible, because nothing was counted."""

_TENTH: Final = Decimal("0.1")
_Z_95: Final = Decimal("1.959963984540054")


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of`, both counts of records. Raises ValueError unless 0 <= n <= of."""

    n: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.n <= self.of:
            raise ValueError(f"{self.n} of {self.of} is no share: the part exceeds the whole.")

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one decimal, halves up (domain rule 1); None of nothing."""
        if self.of == 0:
            return None
        # In whole tenths, so that no rounding comes before the last.
        tenths = (2000 * self.n + self.of) // (2 * self.of)
        return Decimal(tenths).scaleb(-1)

    @property
    def percent_text(self) -> str:
        """For a table's cell: "19.7%", or a dash of nothing."""
        return NO_SHARE if self.percent is None else f"{self.percent}%"

    @property
    def text(self) -> str:
        """For a sentence: "23 of 117 (19.7%)", and below 10 the counts alone, "3 of 8"."""
        if self.is_small:
            return self.counts
        return f"{self.counts} ({self.percent_text})"

    @property
    def counts(self) -> str:
        """Beside a percentage: "23 of 117"."""
        return f"{self.n} of {self.of}"

    @property
    def is_small(self) -> bool:
        """Whether so few were counted that a percentage would mislead."""
        return self.of < SMALL

    def is_below(self, other: "Share") -> bool:
        """Whether this is the lower share, before any rounding. A share of nothing never is."""
        return self.n * other.of < other.n * self.of


def interval(share: Share) -> tuple[Decimal, Decimal]:
    """Where the share of all audits lies with 95 % confidence, in per cent to one decimal.

    Wilson's interval, for a part drawn at random only (domain rule 11). Of nothing, nothing is
    known: 0 to 100.
    """
    if share.of == 0:
        return Decimal("0.0"), Decimal("100.0")
    of, z_squared = Decimal(share.of), _Z_95 * _Z_95
    rate = share.n / of
    middle = rate + z_squared / (2 * of)
    reach = _Z_95 * (rate * (1 - rate) / of + z_squared / (4 * of * of)).sqrt()
    scale = 1 + z_squared / of
    return _in_percent((middle - reach) / scale), _in_percent((middle + reach) / scale)


def _in_percent(rate: Decimal) -> Decimal:
    within = min(max(rate, Decimal(0)), Decimal(1))
    return (within * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)
