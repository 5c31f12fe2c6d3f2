"""The report's month beside the month before, in one sentence, for members who read no table."""

import datetime
from collections.abc import Sequence

from kit.shares import Share
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative.wording import month_in, said, too_few_for_a_trend


def returned_lately(figures: MonthlyFigures) -> str:
    """ "In November it was 23 of 117 (19.7%), in October 27 of 101 (26.7%)." """
    rows = figures.returns.months
    return _lately(figures, [(row.month, row.counts.rate) for row in rows])


def graded_lately(figures: MonthlyFigures) -> str:
    """The same of Good or better, and whether that is a trend (domain rule 19)."""
    rows = figures.grades.months
    sentence = _lately(figures, [(row.month, row.standing.good_or_better) for row in rows])
    few = too_few_for_a_trend(len(rows))
    if not sentence or not few:
        return sentence
    return f"{sentence.removesuffix('.')}; {few[0].lower()}{few[1:]}"


def _lately(figures: MonthlyFigures, shares: Sequence[tuple[datetime.date, Share]]) -> str:
    """The last two months; nothing where there is no month before, or nothing in one of them."""
    last = shares[-2:]
    if len(last) < 2 or not all(share.of for _, share in last):
        return ""
    (before, then), (month, now) = last
    first = f"In {month_in(figures.period, month)} it was {said(now)}"
    return f"{first}, in {month_in(figures.period, before)} {said(then)}."
