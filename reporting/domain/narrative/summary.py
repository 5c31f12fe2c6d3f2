"""The page that can be read alone: four facts, what is better or not, what needs attention."""

from collections.abc import Iterator
from dataclasses import dataclass

from kit.months import long_date, month_name, period_text
from kit.shares import Share
from reporting.domain.figures import ActionFigures, MonthlyFigures
from reporting.domain.narrative.document import Fact, Point, Summary
from reporting.domain.narrative.grades import weakest_domains
from reporting.domain.narrative.safety import concerns, safety_fact, safety_finding
from reporting.domain.narrative.wording import (
    Named,
    capital,
    comparable,
    counted,
    in_brackets,
    lowest,
    month_in,
    of_which,
    said,
    some,
    tail,
    too_few_for_a_trend,
    verb,
)

MOST_POINTS = 4
"""As many as fit the page with everything else on it."""


@dataclass(frozen=True)
class _Measure:
    """A share of the report's month beside the same share of the month before."""

    name: str
    now: Share
    before: Share
    high_is_good: bool

    @property
    def can_be_compared(self) -> bool:
        return not self.now.is_small and not self.before.is_small

    @property
    def is_better(self) -> bool:
        if self.high_is_good:
            return self.before.is_below(self.now)
        return self.now.is_below(self.before)


def summary(figures: MonthlyFigures) -> Summary:
    """Everything on the summary page."""
    measures = [measure for measure in _measures(figures) if measure.can_be_compared]
    now, before = _two_months(figures)
    told = {measure.name: _told(measure, now, before) for measure in measures}
    return Summary(
        facts=(
            _returns(figures),
            _grades(figures),
            _moderation(figures),
            safety_fact(figures.safety),
        ),
        compared=_compared(measures, now, before),
        better=_or_none([told[item.name] for item in measures if item.is_better], measures),
        not_better=_or_none([told[item.name] for item in measures if not item.is_better], measures),
        unknown=tuple(_unknown(figures)) or ("Every audit came back and was moderated.",),
        attention=tuple(_attention(figures))[:MOST_POINTS],
        care=_care(figures),
    )


def _or_none(told: list[str], measures: list[_Measure]) -> tuple[str, ...]:
    if told:
        return tuple(told)
    return ("None of the shares compared.",) if measures else ("Nothing could be compared.",)


def _returns(figures: MonthlyFigures) -> Fact:
    total, rows = figures.returns.total.rate, figures.returns.months
    label = "of scheduled audits came back"
    if len(rows) < 2 or rows[-1].month != figures.period.last:
        when = period_text(figures.period.first, figures.period.last)
        return _fact(total, label, f"{when}: {total.counts}.")
    last, since = rows[-1].counts.rate, month_name(figures.period.first)
    label = f"{label} in {month_in(figures.period, rows[-1].month)}"
    return _fact(last, label, f"{last.counts}.", f"Since {since}: {said(total)}.")


def _grades(figures: MonthlyFigures) -> Fact:
    good = figures.grades.standing.good_or_better
    inadequate = figures.grades.standing.inadequate_share
    if not good.of:
        return Fact("\N{EN DASH}", "at Good or better", ("No audits were returned.",))
    audits = verb(good.of, "audit", "audits")
    return _fact(
        good,
        "of returned audits stand at Good or better",
        f"{good.counts} returned {audits}.",
        f"Inadequate: {said(inadequate)}.",
    )


def _moderation(figures: MonthlyFigures) -> Fact:
    counts, moderated = figures.moderation.counts, figures.moderation.moderated_share
    if not counts.total:
        return Fact("0", "audits moderated and settled", (f"Of {moderated.of} returned.",))
    raised = f"{counts.upgraded or 'none'} {verb(counts.upgraded or 1)} raised"
    return _fact(
        counts.downgraded_share,
        "of moderated grades were lowered",
        f"{counts.downgraded} of {counts.total} moderated; {raised}.",
        f"{capital(of_which(moderated, 'returned audit', 'moderated'))}.",
    )


def _fact(share: Share, label: str, *details: str) -> Fact:
    """The percentage large; below ten the counts, and the words that go with them."""
    if share.of == 0:
        return Fact("\N{EN DASH}", label, ("Nothing was scheduled.",))
    if share.is_small:
        return Fact(share.counts, label, (*details, "Small number: read the cases."))
    return Fact(share.percent_text, label, details)


def _two_months(figures: MonthlyFigures) -> tuple[str, str]:
    rows = figures.returns.months
    if len(rows) < 2:
        return "", ""
    return month_in(figures.period, rows[-1].month), month_in(figures.period, rows[-2].month)


def _measures(figures: MonthlyFigures) -> Iterator[_Measure]:
    returns, grades = figures.returns.months, figures.grades.months
    if len(returns) > 1:
        now, before = (row.counts.rate for row in (returns[-1], returns[-2]))
        yield _Measure("Audits returned", now, before, high_is_good=True)
    if len(grades) > 1:
        new, old = grades[-1].standing, grades[-2].standing
        yield _Measure(
            "At Good or better", new.good_or_better, old.good_or_better, high_is_good=True
        )
        yield _Measure(
            "At Inadequate", new.inadequate_share, old.inadequate_share, high_is_good=False
        )


def _told(measure: _Measure, now: str, before: str) -> str:
    same = not measure.now.is_below(measure.before) and not measure.before.is_below(measure.now)
    beside = "the same share as" if same else "beside"
    told = f"{said(measure.now)} in {now}, {beside} {said(measure.before)} in {before}"
    return f"{measure.name}: {told}."


def _compared(measures: list[_Measure], now: str, before: str) -> str:
    if not now:
        return "There is no earlier month to compare with."
    if not measures:
        return f"{now} or {before} has too few audits for a comparison."
    return f"{now} beside {before}. One month's difference is no trend."


def _unknown(figures: MonthlyFigures) -> Iterator[str]:
    total, moderation = figures.returns.total, figures.moderation
    if not total.returned:
        yield "The quality of practice: no audits were returned."
    if total.not_returned:
        yield (
            f"What the {counted(total.not_returned, 'scheduled audit')} would show that "
            f"{verb(total.not_returned, 'has', 'have')} not come back."
        )
    if moderation.not_moderated:
        yield (
            "What a second reading would make of the "
            f"{counted(moderation.not_moderated, 'returned audit')} not moderated."
        )
    if few := too_few_for_a_trend(len(figures.returns.months)):
        yield f"Whether there is a trend: {few[0].lower()}{few[1:]}"


def _attention(figures: MonthlyFigures) -> Iterator[Point]:
    part = figures.safety
    if part.unsafe:
        yield Point("A child may be unsafe.", safety_finding(part))
    if part.still_open:
        open_ones = counted(part.still_open, "safety concern")
        yield Point(
            f"{open_ones} {verb(part.still_open, 'is', 'are')} not settled.", concerns(part)
        )
    yield from _missing(figures)
    yield from _weak_services(figures)
    yield from _weak_domains(figures)
    yield from _late_re_audits(figures)
    if figures.actions.overdue.total:
        share = Share(figures.actions.overdue.total, figures.actions.raised)
        yield Point("Actions are overdue.", _overdue(figures.actions, share))


def _missing(figures: MonthlyFigures) -> Iterator[Point]:
    rows, total = figures.returns.months, figures.returns.total
    if not total.not_returned:
        return
    day = long_date(figures.as_at)
    last = rows[-1].counts
    missing = total.not_returned
    have = verb(missing, "has", "have")
    in_all = f"{counted(missing, 'scheduled audit')} {have} not come back by {day}"
    if len(rows) == 1 or not last.not_returned:
        yield Point("Audits are still owed.", f"{in_all}.")
        return
    month = month_in(figures.period, rows[-1].month)
    yield Point(
        "Audits are still owed.", f"{in_all}, {last.not_returned} of them planned for {month}."
    )


def _weak_services(figures: MonthlyFigures) -> Iterator[Point]:
    named = comparable([Named(row.name, row.period.rate) for row in figures.returns.services])
    worst = lowest(named)
    if len(worst) < len(named):
        names = some([in_brackets(item) for item in worst], most=2)
        lead = "One service returns least." if len(worst) == 1 else "Some services return least."
        yield Point(lead, f"{names}, beside {said(figures.returns.total.rate)} in all services.")


def _weak_domains(figures: MonthlyFigures) -> Iterator[Point]:
    worst = weakest_domains(figures)
    if worst:
        names = some([in_brackets(item) for item in worst], most=2)
        lead = (
            "One domain is weakest."
            if len(worst) == 1
            else "Some domains are level as the weakest."
        )
        yield Point(lead, f"{names} at Good or better for practice.")


def _late_re_audits(figures: MonthlyFigures) -> Iterator[Point]:
    part = figures.re_audits
    if part.late:
        late = f"{counted(part.late, 're-audit')} {verb(part.late, 'is', 'are')}"
        its = verb(part.late, "its", "their")
        yield Point(
            "Re-audits are late.",
            f"{late} past {its} date and not made, of {part.due} that fell due.",
        )


def _overdue(part: ActionFigures, share: Share) -> str:
    long_ago = f"{part.overdue.over_30 or 'none'} of them by more than 30 days"
    actions = verb(share.of, "action", "actions")
    return f"{share.counts} {actions} raised{tail(share)}, {long_ago}."


def _care(figures: MonthlyFigures) -> str:
    total, moderated = figures.grades.standing.total, figures.moderation.counts.total
    if not total:
        return "No audits were returned, so this report says nothing about the quality of practice."
    missing = figures.returns.total.not_returned
    described = f"The grades describe {counted(total, 'returned audit')}"
    if missing:
        described += f", not the {missing} that did not come back"
    carry = verb(moderated, "carries", "carry")
    standing = (
        f"{moderated} of {total} {carry} a moderated grade" if moderated else "None was moderated"
    )
    rest = total - moderated
    if moderated and rest:
        as_given = verb(rest, "stands as its auditor gave it", "stand as their auditors gave them")
        standing += f" and {rest} {as_given}"
    return (
        f"{described}. {standing}. One audit moves a month with few returns by several points, so "
        "counts stand beside every percentage."
    )
