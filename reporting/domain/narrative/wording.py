"""How counts, shares and lists are put into sentences.

A share has both its numbers, and below ten the words "small number" in place of a percentage
(domain rule 19). Shares are compared before any rounding, and ties are named.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from kit.months import MONTHS, month_name, months_from, period_text
from kit.shares import Share
from reporting.domain.figures import Period

POINTS_FOR_A_TREND = 12
"""No trend is claimed below this many months (domain rule 19)."""

_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_TIMES = {1: "once", 2: "twice"}


@dataclass(frozen=True)
class Named:
    """A unit, domain or theme with its share."""

    name: str
    share: Share


def word(number: int) -> str:
    """Up to twelve in letters: "seven", "no", "13"."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def times(number: int) -> str:
    """ "once", "twice", "five times"."""
    return _TIMES.get(number, f"{word(number)} times")


def counted(number: int, noun: str, plural: str = "") -> str:
    """ "1 audit", "23 audits"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def verb(number: int, one: str = "was", many: str = "were") -> str:
    return one if number == 1 else many


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def joined(*sentences: str) -> str:
    """The sentences that there are, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)


def listed(items: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def tail(share: Share) -> str:
    """What follows the counts: " (19.7%)", " (small number)", nothing of nothing."""
    if share.of == 0:
        return ""
    return " (small number)" if share.is_small else f" ({share.percent_text})"


def said(share: Share) -> str:
    """ "23 of 117 (19.7%)", "3 of 8 (small number)"."""
    return f"{share.counts}{tail(share)}"


def out_of(share: Share, noun: str) -> str:
    """ "23 of 117 scheduled audits", "none of 117 scheduled audits", "1 of 1 scheduled audit"."""
    first = "none" if share.n == 0 and share.of > 1 else str(share.n)
    return f"{first} of {share.of} {noun if share.of == 1 else noun + 's'}"


def of_which(share: Share, noun: str, predicate: str) -> str:
    """ "23 of 117 scheduled audits came back (19.7%)"."""
    return f"{out_of(share, noun)} {predicate}{tail(share)}"


def in_brackets(named: Named) -> str:
    """ "Disabled children (9 of 43, 20.9%)"."""
    tail_text = "small number" if named.share.is_small else named.share.percent_text
    return f"{named.name} ({named.share.counts}, {tail_text})"


def some(items: Sequence[str], most: int = 4) -> str:
    """As many names as a sentence can hold: "a, b, c, d and 3 others"."""
    if len(items) <= most + 1:
        return listed(items)
    return f"{', '.join(items[:most])} and {len(items) - most} others"


def lowest(items: Sequence[Named]) -> list[Named]:
    """All that share the lowest place."""
    return [item for item in items if not any(other.share.is_below(item.share) for other in items)]


def highest(items: Sequence[Named]) -> list[Named]:
    """All that share the highest place."""
    return [item for item in items if not any(item.share.is_below(other.share) for other in items)]


def comparable(items: Sequence[Named]) -> list[Named]:
    """Those with enough in the bottom number to be set beside each other."""
    return [item for item in items if not item.share.is_small]


def spread(items: Sequence[Named], *, high: str, low: str) -> str:
    """ "The largest share came from A (1 of 20, 5.0%), the smallest from B (...)", ties named."""
    if len(items) < 2:
        return ""
    best, worst = highest(items), lowest(items)
    if len(best) == len(items):
        every = "Both" if len(items) == 2 else f"All {word(len(items))}"
        return f"{every} have the same share, {items[0].share.percent_text}."
    top = some([in_brackets(item) for item in best])
    bottom = some([in_brackets(item) for item in worst])
    return f"{high} {top}, {low} {bottom}."


def place_among(own: Share, shares: Sequence[Share]) -> str:
    """ "the lowest", "the joint highest" of the shares; nothing in between, or with few or one."""
    if len(shares) < 2 or any(share.is_small for share in shares):
        return ""
    below = any(share.is_below(own) for share in shares)
    above = any(own.is_below(share) for share in shares)
    if below == above:
        return ""
    level = sum(not own.is_below(share) and not share.is_below(own) for share in shares)
    if len(shares) == 2:
        return "the higher" if below else "the lower"
    joint = "joint " if level > 1 else ""
    return f"the {joint}{'highest' if below else 'lowest'}"


def over(period: Period) -> str:
    """ "in November 2023", "from May to November 2023"."""
    text = period_text(period.first, period.last)
    return f"in {text}" if period.first == period.last else f"from {text}"


def month_in(period: Period, month: datetime.date) -> str:
    """The month's name, with its year where the period has two of that name."""
    if len(months_from(period.first, period.last)) <= len(MONTHS):
        return MONTHS[month.month - 1]
    return month_name(month)


def too_few_for_a_trend(months: int) -> str:
    """ "Seven months are too few to call a trend."; nothing where there are enough, or only one."""
    if not 1 < months < POINTS_FOR_A_TREND:
        return ""
    return f"{capital(word(months))} months are too few to call a trend."
