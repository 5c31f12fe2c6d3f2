"""What the report says of children's safety (domain rule 7) and of audits past their date."""

from kit.shares import Share
from reporting.domain.figures import MonthlyFigures, SafetyFigures
from reporting.domain.narrative.document import Fact, Passage
from reporting.domain.narrative.wording import (
    capital,
    counted,
    of_which,
    over,
    some,
    verb,
)

INADEQUATE_IS_NOT_UNSAFE = (
    "Inadequate means that the work was not good enough. It does not by itself mean that the child "
    "was unsafe."
)


def safety(figures: MonthlyFigures) -> Passage:
    """The safety answers, the concerns, and the audits past their date."""
    part = figures.safety
    titles = {
        "inadequate": _inadequate_is_not_unsafe(part),
        "concerns": concerns(part).removesuffix("."),
        "overdue": _overdue_title(figures),
        "not_returned": _not_returned(figures),
    }
    finding = safety_finding(part)
    if not part.returned:
        finding = (
            f"No audits were returned {over(figures.period)}, so no safety question was answered."
        )
    return Passage(finding, overdue_sentence(figures), titles, (safety_fact(part),))


def safety_finding(part: SafetyFigures) -> str:
    """A zero is said as a counted zero, with how many answered (domain rule 7)."""
    answered = part.answered_share
    question = f"the question was answered in {answered.counts}"
    if not answered.n:
        return f"The safety question was answered in none of {counted(answered.of, 'audit')}."
    if not part.unsafe:
        return f"No auditor found a child unsafe in {counted(answered.n, 'audit')}; {question}."
    found = of_which(Share(part.unsafe, answered.n), "audit", "found a child unsafe")
    return f"{capital(found)}; {question}."


def safety_fact(part: SafetyFigures) -> Fact:
    """How many children were found unsafe: printed large, zero included."""
    answered = part.answered_share
    found = verb(part.unsafe, "child", "children")
    audits = verb(answered.of, "audit", "audits")
    return Fact(
        str(part.unsafe),
        f"{found} found unsafe in {counted(answered.n, 'audit')}",
        (
            f"Question answered in {answered.counts} returned {audits}.",
            f"Something had to be checked that day: {counted(part.check_today, 'audit')}.",
        ),
    )


def concerns(part: SafetyFigures) -> str:
    """Concerns raised, acknowledged and settled, as counts."""
    raised = part.concerns
    if not raised:
        return "No concern that a child may be unsafe now was raised."
    minutes = ""
    if part.median_minutes is not None:
        minutes = f" (median {counted(part.median_minutes, 'minute')})"
    acknowledged = 1 if raised == 1 else part.acknowledged
    settled = 1 if raised == 1 else part.settled
    return (
        f"{counted(raised, 'concern')} that a child may be unsafe now {verb(raised)} raised: "
        f"{part.acknowledged} of {raised} {verb(acknowledged)} acknowledged{minutes}, "
        f"{part.settled} of {raised} {verb(settled, 'is', 'are')} settled."
    )


def overdue_sentence(figures: MonthlyFigures) -> str:
    """How many scheduled audits are past their date."""
    total = figures.returns.total
    if not total.scheduled:
        return ""
    share = Share(total.overdue, total.scheduled)
    past = "is past its due date" if share.n < 2 else "are past their due date"
    return f"{capital(of_which(share, 'scheduled audit', past))}."


def _inadequate_is_not_unsafe(part: SafetyFigures) -> str:
    answered = part.answered_share
    if answered.of and answered.n == answered.of:
        return f"{INADEQUATE_IS_NOT_UNSAFE} Each child's safety was judged in the same audit."
    return INADEQUATE_IS_NOT_UNSAFE


def _overdue_title(figures: MonthlyFigures) -> str:
    total, services = figures.returns.total.overdue, figures.returns.services
    most = max((row.period.overdue for row in services), default=0)
    if not total:
        return "No audit is overdue"
    if not most or len(services) == 1:
        return f"{counted(total, 'audit')} {verb(total, 'is', 'are')} overdue"
    top = [row.name for row in services if row.period.overdue == most]
    each = " each" if len(top) > 1 else ""
    have = verb(len(top), "has", "have")
    return f"{some(top, most=2)} {have} the most overdue audits: {most}{each} of {total}"


def _not_returned(figures: MonthlyFigures) -> str:
    total = figures.returns.total
    if not total.not_returned:
        return "Every scheduled audit has come back."
    waiting = total.not_returned - total.overdue
    text = (
        f"Not returned = overdue + not yet due: {total.overdue} + {waiting} = {total.not_returned}."
    )
    if not total.extended:
        return text
    have = verb(total.extended, "has", "have")
    return f"{text} Of those not yet due, {total.extended} {have} a later agreed date."
