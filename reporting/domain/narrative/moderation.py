"""What the report says of moderation, and what it may not say (domain rules 11 to 13)."""

from kit.grades import GRADES
from kit.months import month_name
from kit.shares import Share, interval
from reporting.domain.figures import ComparisonCounts, MonthlyFigures
from reporting.domain.narrative.document import Fact, Passage
from reporting.domain.narrative.wording import (
    capital,
    counted,
    joined,
    listed,
    over,
    said,
    tail,
    verb,
    word,
)


def moderation(figures: MonthlyFigures) -> Passage:
    """The auditors' grades against the settled ones."""
    part = figures.moderation
    counts, waiting = part.counts, _waiting(part.waiting)
    if not counts.total:
        nothing = f"No moderation of audits {over(figures.period)} is settled."
        titles = {"matrix": "Auditor's grade by settled grade", "months": "None moderated"}
        return Passage(nothing, waiting, titles)
    titles = {"matrix": _matrix_title(figures), "months": _months_title(figures)}
    return Passage(_finding(counts), joined(_commonest(figures), waiting), titles)


def chosen(figures: MonthlyFigures) -> Passage:
    """Why audits were chosen, how they were read, and for what the result speaks."""
    part, drawn = figures.moderation, figures.moderation.random
    titles = {"reasons": _reasons_title(part.counts, drawn), "rest": _rest(figures)}
    facts = (_chosen_fact(figures), *_reading_facts(figures)) if part.counts.total else ()
    if not drawn.total:
        finding = "No settled moderation was drawn at random, so none speaks for the other audits."
        return Passage(finding, "", titles, facts)
    lowered = drawn.downgraded_share
    audits = counted(drawn.total, "audit")
    finding = (
        f"Of {audits} drawn at random, {lowered.n or 'none'} {verb(lowered.n or 1)} "
        f"lowered{tail(lowered)}."
    )
    return Passage(finding, _speaks_for(figures, lowered), titles, facts)


def _finding(counts: ComparisonCounts) -> str:
    parts = [
        f"{counts.supported or 'none'} {verb(counts.supported or 1)} supported",
        f"{counts.downgraded or 'none'} lowered{tail(counts.downgraded_share)}",
        f"{counts.upgraded or 'none'} raised",
    ]
    return f"Of {counted(counts.total, 'moderated grade')}, {listed(parts)}."


def _commonest(figures: MonthlyFigures) -> str:
    """The change made most often, with the row it is counted in; ties are named."""
    rows = figures.moderation.matrix.rows
    changes = [
        (count, row, column)
        for row, counts in enumerate(rows)
        for column, count in enumerate(counts)
        if row != column and count
    ]
    if not changes:
        return "No grade was changed."
    most = max(count for count, _, _ in changes)
    top = [(row, column) for count, row, column in changes if count == most]
    told = [f"from {GRADES[row].word} to {GRADES[column].word}" for row, column in top]
    if len(top) > 1:
        return f"The commonest changes were {listed(told)}, {most} each."
    graded = figures.moderation.matrix.row_totals[top[0][0]]
    of_all = f"{most} of the {graded}" if graded > 1 else "the one"
    return (
        f"The commonest change was {told[0]}: {of_all} moderated "
        f"{verb(graded, 'audit', 'audits')} that the auditor graded {GRADES[top[0][0]].word}."
    )


def _waiting(count: int) -> str:
    if not count:
        return ""
    return (
        f"{capital(word(count))} more {verb(count)} read again but {verb(count, 'is', 'are')} not "
        "settled, and not counted here."
    )


def _matrix_title(figures: MonthlyFigures) -> str:
    counts = figures.moderation.counts
    if counts.supported == counts.total:
        return f"All {counts.total} supported" if counts.total > 1 else "One moderated, supported"
    parts = [f"{counts.downgraded} of {counts.total} came down"]
    if counts.upgraded:
        parts.append(f"{counts.upgraded} went up")
    steps = ", each by one step" if _all_one_step(figures) and counts.total > 1 else ""
    return f"{listed(parts)}{steps}"


def _all_one_step(figures: MonthlyFigures) -> bool:
    return not any(
        count
        for row, counts in enumerate(figures.moderation.matrix.rows)
        for column, count in enumerate(counts)
        if abs(row - column) > 1
    )


def _months_title(figures: MonthlyFigures) -> str:
    months = [row.counts for row in figures.moderation.months if row.counts.total]
    lowered = sum(1 for counts in months if counts.downgraded)
    if not lowered:
        return "None was lowered"
    if len(figures.moderation.months) == 1:
        return f"In {month_name(figures.moderation.months[0].month)}"
    if lowered == len(months) == len(figures.moderation.months):
        return "Some were lowered every month"
    if len(months) == 1:
        return "Some were lowered in the one month with moderation"
    return f"Some were lowered in {word(lowered)} of {word(len(months))} months"


def _reasons_title(counts: ComparisonCounts, drawn: ComparisonCounts) -> str:
    others = counts.total - drawn.total
    if not drawn.total:
        return "None was drawn at random"
    if not others:
        return "All were drawn at random" if drawn.total > 1 else "It was drawn at random"
    rest = verb(others, "the other was", "the others were")
    return f"{drawn.total} {verb(drawn.total)} drawn at random; {rest} chosen"


def _speaks_for(figures: MonthlyFigures, lowered: Share) -> str:
    returned = figures.moderation.returned
    if lowered.is_small:
        return f"That is too few to speak for all {counted(returned, 'returned audit')}."
    low, high = interval(lowered)
    return (
        f"For all {returned} returned audits the share that moderation would lower lies between "
        f"{low}% and {high}% (95% interval)."
    )


def _chosen_fact(figures: MonthlyFigures) -> Fact:
    share = figures.moderation.moderated_share
    value = share.counts if share.is_small else share.percent_text
    policy = figures.settings
    return Fact(
        value,
        "of returned audits moderated and settled",
        (
            f"{said(share)}.",
            f"Aim: {policy.capacity_percent}%, at least {policy.random_percent}% drawn at random.",
        ),
    )


def _reading_facts(figures: MonthlyFigures) -> tuple[Fact, Fact]:
    part = figures.moderation
    blind = f"{part.blind} of {part.counts.total}"
    together = f"{part.two_people} of {part.counts.total}"
    return (
        Fact(
            str(part.blind),
            "read blind, before seeing the auditor's grades",
            (f"{blind}; {part.sighted} sighted, with a reason.",),
        ),
        Fact(
            str(part.two_people),
            "settled by two people",
            (f"{together}; the others needed no second person.",),
        ),
    )


def _rest(figures: MonthlyFigures) -> str:
    """What may not be said of the audits that nobody read again."""
    part = figures.moderation
    if not part.returned:
        return "No audits were returned, so there is nothing to speak for."
    if not part.not_moderated:
        return "Every returned audit was moderated. They say nothing of audits never returned."
    unreturned = "Nor does moderation say anything of audits that were never returned."
    return joined(_read_once(part.not_moderated), _not_said(figures), unreturned)


def _read_once(rest: int) -> str:
    if rest == 1:
        return "The one audit not moderated was read once only; its grade is the auditor's own."
    return (
        f"The {rest} audits not moderated were read once only; their grades are the auditors' own."
    )


def _not_said(figures: MonthlyFigures) -> str:
    counts, drawn = figures.moderation.counts, figures.moderation.random
    is_one = figures.moderation.not_moderated == 1
    if not counts.total:
        asked = "Whether" if is_one else "How many of those grades"
        it = " it" if is_one else ""
        return f"{asked} a second reading would change{it} is not known."
    chosen_ones = counts.total - drawn.total
    why_not = "none of those was drawn by lot"
    if drawn.total:
        why_not = f"{chosen_ones} of those {verb(chosen_ones)} chosen, not drawn by lot"
    if not chosen_ones:
        them = "it" if is_one else "them"
        return (
            f"What moderation would change in {them} is known only as closely as the random share."
        )
    return (
        f"What share of the {counts.total} moderated was lowered may not be carried over to audits "
        f"not moderated: {why_not}."
    )
