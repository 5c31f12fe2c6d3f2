"""The lists of start pages as tables."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.text import Truncator

from actions.domain.worklist import ActionLine
from actions.views.listing import child_cell
from kit.tables import Cell, Column, Row, Table
from moderation.views.moderation_tables import CASE, case_cells
from reporting.domain.dashboard.children import ChildRow
from reporting.domain.narrative.wording import some
from reporting.domain.start.auditor import MyAudit
from reporting.domain.start.concerns import OpenConcern
from reporting.domain.start.governance import OpenedCase
from reporting.domain.start.head import Owing
from reporting.domain.start.months import OpenMonth, Outstanding
from reporting.domain.start.requests import Asked

WORDS = 20
WEAK_SHOWN = 3


def concern_table(rows: Iterable[OpenConcern]) -> Table | None:
    """Open concerns, the oldest first."""
    return _table(
        "Open concerns",
        (*CASE, Column("What was said"), Column("Raised"), Column("Taken on by")),
        [
            Row(
                [
                    *case_cells(
                        row.strip, reverse("safety_concern", args=[row.public_id]), "the concern"
                    ),
                    row.judgement,
                    row.raised,
                    row.taken_on_by or "nobody yet",
                ]
            )
            for row in rows
        ],
    )


def audit_table(title: str, rows: Iterable[MyAudit]) -> Table | None:
    """Audits given to me, with what each waits for."""
    return _table(
        title,
        (*CASE, Column("Due"), Column("State")),
        [
            Row(
                [
                    *case_cells(row.strip, reverse("audit_overview", args=[row.public_id]), "open"),
                    Cell(row.due if row.is_to_do else "", aside=row.round_name),
                    row.state_text,
                ]
            )
            for row in rows
        ],
    )


def action_table(rows: Iterable[ActionLine]) -> Table | None:
    """Actions I own, the longest overdue first."""
    columns = (Column("What"), Column("Child"), Column("Team"), Column("Due"), Column("State"))
    return _table(
        "My actions",
        columns,
        [
            Row(
                [
                    Cell(
                        Truncator(row.action.what).words(WORDS),
                        href=reverse("action", args=[row.action.public_id]),
                    ),
                    child_cell(row),
                    row.action.unit.name,
                    row.due,
                    row.state,
                ]
            )
            for row in rows
        ],
    )


def month_table(months: Iterable[OpenMonth]) -> Table | None:
    """An open month at a glance, a row a unit."""
    heads = ("Planned", "Exempted", "Scheduled", "On time", "Late", "Outstanding")
    return _table(
        "The month at a glance",
        [Column("Audits"), *(Column(head, numeric=True) for head in heads)],
        [
            Row(
                [
                    month.unit,
                    month.counts.planned,
                    month.counts.exempted,
                    month.counts.scheduled,
                    month.on_time,
                    month.counts.late,
                    month.counts.not_returned,
                ]
            )
            for month in months
        ],
    )


def chase_table(rows: Iterable[Outstanding]) -> Table | None:
    """Audits not returned, where most is past its date first."""
    return _table(
        "Audits outstanding",
        (
            Column("Service"),
            Column("Level of manager"),
            Column("Outstanding", numeric=True),
            Column("Past their date", numeric=True),
        ),
        [Row([row.service, row.level, row.outstanding, row.past_date]) for row in rows],
    )


def owing_table(rows: Iterable[Owing]) -> Table | None:
    """Managers who have not returned, to raise in supervision."""
    return _table(
        "Managers who have not returned",
        (
            Column("Manager"),
            Column("Level"),
            Column("Outstanding", numeric=True),
            Column("Past their date", numeric=True),
        ),
        [Row([row.name, row.level, row.outstanding, row.past_date]) for row in rows],
    )


def decision_table(rows: Iterable[Asked]) -> Table | None:
    """What was asked for and waits to be decided."""
    columns = ("Asked for", "Because", "Team", "Asked by", "Asked on")
    return _table(
        "Decisions waiting",
        [Column(title) for title in columns],
        [Row([_what(row), row.reason, row.team, row.asked_by, row.asked_on]) for row in rows],
    )


def _what(row: Asked) -> Cell:
    """What was asked, a link to deciding it for those who may."""
    if not row.may_decide:
        return Cell(row.what)
    page = "extension_decision" if row.is_extension else "exemption_decision"
    address = reverse(page, args=[row.public_id])
    return Cell(row.what, href=address, hidden=f"asked by {row.asked_by}: decide")


def use_table(rows: Iterable[OpenedCase]) -> Table | None:
    """Cases opened out of turn by others; which they are stands on no list."""
    return _table(
        "Cases opened out of turn",
        (Column("Opened by"), Column("When"), Column("Why")),
        [
            Row(
                [
                    Cell(
                        row.opened_by,
                        aside=row.post,
                        href=reverse("break_glass_use", args=[row.public_id]),
                        hidden="look at this",
                    ),
                    row.opened,
                    Truncator(row.reason).words(WORDS),
                ]
            )
            for row in rows
        ],
    )


def child_table(rows: Iterable[ChildRow]) -> Table | None:
    """Children at Inadequate, with what follows."""
    columns = (*CASE, Column("Audited"), Column("Actions not done"), Column("Re-audit"))
    return _table(
        "Children whose audit stands at Inadequate",
        columns,
        [
            Row(
                [
                    *case_cells(
                        row.strip,
                        reverse("audit_returned", args=[row.audit_id]),
                        "read the audit",
                    ),
                    row.audited,
                    _actions(row),
                    row.re_audit,
                ]
            )
            for row in rows
        ],
    )


def followed_table(rows: Iterable[ChildRow], *, linked: bool) -> Table | None:
    """Children at Inadequate with all that is known of what follows, for a dashboard."""
    columns = (
        *("Case", "Child", "Team and worker", "At Inadequate since", "Weak in practice"),
        *("Safety", "Actions not done", "Re-audit"),
    )
    return _table(
        "Children whose audit stands at Inadequate",
        [Column(title) for title in columns],
        [Row(_followed(row, linked)) for row in rows],
    )


def _followed(row: ChildRow, linked: bool) -> list[Cell | str | int]:
    strip = row.strip
    href = reverse("audit_returned", args=[row.audit_id]) if linked else ""
    last = f"Last one: {row.last_result}" if row.last_result else ""
    return [
        Cell(strip.reference, href=href, hidden="read the audit" if linked else ""),
        Cell(f"{strip.initials}, {strip.age}", aside=f"{strip.status}. {strip.siblings}"),
        Cell(strip.team, aside=strip.worker),
        Cell(row.since, aside=f"audited {row.audited}"),
        some(row.weak_domains, most=WEAK_SHOWN) or "none",
        row.safety,
        _actions(row),
        Cell(row.re_audit, aside=last),
    ]


def _actions(row: ChildRow) -> Cell:
    late = f"{row.overdue_actions} overdue" if row.overdue_actions else ""
    return Cell(row.open_actions or "none", aside=late)


def _table(title: str, columns: Sequence[Column], rows: Sequence[Row]) -> Table | None:
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None
