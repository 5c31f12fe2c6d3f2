"""What the report says of grades: standing, the auditors' own, by domain, practice and outcome."""

from kit.grades import GRADES
from kit.shares import Share
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative.document import Fact, Passage
from reporting.domain.narrative.wording import (
    Named,
    capital,
    comparable,
    counted,
    highest,
    in_brackets,
    joined,
    listed,
    lowest,
    of_which,
    out_of,
    over,
    said,
    some,
    tail,
    verb,
    word,
)

NOTHING_GRADED = "No audits were returned {}, so there are no grades."


def grades(figures: MonthlyFigures) -> Passage:
    """Standing grades by month."""
    counts = figures.grades.standing
    if not counts.total:
        nothing = NOTHING_GRADED.format(over(figures.period))
        return Passage(nothing, "", {"months": "Standing grades by month", "moderated": ""})
    good, inadequate = counts.good_or_better, counts.inadequate_share
    finding = of_which(
        good, "returned audit", f"{verb(good.n or 1, 'stands', 'stand')} at Good or better"
    )
    below = (
        f"{counts.requires_improvement} {verb(counts.requires_improvement, 'stands', 'stand')} at "
        f"Requires improvement and {counts.inadequate} at Inadequate{tail(inadequate)}."
    )
    audits = capital(out_of(good, "audit"))
    title = (
        f"{audits} {verb(good.n or 1, 'stands', 'stand')} at Good or better, "
        f"{inadequate.n} at Inadequate"
    )
    moderated = moderated_sentence(figures)
    return Passage(
        f"{capital(finding)}.", joined(below, moderated), {"months": title, "moderated": moderated}
    )


def moderated_sentence(figures: MonthlyFigures) -> str:
    """How many of the grades were moderated, as it stands at the head of every table of grades."""
    moderated, total = figures.grades.moderated, figures.grades.standing.total
    if not total:
        return ""
    if not moderated:
        return f"None of {total} moderated: these are the auditors' own grades."
    rest = total - moderated
    if not rest:
        return f"All {total} moderated." if total > 1 else "It was moderated."
    whose = (
        "the other is the auditor's own grade"
        if rest == 1
        else (f"the other {rest} are the auditors' own grades")
    )
    return f"{moderated} of {total} moderated; {whose}."


def own_grades(figures: MonthlyFigures) -> Passage:
    """The auditors' own grades beside those that stand."""
    table = figures.grades
    own, standing = table.own, table.standing
    if not own.total:
        nothing = NOTHING_GRADED.format(over(figures.period))
        return Passage(nothing, "", {"beside": "Auditors' own and standing grades", "change": ""})
    now = standing.good_or_better
    finding = (
        f"Auditors graded {of_which(own.good_or_better, 'audit', 'Good or better')}; "
        f"{now.n or 'none'} {verb(now.n or 1, 'stands', 'stand')} there now{tail(now)}."
    )
    return Passage(
        finding,
        _not_known(figures),
        {"beside": _beside_title(figures), "change": _change(figures)},
    )


def domains(figures: MonthlyFigures) -> Passage:
    """Standing grades by domain, overall left out."""
    practice = _good_by_domain(figures, "practice")
    if len(practice) < 2:
        return Passage(
            "Too few domains have 10 or more grades to be compared.",
            "",
            {"pair": "Standing grades by domain, practice and outcome"},
        )
    weakest, strongest = lowest(practice), highest(practice)
    return Passage(
        finding=_weakest_sentence(practice),
        detail=joined(
            f"The largest share is {_of_domains(strongest)}."
            if len(strongest) < len(practice)
            else "",
            _outcome_sentence(figures, weakest),
        ),
        titles={"pair": _domain_title(weakest, len(practice))},
    )


def axes(figures: MonthlyFigures) -> Passage:
    """The overall practice grade by the overall outcome grade."""
    matrix = figures.grades.practice_by_outcome
    same = Share(matrix.on_diagonal, matrix.total)
    if not matrix.total:
        nothing = "No audit has both an overall practice grade and an overall outcome grade."
        return Passage(nothing, "", {"matrix": "Practice by outcome"})
    finding = of_which(
        same,
        "audit",
        f"{verb(same.n or 1, 'has', 'have')} the same grade for practice and for outcome",
    )
    better, worse = matrix.left_of_diagonal, matrix.right_of_diagonal
    detail = (
        f"In {better or 'none'} the outcome is better than the practice, "
        f"in {worse or 'none'} it is worse."
    )
    audits = counted(matrix.total, "audit")
    facts = (
        Fact(str(same.n), "the same grade for both", (f"{said(same)}.",)),
        Fact(str(better), "outcome better than practice", ("Who or what helped the child?",)),
        Fact(str(worse), "outcome worse than practice", ("What got in the way?",)),
    )
    return Passage(
        f"{capital(finding)}.",
        detail,
        {"matrix": f"Practice and outcome agree in {same.n} of {audits}"},
        facts,
    )


def weakest_domains(figures: MonthlyFigures) -> list[Named]:
    """The domains with the smallest share at Good or better for practice; none if all are level."""
    practice = _good_by_domain(figures, "practice")
    weakest = lowest(practice)
    return weakest if len(weakest) < len(practice) else []


def _good_by_domain(figures: MonthlyFigures, axis: str) -> list[Named]:
    rows = [row for row in figures.grades.domains if not row.is_overall]
    return comparable([Named(row.name, getattr(row, axis).good_or_better) for row in rows])


def _of_domains(named: list[Named]) -> str:
    return f"for {some([in_brackets(item) for item in named])}"


def _weakest_sentence(practice: list[Named]) -> str:
    weakest = lowest(practice)
    if len(weakest) == len(practice):
        share = weakest[0].share.percent_text
        return f"For practice, every domain has the same share at Good or better, {share}."
    if len(weakest) > 1:
        names = some([in_brackets(item) for item in weakest])
        return f"For practice, the smallest share at Good or better is level in {names}."
    item = weakest[0]
    return f"{item.name} has the smallest share at Good or better for practice, {said(item.share)}."


def _outcome_sentence(figures: MonthlyFigures, weakest: list[Named]) -> str:
    """Whether the weakest for practice is the weakest for outcome too."""
    outcome = _good_by_domain(figures, "outcome")
    lowest_outcome = lowest(outcome)
    if len(lowest_outcome) == len(outcome):
        return ""
    names = [item.name for item in lowest_outcome]
    if names == [item.name for item in weakest]:
        share = f", {said(lowest_outcome[0].share)}" if len(names) == 1 else ""
        return f"For outcome {verb(len(names), 'it is', 'they are')} the lowest too{share}."
    told = some([in_brackets(item) for item in lowest_outcome])
    return f"For outcome the smallest share is for {told}."


def _domain_title(weakest: list[Named], total: int) -> str:
    if len(weakest) == total:
        return "All domains are level for practice"
    if len(weakest) > 2:
        return f"{capital(word(len(weakest)))} domains are level as the weakest for practice"
    names = listed([item.name for item in weakest])
    return f"{names} {'is' if len(weakest) == 1 else 'are level as the'} weakest for practice"


def _not_known(figures: MonthlyFigures) -> str:
    moderated, total = figures.grades.moderated, figures.grades.own.total
    if moderated == total:
        return f"All {total} were moderated." if total > 1 else "It was moderated."
    if not moderated:
        return "None was moderated, so the two are the same."
    return (
        f"Only {moderated} of the {total} {verb(moderated)} moderated; what moderation of all "
        "would show is not known."
    )


def _beside_title(figures: MonthlyFigures) -> str:
    own, standing = figures.grades.own, figures.grades.standing
    if own == standing:
        return "Moderation left the number of audits at each grade as it was"
    changes = [
        f"{name} went from {before} to {after}"
        for name, before, after in (
            ("Good or better", own.good_or_better.n, standing.good_or_better.n),
            ("Inadequate", own.inadequate, standing.inadequate),
        )
        if before != after
    ]
    if not changes:
        return "Moderation changed grades, but not how many are Good or better, or Inadequate"
    return f"With moderation, {listed(changes)}".replace(" and Inadequate went", ", Inadequate")


def _change(figures: MonthlyFigures) -> str:
    """Standing less own, grade by grade: what moderation did to the counts."""
    pairs = zip(figures.grades.own.best_first, figures.grades.standing.best_first, strict=True)
    changes = [after - before for before, after in pairs]
    if not any(changes):
        return ""
    told = [f"{look.word} {_signed(change)}" for look, change in zip(GRADES, changes, strict=True)]
    return f"Difference made by moderation: {', '.join(told)}."


def _signed(change: int) -> str:
    sign = "+" if change > 0 else "\N{MINUS SIGN}" if change < 0 else ""
    return f"{sign}{abs(change)}"
