"""What needs doing first: number, sentence and link, above any chart."""

from dataclasses import dataclass

from reporting.domain.dashboard.children import Children
from reporting.domain.dashboard.figures import DashboardFigures
from reporting.domain.narrative.wording import counted, verb
from reporting.printing.dashboard.parts import Opens


@dataclass(frozen=True)
class Need:
    """As templates/_components/needs_first.html draws it."""

    number: int
    sentence: str
    detail: str
    href: str
    link: str
    danger: bool = False


def needs_first(figures: DashboardFigures, children: Children, *, opens: Opens) -> tuple[Need, ...]:
    """Open safety concerns lead; when there are none they are said last."""
    safety = _safety(figures)
    rest = (_overdue(figures, opens), _actions(figures, opens), _re_audits(children))
    return (safety, *rest) if safety.number else (*rest, safety)


def _safety(figures: DashboardFigures) -> Need:
    still_open = figures.safety.still_open
    return Need(
        number=still_open,
        sentence=verb(still_open, "safety concern is", "safety concerns are") + " not settled",
        detail=f"{figures.safety.concerns} raised in {counted(figures.total.planned, 'audit')}",
        href="#safety",
        link="See safety",
        danger=still_open > 0,
    )


def _overdue(figures: DashboardFigures, opens: Opens) -> Need:
    total = figures.total
    later = counted(total.extended, "more audit")
    have = verb(total.extended, "has", "have")
    detail = f"{later} {have} a later agreed date" if total.extended else ""
    return Need(
        number=total.overdue,
        sentence=verb(total.overdue, "audit is", "audits are") + " past the due date",
        detail=detail or f"Of {counted(total.not_returned, 'audit')} not returned",
        href=opens.audits(state="overdue") if total.overdue else "",
        link="See overdue audits",
    )


def _actions(figures: DashboardFigures, opens: Opens) -> Need:
    overdue = figures.actions.overdue
    return Need(
        number=overdue.total,
        sentence=verb(overdue.total, "action is past its date", "actions are past their date"),
        detail=f"{overdue.over_30 or 'None'} by more than 30 days",
        href=opens.actions(overdue="any") if overdue.total else "",
        link="See overdue actions",
    )


def _re_audits(children: Children) -> Need:
    at = verb(children.total, "child's audit stands", "children's audits stand")
    return Need(
        number=children.late,
        sentence=verb(children.late, "re-audit is late", "re-audits are late"),
        detail=f"{children.total} {at} at Inadequate",
        href="#re-audits",
        link="See re-audits",
    )
