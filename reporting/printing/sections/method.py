"""How each figure is made: words, meanings, and the arithmetic in this report."""

from audits.tools import read_tool
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing.parts import Box, Definition, Definitions, Section
from reporting.printing.sections.cells import as_at_text

_MINUS, _OVER = "\N{MINUS SIGN}", "\N{DIVISION SIGN}"


def method(figures: MonthlyFigures, narrative: Narrative) -> Section:
    """Definitions, the rules of counting, and the settings used."""
    return Section(
        "method",
        "How each figure is made",
        "Every figure counts records; every percentage is made from two counts printed beside it.",
        "The same figures are in the file (CSV) issued with this report.",
        (
            Definitions("Returns", tuple(_returns(figures))),
            Definitions("Grades and moderation", (*_grades(figures), *_moderation(figures))),
            Definitions("Follow-up", tuple(_follow_up(figures))),
            _scale(),
            Box("Rules for all figures", _rules(figures)),
            Box("Settings used", _settings(figures)),
        ),
    )


def _scale() -> Definitions:
    """What each grade means on both axes: the words by which auditors grade."""
    grades = sorted(read_tool("MCF").grades, key=lambda grade: grade.value, reverse=True)
    rows = tuple(Definition(grade.name, grade.practice, grade.outcome) for grade in grades)
    heads = ("Grade", "Quality of practice", "Outcome for the child")
    return Definitions("What each grade means", rows, heads, halves=True)


def _returns(figures: MonthlyFigures) -> list[Definition]:
    total = figures.returns.total
    return [
        Definition("Planned", "Audits allocated to an auditor for the month.", str(total.planned)),
        Definition(
            "Exempted", "Excused with a reason, an approver and a date.", str(total.exempted)
        ),
        Definition(
            "Scheduled",
            "Planned less exempted.",
            f"{total.planned} {_MINUS} {total.exempted} = {total.scheduled}",
        ),
        Definition(
            "Returned",
            "Submitted, and not sent back with a question since.",
            str(total.returned),
        ),
        Definition(
            "Return rate",
            "Returned of scheduled; a dash where nothing was scheduled.",
            f"{total.returned} {_OVER} {total.scheduled} = {total.rate.percent_text}",
        ),
        Definition(
            "Overdue",
            "Scheduled, not returned, past its due or later agreed date.",
            f"{total.not_returned} {_MINUS} {total.not_returned - total.overdue} = {total.overdue}",
        ),
    ]


def _grades(figures: MonthlyFigures) -> list[Definition]:
    own, standing = figures.grades.own, figures.grades.standing
    good = standing.good_or_better
    return [
        Definition(
            "Auditor's own grade",
            "The auditor's overall grade for practice, fixed by the return.",
            _in_order(own.best_first),
        ),
        Definition(
            "Standing grade",
            "The auditor's own until moderation or a panel changes it. Called “after moderation”, "
            "also where an audit was not moderated.",
            _in_order(standing.best_first),
        ),
        Definition(
            "Good or better",
            "Outstanding and Good, of all graded.",
            f"({standing.outstanding} + {standing.good}) {_OVER} {good.of} = {good.percent_text}",
        ),
        Definition(
            "Practice, outcome",
            "How well the work was done, and what changed for the child. Tables of overall grades "
            "use practice.",
            f"{figures.grades.practice_by_outcome.total} graded on both",
        ),
    ]


def _moderation(figures: MonthlyFigures) -> list[Definition]:
    part, counts = figures.moderation, figures.moderation.counts
    return [
        Definition(
            "Moderated",
            "Read again by a quality officer, and the grade settled.",
            f"{counts.total} {_OVER} {part.returned} = {part.moderated_share.percent_text}",
        ),
        Definition(
            "Supported, downgraded, upgraded",
            "The settled grade is the auditor's own, below it, or above it.",
            f"{counts.supported} + {counts.downgraded} + {counts.upgraded} = {counts.total}",
        ),
        Definition(
            "Blind, sighted",
            "Before, or with a reason after, seeing the auditor's work.",
            f"{part.blind} + {part.sighted} = {part.blind + part.sighted}",
        ),
    ]


def _follow_up(figures: MonthlyFigures) -> list[Definition]:
    answered, again = figures.safety.answered_share, figures.re_audits
    done = figures.actions.completed_share
    return [
        Definition(
            "Safety answered",
            "Returned audits that say whether the child is safe now.",
            f"{answered.n} {_OVER} {answered.of} = {answered.percent_text}",
        ),
        Definition(
            "Re-audit due",
            "Its date has come: held, late, or ended for another reason.",
            f"{again.held} + {again.late} + {again.ended} = {again.due}",
        ),
        Definition(
            "Action done",
            "Its owner has shown evidence, verified or not.",
            f"{done.n} {_OVER} {done.of} = {done.percent_text}",
        ),
    ]


def _in_order(counts: tuple[int, ...]) -> str:
    return ", ".join(str(count) for count in counts)


def _rules(figures: MonthlyFigures) -> tuple[str, ...]:
    return (
        f"All figures are as at {as_at_text(figures)}: what was recorded before that moment "
        "counts, what came later does not. An audit belongs to the month of its round, and to the "
        "team and "
        "service it had when it was allocated. On time is judged by the first return.",
        "Percentages have one decimal, halves rounded up. Below 10 in the bottom number the counts "
        "come first: read the cases, not the percentage. Below 12 months no trend is claimed.",
        "Only monthly case-file audits are counted. Re-audits, themed audits and dip samples are "
        f"not mixed in. {_independence(figures)}",
    )


def _independence(figures: MonthlyFigures) -> str:
    told = ", ".join(f"{row.name} {row.count}" for row in figures.returns.standings)
    overrides = figures.returns.independence_overrides
    by_standing = f"Returned audits by who may audit: {told}. " if told else ""
    return (
        f"{by_standing}Exceptions to independence, each with a reason and a second person: "
        f"{overrides}."
    )


def _settings(figures: MonthlyFigures) -> tuple[str, ...]:
    used = figures.settings
    return (
        f"Independence: {used.independence_months} months without a part in the case. Moderation: "
        f"{used.capacity_percent}% of returns, of which at least {used.random_percent}% of all "
        f"returns at random. Re-audit: every {used.re_audit_months} months while at Inadequate. "
        f"Verification: all actions from Inadequate audits and for the service, "
        f"{used.verification_percent}% of the others.",
    )
