"""What the report says of returns: the headline, months, services, levels and exemptions."""

from collections.abc import Sequence
from itertools import pairwise

from kit.months import add_months, month_name
from kit.shares import Share
from reporting.domain.figures import GradeMonth, MonthlyFigures, MonthReturns, ReturnCounts
from reporting.domain.narrative.document import Passage
from reporting.domain.narrative.wording import (
    Named,
    capital,
    comparable,
    counted,
    highest,
    in_brackets,
    joined,
    listed,
    month_in,
    of_which,
    over,
    place_among,
    said,
    some,
    spread,
    tail,
    times,
    too_few_for_a_trend,
    verb,
    word,
)


def headline(figures: MonthlyFigures) -> str:
    """The report in one sentence: what came back in its month, and how that is graded."""
    month, last = month_name(figures.period.last), _last(figures)
    if last is None:
        return f"{_nothing_planned(figures, month)}."
    counts = last.counts
    if counts.planned == 0:
        return f"In {month} no audits were planned."
    if counts.scheduled == 0:
        return f"In {month} nothing was scheduled: {_all_exempted(counts)}."
    came = of_which(counts.rate, "scheduled audit", "came back")
    place = place_among(counts.rate, [row.counts.rate for row in figures.returns.months])
    months = word(len(figures.returns.months))
    ranked = f", {place} share of the {months} months" if place else ""
    return f"In {month}, {came}{ranked}{_graded(figures)}."


def returns(figures: MonthlyFigures) -> Passage:
    """Returns by month."""
    table = figures.returns
    total = table.total
    late = ""
    if total.returned:
        were = counted(total.late, "audit")
        late = f"{capital(were)} of the {total.returned} came back after the due date."
    exempted = f"{total.exempted or 'none'} {verb(total.exempted or 1)} exempted"
    planned = f"{total.planned} {verb(total.planned)} planned and {exempted}."
    return Passage(
        finding=_total_sentence(figures),
        detail=joined(
            planned if total.planned else "",
            _movement(figures),
            too_few_for_a_trend(len(table.months)),
        ),
        titles={"rate": _rate_title(figures), "late": late},
    )


def services(figures: MonthlyFigures) -> Passage:
    """Returns by service."""
    named = [Named(row.name, row.period.rate) for row in figures.returns.services]
    compared, total = comparable(named), figures.returns.total.rate
    below = [item for item in compared if item.share.is_below(total)]
    title = "Returned audits of scheduled, by service"
    if not named:
        finding = f"No service had audits planned {over(figures.period)}."
    elif len(compared) < 2:
        when = over(figures.period)
        finding = f"Too few services had 10 or more scheduled audits {when} to be compared."
    elif not below:
        finding = f"No service is below the rate for all services, {said(total)}."
        title = "No service is below the rate for all services"
    else:
        how_many = f"{word(len(below))} of {word(len(compared))} services"
        finding = f"{capital(how_many)} returned less than all services together, {said(total)}."
        verb_is = verb(len(below), "is", "are")
        title = f"{capital(how_many)} {verb_is} below the rate for all services"
    high, low = "The largest share came back from", "the smallest from"
    left_out = _left_out(len(named) - len(compared))
    detail = joined(spread(compared, high=high, low=low), left_out)
    return Passage(finding, detail, {"ranking": title})


def levels(figures: MonthlyFigures) -> Passage:
    """Returns by the auditors' level of management, and exemptions."""
    table = figures.returns
    compared = comparable([Named(row.name, row.counts.rate) for row in table.levels])
    finding = spread(
        compared,
        high="By level of manager the largest share came back from",
        low="the smallest from",
    )
    if not finding:
        finding = "Too few levels of manager had 10 or more scheduled audits to be compared."
    titles = {"reasons": _reason_title(figures), "over": _over_the_share(figures)}
    return Passage(finding, _exempted_sentence(figures), titles)


def service_share_of_all(figures: MonthlyFigures) -> list[Named]:
    """Each service's exempted share of its planned audits, where that can be compared."""
    rows = figures.returns.services
    return comparable([Named(row.name, row.period.exempted_share) for row in rows])


def _last(figures: MonthlyFigures) -> MonthReturns | None:
    """The row of the report's own month, if it has one."""
    rows = figures.returns.months
    return rows[-1] if rows and rows[-1].month == figures.period.last else None


def _nothing_planned(figures: MonthlyFigures, month: str) -> str:
    total = figures.returns.total
    if not total.scheduled:
        return f"No audits were scheduled {over(figures.period)}"
    came = of_which(total.rate, "scheduled audit", "came back")
    return f"No audits were planned in {month}; {over(figures.period)}, {came}"


def _all_exempted(counts: ReturnCounts) -> str:
    if counts.planned == 1:
        return "the one planned audit was exempted"
    return f"all {counts.planned} planned audits were exempted"


def _graded(figures: MonthlyFigures) -> str:
    row = _grades_of_last(figures)
    if row is None or not row.standing.total:
        return ""
    good = row.standing.good_or_better
    if good.of == 1:
        return f"; it stands {'at Good or better' if good.n else 'below Good'}"
    which = f"{good.n} of those {good.of}" if good.n else f"none of those {good.of}"
    return f"; {which} {verb(good.n or 1, 'stands', 'stand')} at Good or better"


def _grades_of_last(figures: MonthlyFigures) -> GradeMonth | None:
    rows = figures.grades.months
    return rows[-1] if rows and rows[-1].month == figures.period.last else None


def _total_sentence(figures: MonthlyFigures) -> str:
    total = figures.returns.total
    if not total.planned:
        return f"No audits were planned {over(figures.period)}."
    if not total.scheduled:
        return f"Nothing was scheduled: {_all_exempted(total)}."
    scheduled = counted(total.scheduled, "scheduled audit")
    came = f"{total.returned or 'none'} came back{tail(total.rate)}"
    return f"Of {scheduled}, {came}."


def _movement(figures: MonthlyFigures) -> str:
    """How often the share fell and rose; only over months that follow one another."""
    rows = figures.returns.months
    if len(rows) < 3 or any(row.counts.rate.is_small for row in rows):
        return ""
    if any(add_months(one.month, 1) != other.month for one, other in pairwise(rows)):
        return ""
    falls = [after for before, after in pairwise(rows) if _below(after, before)]
    rises = [after for before, after in pairwise(rows) if _below(before, after)]
    level = len(rows) - 1 - len(falls) - len(rises)
    steps = [_steps(figures, "fell", falls), _steps(figures, "rose", rises)]
    if level:
        steps.append(f"did not change {times(level)}")
    return f"From one month to the next the share {listed([step for step in steps if step])}."


def _below(one: MonthReturns, other: MonthReturns) -> bool:
    return one.counts.rate.is_below(other.counts.rate)


def _steps(figures: MonthlyFigures, moved: str, rows: Sequence[MonthReturns]) -> str:
    if not rows:
        return ""
    if len(rows) > 2:
        return f"{moved} {times(len(rows))}"
    named = [
        f"to {row.counts.rate.percent_text} in {month_in(figures.period, row.month)}"
        for row in rows
    ]
    return f"{moved} {times(len(rows))} ({listed(named)})"


def _rate_title(figures: MonthlyFigures) -> str:
    rows, plain = figures.returns.months, "Returned audits of scheduled, by month"
    if not rows or any(row.counts.rate.is_small for row in (rows[0], rows[-1])):
        return plain
    last = rows[-1]
    share = last.counts.rate.percent_text
    if len(rows) == 1:
        return f"{share} of scheduled audits came back in {month_name(last.month)}"
    place = place_among(last.counts.rate, [row.counts.rate for row in rows])
    ranked = f", {place} of the {word(len(rows))} months" if place else ""
    first = f"{rows[0].counts.rate.percent_text} in {month_in(figures.period, rows[0].month)}"
    return f"Audits returned: {first}, {share} in {month_in(figures.period, last.month)}{ranked}"


def _left_out(count: int) -> str:
    if not count:
        return ""
    services = counted(count, "service")
    return (
        f"{services} with fewer than 10 scheduled audits {verb(count, 'is', 'are')} not compared."
    )


def _exempted_sentence(figures: MonthlyFigures) -> str:
    share = figures.returns.total.exempted_share
    if not share.of:
        return "No audits were planned, so none was exempted."
    return f"{capital(of_which(share, 'planned audit', verb(share.n or 1) + ' exempted'))}."


def _reason_title(figures: MonthlyFigures) -> str:
    total = figures.returns.total.exempted
    reasons = [Named(row.name, Share(row.count, total)) for row in figures.returns.exemptions]
    top = highest([item for item in reasons if item.share.n])
    if not top:
        return "No audit was exempted"
    names = some([f"“{item.name}”" for item in top])
    each = ", each" if len(top) > 1 else ","
    return f"{names} {verb(len(top), 'is', 'are')} given most often{each} for {top[0].share.counts}"


def _over_the_share(figures: MonthlyFigures) -> str:
    total = figures.returns.total.exempted_share
    over_it = [item for item in service_share_of_all(figures) if total.is_below(item.share)]
    if not total.n or len(figures.returns.services) < 2:
        return ""
    if not over_it:
        return (
            "No service with 10 or more planned audits exempted a larger share than all together."
        )
    names = some([in_brackets(item) for item in sorted(over_it, key=_most_exempted)], most=8)
    return f"More than the share of all services, {said(total)}, was exempted in {names}."


def _most_exempted(item: Named) -> tuple[float, str]:
    return -float(item.share.percent or 0), item.name
