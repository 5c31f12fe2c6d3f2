"""The tables of the moderation pages."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from actions.domain.states import state_of
from actions.models import Action
from audits.choices import Axis
from audits.models import AuditReturn, StandingGradeChange
from cases.domain.strip import CaseStrip
from kit.months import long_date, moment_text
from kit.tables import Cell, Column, Row, Table, grade_cell
from moderation.domain.comparison import DomainLine, GradePair, SideBySide
from moderation.domain.worklist import SettledLine, SettlingLine, WorkLine

CASE = (Column("Case"), Column("Child"), Column("Status"), Column("Team and worker"))


def work_table(title: str, lines: Sequence[WorkLine], *, counts: bool = False) -> Table | None:
    """Moderations not yet committed: which case and by when, and nothing of the auditor."""
    counted = (Column("Sections graded", numeric=True),) if counts else ()
    columns = (*CASE, Column("Moderate by"), *counted)
    rows = []
    for line in lines:
        href = reverse("moderation", args=[line.moderation.public_id])
        done = (f"{line.graded} of {line.of}",) if counts else ()
        rows.append(Row((*case_cells(line.strip, href, "re-grade"), line.due, *done)))
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None


def settling_table(title: str, lines: Sequence[SettlingLine]) -> Table | None:
    """Committed moderations with both overall grades, and what they wait for."""
    columns = (
        Column("Case"),
        Column("Child"),
        Column("Team and worker"),
        Column("Auditor's grade"),
        Column("Moderator's grade"),
        Column("Waits for"),
    )
    rows = []
    for line in lines:
        href = reverse("moderation_comparison", args=[line.moderation.public_id])
        case, _, _, team = case_cells(line.strip, href, "compare the grades")
        child = f"{line.strip.initials}, {line.strip.age}"
        grades = (grade_cell(line.own), grade_cell(line.moderated))
        rows.append(Row((case, child, team, *grades, line.waits_for)))
    if not rows:
        return None
    return Table(title, columns, rows, "Overall grades", stacks=True, title_hidden=True)


def feedback_table(lines: Iterable[SettledLine]) -> Table | None:
    """Settled moderations whose auditor has no feedback yet."""
    rows = []
    for line in lines:
        href = reverse("moderation_feedback", args=[line.moderation.public_id])
        rows.append(Row(case_cells(line.strip, href, "give feedback")))
    title = "Feedback still to give"
    return Table(title, CASE, rows, stacks=True, title_hidden=True) if rows else None


def returned_table(returns: Iterable[AuditReturn], strips: Mapping[int, CaseStrip]) -> Table | None:
    """Returned audits that wait for a moderator, without anything that was written in them."""
    rows = []
    for audit_return in returns:
        href = reverse("moderation_take", args=[audit_return.public_id])
        audit = audit_return.audit
        cells = case_cells(strips[audit.case_id], href, "take this audit by hand")
        rows.append(Row((*cells, str(audit.round))))
    title = "Returned audits without a moderator"
    columns = (*CASE, Column("Round"))
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None


def overall_table(side: SideBySide, *, is_settled: bool) -> Table:
    """The overall judgement on each axis."""
    columns = (
        Column("Overall judgement"),
        Column("Auditor's"),
        Column("Moderator's"),
        Column("Difference"),
        Column("Standing"),
    )
    rows = []
    for pair in side.overall.pairs:
        standing = grade_cell(pair.standing) if is_settled or not pair.differs else "To be settled"
        rows.append(Row((pair.axis.label, *_pair_cells(pair), standing), current=pair.differs))
    return Table("The overall judgement", columns, rows, stacks=True, title_hidden=True)


def domain_table(side: SideBySide, axis: Axis, lines: Sequence[DomainLine]) -> Table:
    """Each section's grades on one axis; rows that differ are marked."""
    columns = (
        Column("Domain"),
        Column("Auditor's"),
        Column("Moderator's"),
        Column("Difference"),
    )
    pairs = [(line.name, line.on(axis)) for line in lines]
    rows = [Row((name, *_pair_cells(pair)), current=pair.differs) for name, pair in pairs]
    return Table(f"{axis.label}: {side.differ_on(axis)}", columns, rows, stacks=True)


def actions_table(actions: Iterable[Action]) -> Table | None:
    """What the audit's findings led to, to be read here and worked on elsewhere."""
    columns = (Column("What"), Column("By"), Column("Due"), Column("State"))
    rows = [
        Row(
            (
                Cell(action.what, href=reverse("action", args=[action.public_id])),
                ", ".join(owner.user.name for owner in action.owners.all()),
                long_date(action.due_on),
                state_of(action).label,
            )
        )
        for action in actions
    ]
    title = "Actions of the audit"
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None


def history_table(changes: Iterable[StandingGradeChange]) -> Table | None:
    """Every change of a standing grade of the audit: when, by whom, from what to what, why."""
    columns = (
        Column("Changed"),
        Column("Domain and axis"),
        Column("From"),
        Column("To"),
        Column("By"),
        Column("Why"),
    )
    rows = [
        Row(
            (
                moment_text(change.at),
                f"{change.domain_grade.domain}, {change.domain_grade.get_axis_display().lower()}",
                grade_cell(change.old),
                grade_cell(change.new),
                f"{change.by} and {change.second_by}" if change.second_by else str(change.by),
                change.reason,
            )
        )
        for change in changes
    ]
    title = "Changes of standing grades"
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None


def case_cells(strip: CaseStrip, href: str, hidden: str) -> tuple[Cell, Cell, str, Cell]:
    """Which case, in a list: its reference leads on, and the age stands beside the initials."""
    return (
        Cell(strip.reference, href=href, hidden=hidden),
        Cell(f"{strip.initials}, {strip.age}", aside=strip.siblings),
        strip.status,
        Cell(strip.team, aside=strip.worker),
    )


def _pair_cells(pair: GradePair) -> tuple[Cell, Cell, str]:
    said = f"{pair.mark} {pair.difference}".strip()
    return grade_cell(pair.own), grade_cell(pair.moderated), said
