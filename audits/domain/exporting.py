"""Taking rows of a register out of the product as a file (docs/permissions.csv, rows.export)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from accounts.choices import Role
from accounts.domain import history
from accounts.domain.units import authority
from accounts.models import Unit, User
from accounts.permissions import holds, reach
from audits.choices import ExportReason, FileFormat
from audits.permissions import check_rows_export
from kit.exceptions import NotPossible

MOST_ROWS = 5000


@dataclass(frozen=True)
class ExportScope:
    """What one person may take out: which rows, and whether children are named in them."""

    rows: Q
    names_children: bool


def export_scope(user: User) -> ExportScope:
    """The QA manager's rows name children; a head of service's have study numbers.

    Rows that somebody sees for another reason, as an auditor or in another role, are left out.
    Raises Refused ("rows_export_not_yours").
    """
    check_rows_export(user)
    names_children = holds(user, Role.QA_MANAGER)
    role = Role.QA_MANAGER if names_children else Role.HEAD_OF_SERVICE
    return ExportScope(reach(user, role, field="team"), names_children)


@transaction.atomic
def record_export(
    register: str,
    *,
    rows: int,
    format: FileFormat,
    filters: Mapping[str, str],
    searched: bool,
    reason: ExportReason | None,
    by: User,
    now: datetime.datetime | None = None,
) -> None:
    """Write down what is taken out, before it is handed over.

    `filters` are codes and public ids; a search is recorded without its text. Raises Refused
    ("rows_export_not_yours") and NotPossible ("reason_missing", "nothing_to_export",
    "too_many_rows").
    """
    scope = export_scope(by)
    _check(rows, reason, scope)
    history.record(
        "rows_exported",
        subject=_subject(filters),
        by=by,
        at=now,
        register=register,
        rows=rows,
        format=format,
        names_children=scope.names_children,
        reason=reason,
        searched=searched,
        **{f"filter_{name}": value for name, value in filters.items()},
    )


def _check(rows: int, reason: ExportReason | None, scope: ExportScope) -> None:
    if scope.names_children and reason is None:
        raise NotPossible("reason_missing", "Say what the file is for.")
    if rows == 0:
        raise NotPossible(
            "nothing_to_export",
            "None of these rows is yours to take out. Widen the filters, or ask the QA manager.",
        )
    if rows > MOST_ROWS:
        raise NotPossible(
            "too_many_rows",
            f"The list has {rows:,} rows and a file holds at most {MOST_ROWS:,}. "
            "Narrow it by month or unit, and take it out in parts.",
        )


def _subject(filters: Mapping[str, str]) -> Unit:
    """The unit whose rows were asked for; the authority where none was chosen."""
    if "unit" in filters:
        return Unit.objects.get(public_id=filters["unit"])
    return authority()
