"""The columns of the register of audits.

Nobody's name stands in a table of grades, except for the QA manager who plans the sample.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.choices import ManagerLevel
from accounts.models import User
from audits.choices import ExemptionReason
from cases.domain.pseudonyms import study_number
from cases.domain.strip import age_text
from cases.domain.viewing import noted
from kit.listing import ListColumn
from kit.months import day_in_column, london_day, month_name
from kit.tables import Cell, grade_cell

Columns = list[ListColumn[Any]]


def audit_columns(user: User, *, on: datetime.date, names_auditors: bool) -> Columns:
    """For the rows of `AuditRegister.shown`; ages are those of the day."""
    columns: Columns = [
        ListColumn(
            "case",
            "Case",
            lambda audit: noted(audit.case).reference,
            draw=lambda audit: _case_cell(audit, user, on),
            sort="case__reference",
            identifies=True,
        ),
        *_case_facts(on),
        ListColumn("month", "Month", _month, sort="month"),
        ListColumn("round", "Round", lambda audit: audit.round.name, on_page=False),
        ListColumn("service", "Service", lambda audit: audit.service.name, on_page=False),
        ListColumn("team", "Team", lambda audit: audit.team.name, sort="team__name"),
        ListColumn(
            "level",
            "Auditor's level",
            lambda audit: ManagerLevel(audit.auditor_level).of_one,
            sort="auditor_level",
        ),
        ListColumn("due", "Due", lambda audit: audit.due_on, draw=_due_cell, sort="due_on"),
        ListColumn("state", "State", _state, draw=_state_cell, sort="in_force__returned_at"),
        ListColumn("returned", "Returned on", _returned_on, on_page=False),
        ListColumn("grade", "Standing grade", _grade_word, draw=_grade_cell, sort="shown_grade"),
        ListColumn("standing", "Grade is", kind_of_grade, on_page=False),
    ]
    return [*columns, *([_AUDITOR] if names_auditors else [])]


def pseudonymised(columns: Iterable[ListColumn[Any]], *, user: User | None = None) -> Columns:
    """With a study number in place of what says whose case it is; on a page it leads on."""
    number: ListColumn[Any] = ListColumn(
        "study",
        "Study number",
        lambda row: study_number(noted(row.case)),
        draw=(lambda row: Cell(study_number(noted(row.case)), href=_href(row, user)))
        if user
        else None,
    )
    return [number, *(column for column in columns if not column.identifies)]


_AUDITOR: ListColumn[Any] = ListColumn(
    "auditor", "Auditor", lambda audit: audit.auditor.name, sort="auditor__name", identifies=True
)


def _case_facts(on: datetime.date) -> Columns:
    """What a file says of the case beside its reference."""
    return [
        ListColumn(
            "initials",
            "Initials",
            lambda row: noted(row.case).initials,
            on_page=False,
            identifies=True,
        ),
        ListColumn("age", "Age", lambda row: age_text(row.case, on), on_page=False),
        ListColumn("plan", "Plan", lambda row: row.case.get_plan_kind_display(), on_page=False),
    ]


def _case_cell(audit: Any, user: User, on: datetime.date) -> Cell:
    case = noted(audit.case)
    who = f"{case.initials}, {age_text(case, on)}"
    return Cell(case.reference, aside=who, href=address_of(audit, user))


def _href(row: Any, user: User) -> str:
    """Of an audit; a case of the other register has no page of its own."""
    return address_of(row, user) if hasattr(row, "is_readable") else ""


def address_of(audit: Any, user: User) -> str:
    """Where its reader may open it: the audit as returned, or one's own form; else nowhere."""
    if audit.is_readable:
        return reverse("audit_returned", args=[audit.public_id])
    if audit.auditor_id == user.pk:
        return reverse("audit_overview", args=[audit.public_id])
    return ""


def _month(audit: Any) -> str:
    return month_name(audit.month)


def _due_cell(audit: Any) -> str:
    return day_in_column(audit.due_on)


def _state(audit: Any) -> str:
    if audit.exempted_because:
        return "Exempted"
    if audit.returned_at:
        return "Returned late" if audit.is_late else "Returned"
    return "Overdue" if audit.is_overdue else "Outstanding"


def _state_cell(audit: Any) -> Cell:
    if audit.exempted_because:
        reason = ExemptionReason(audit.exempted_because).label
        return Cell(_state(audit), aside=f"({reason[0].lower()}{reason[1:]})")
    returned = _returned_on(audit)
    return Cell(_state(audit), aside=day_in_column(returned) if returned else "")


def _returned_on(audit: Any) -> datetime.date | None:
    return london_day(audit.returned_at) if audit.returned_at else None


def _grade_word(audit: Any) -> str:
    return str(grade_cell(audit.shown_grade).text) if audit.shown_grade else ""


def _grade_cell(audit: Any) -> Cell:
    if audit.shown_grade:
        look = grade_cell(audit.shown_grade)
        return Cell(look.text, grade=look.grade, aside=kind_of_grade(audit))
    return Cell("Not shown yet" if audit.returned_at and not audit.is_readable else "")


def kind_of_grade(audit: Any) -> str:
    """How final the grade is: moderated, provisional until then, or the auditor's own."""
    if not audit.shown_grade:
        return ""
    if audit.is_moderated:
        return "moderated"
    is_closed = audit.round.sample_closed_at is not None and not audit.is_waiting
    return "not moderated" if is_closed else "provisional"
