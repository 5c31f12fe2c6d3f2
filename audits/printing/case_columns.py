"""The columns of the register of cases.

The worker's name stands beside a grade only for the QA manager: a table of grades names nobody.
"""

import datetime

from accounts.models import User
from audits.domain.case_register import CaseLine
from audits.printing.audit_columns import address_of, kind_of_grade
from cases.domain.strip import age_text
from cases.domain.viewing import noted
from cases.models import Case
from kit.listing import ListColumn
from kit.months import month_name
from kit.tables import Cell, grade_cell


def case_columns(
    user: User, *, on: datetime.date, names_workers: bool
) -> list[ListColumn[CaseLine]]:
    """For the lines of `CaseRegister`; ages are those of the day."""
    columns = [
        ListColumn[CaseLine](
            "case",
            "Case",
            lambda line: noted(line.case).reference,
            draw=lambda line: _case_cell(noted(line.case), on),
            sort="reference",
            identifies=True,
        ),
        ListColumn[CaseLine](
            "initials",
            "Initials",
            lambda line: noted(line.case).initials,
            on_page=False,
            identifies=True,
        ),
        ListColumn[CaseLine]("age", "Age", lambda line: age_text(line.case, on), on_page=False),
        ListColumn[CaseLine](
            "plan", "Plan", lambda line: line.case.get_plan_kind_display(), sort="plan_kind"
        ),
        ListColumn[CaseLine]("team", "Team", lambda line: line.case.team.name, sort="team__name"),
        ListColumn[CaseLine]("siblings", "Brothers and sisters", _siblings),
        ListColumn[CaseLine](
            "audited",
            "Last audit",
            lambda line: month_name(line.audit.month) if line.audit else "",
            draw=lambda line: _last_audit(line, user),
            sort="last_month",
        ),
        ListColumn[CaseLine]("grade", "Standing grade", _grade_word, draw=_grade),
    ]
    return [*columns, *([_WORKER] if names_workers else [])]


_WORKER = ListColumn[CaseLine](
    "worker", "Worker", lambda line: line.worker, sort="worker_name", identifies=True
)


def _case_cell(case: Case, on: datetime.date) -> Cell:
    return Cell(case.reference, aside=f"{case.initials}, {age_text(case, on)}")


def _siblings(line: CaseLine) -> str:
    """ "1 of 3 known": the child among them; "None known" of a child alone, as in the strip."""
    if line.siblings == 1:
        return "None known"
    return f"1 of {line.siblings} known" if line.siblings else "Not known"


def _last_audit(line: CaseLine, user: User) -> Cell:
    if line.audit is None:
        return Cell("None")
    return Cell(month_name(line.audit.month), href=address_of(line.audit, user))


def _grade_word(line: CaseLine) -> str:
    if line.audit is None or not line.audit.shown_grade:
        return ""
    return str(grade_cell(line.audit.shown_grade).text)


def _grade(line: CaseLine) -> Cell:
    if line.audit is None:
        return Cell("")
    if not line.audit.shown_grade:
        return Cell("" if line.audit.is_readable else "Not shown yet")
    look = grade_cell(line.audit.shown_grade)
    return Cell(look.text, grade=look.grade, aside=kind_of_grade(line.audit))
