"""What the report says of re-audits (domain rule 16) and actions (domain rule 17)."""

from reporting.domain.figures import ActionFigures, MonthlyFigures, ReAuditFigures
from reporting.domain.narrative.document import Fact, Passage
from reporting.domain.narrative.wording import (
    capital,
    counted,
    joined,
    of_which,
    out_of,
    over,
    said,
    tail,
    verb,
    word,
)


def re_audits(figures: MonthlyFigures) -> Passage:
    """Audits that stand at Inadequate, and what became of their re-audits."""
    part = figures.re_audits
    titles = {"after": _after_title(part), "due": _due_title(part)}
    finding = f"No audit made {over(figures.period)} stands at Inadequate."
    if part.inadequate:
        every = counted(figures.settings.re_audit_months, "month")
        stand = verb(part.inadequate, "stands", "stand")
        audits = counted(part.inadequate, "audit")
        each = verb(part.inadequate, "it", "each")
        finding = f"{audits} {stand} at Inadequate; {each} is to be audited again every {every}."
    return Passage(finding, _held(part), titles, _re_audit_facts(part))


def actions(figures: MonthlyFigures) -> Passage:
    """Actions by state, and the overdue ones by age."""
    part = figures.actions
    titles = {"states": "Where the actions stand", "overdue": _overdue_title(part)}
    if not part.raised:
        nothing = f"No action was raised from audits made {over(figures.period)}."
        return Passage(nothing, "", titles)
    is_done = verb(part.completed or 1, "is", "are") + " done"
    finding = capital(of_which(part.completed_share, "action", is_done))
    return Passage(
        f"{finding}.", joined(_checked(part), overdue_actions(part)), titles, _action_facts(part)
    )


def overdue_actions(part: ActionFigures) -> str:
    """How many are overdue, and how many of them for long."""
    overdue = part.overdue
    if not overdue.total:
        return "None is overdue."
    are = verb(overdue.total, "is", "are")
    if overdue.total == 1:
        age = "more" if overdue.over_30 else "not more"
        return f"1 is overdue, by {age} than 30 days."
    old = "all" if overdue.over_30 == overdue.total else overdue.over_30 or "none"
    return f"{overdue.total} {are} overdue, {old} by more than 30 days."


def _held(part: ReAuditFigures) -> str:
    if not part.due:
        return "No re-audit has fallen due." if part.inadequate else ""
    what = f"{part.held} {verb(part.held)} held, {part.late} {verb(part.late, 'is', 'are')} late"
    return f"Of {counted(part.due, 're-audit')} due, {what} and {part.ended} ended otherwise."


def _after_title(part: ReAuditFigures) -> str:
    better = part.better
    if not better.of:
        return "No re-audit has been held and graded"
    if better.of == 1:
        return f"The one re-audit held {'ended better than' if better.n else 'is still'} Inadequate"
    held = capital(out_of(better, "re-audit"))
    return f"{held} held ended better than Inadequate"


def _due_title(part: ReAuditFigures) -> str:
    if not part.late:
        return "No re-audit is late"
    return f"{counted(part.late, 're-audit')} {verb(part.late, 'is', 'are')} late"


def _re_audit_facts(part: ReAuditFigures) -> tuple[Fact, ...]:
    if not part.inadequate and not part.due:
        return ()
    coming = sum(count for _, count in part.forecast)
    months = f"{word(len(part.forecast))} months" if len(part.forecast) != 1 else "month"
    return (
        Fact(str(part.inadequate), verb(part.inadequate, "audit", "audits") + " at Inadequate"),
        Fact(str(part.held), "re-audited", (_of_due(part.due),)),
        Fact(
            str(part.late),
            verb(part.late, "re-audit late", "re-audits late"),
            (f"{coming} more {verb(coming, 'falls', 'fall')} due in the next {months}.",),
        ),
    )


def _of_due(due: int) -> str:
    return f"Of {due} that fell due." if due else "None has fallen due."


def _checked(part: ActionFigures) -> str:
    share = part.checked_share
    if not share.of:
        return ""
    first = share.n or "none"
    return (
        f"Of the {share.of} done, {first} {verb(share.n or 1)} verified by someone other than the "
        f"owner{tail(share)}."
    )


def _overdue_title(part: ActionFigures) -> str:
    total = part.overdue.total
    if not total:
        return "No action is overdue"
    return f"{counted(total, 'action')} {verb(total, 'is', 'are')} overdue"


def _action_facts(part: ActionFigures) -> tuple[Fact, ...]:
    unfinished = part.raised - part.completed
    return (
        Fact(str(part.raised), verb(part.raised, "action", "actions") + " raised"),
        Fact(str(part.completed), "done", (f"{said(part.completed_share)}.",)),
        Fact(str(part.overdue.total), "overdue", (f"Of {unfinished} not done.",)),
    )
