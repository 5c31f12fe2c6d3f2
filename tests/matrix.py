"""docs/permissions.csv as tests read it: the cell of an action and a role."""

import csv
from collections.abc import Callable

from django.conf import settings

from accounts.choices import Role
from accounts.exceptions import Refused

COLUMNS = [role.value for role in Role]
"""Every column but `auditor`, which is no role: the auditor of this audit."""


def cell(action: str, column: str) -> str:
    """The scope that the matrix gives. Raises StopIteration for an action without a row."""
    with (settings.BASE_DIR / "docs" / "permissions.csv").open() as file:
        return next(row[column] for row in csv.DictReader(file) if row["action"] == action)


def roles_with(action: str, *scopes: str) -> set[str]:
    """The roles to which the matrix gives a scope that begins so."""
    return {role for role in COLUMNS if cell(action, role).startswith(scopes)}


def refusal_of(step: Callable[[], object]) -> str:
    """The reason for which a step is refused; empty when it is carried out."""
    try:
        step()
    except Refused as refused:
        return refused.reason
    return ""
