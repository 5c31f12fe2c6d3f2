"""Who looked (domain rule 21): noted where a case's words are made, written before they leave.

Whatever makes the words of a case for output takes the case through `noted`; whoever answers
requests collects within `noting` and calls `write` before the answer leaves. Outside a request
nothing is collected, because nothing leaves.
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import held_by
from cases.choices import Business, Medium
from cases.models import Case
from cases.models.case import LISTS_ALL, SEES_ALL, SEES_UNIT

_collected: ContextVar[set[int] | None] = ContextVar("cases_collected", default=None)

UNIT_ROLES: frozenset[str] = frozenset(SEES_UNIT)
DUTY_ROLES: frozenset[str] = frozenset((*SEES_ALL, *LISTS_ALL, Role.EXTERNAL_REVIEWER))

MEDIA = {
    "text/html": Medium.PAGE,
    "text/csv": Medium.CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Medium.XLSX,
    "application/pdf": Medium.PDF,
}


AT_ONCE = 1000
"""Rows that one statement writes: a database takes only so many values with it."""


@contextmanager
def noting() -> Iterator[set[int]]:
    """Collect the keys of the cases that are noted within the block."""
    collected: set[int] = set()
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


def noted(case: Case) -> Case:
    """The same case, noted as one whose words are about to be shown."""
    collected = _collected.get()
    if collected is not None:
        collected.add(case.pk)
    return case


def forget() -> None:
    """Nothing noted so far leaves: a refusal or an error takes the page's place."""
    collected = _collected.get()
    if collected is not None:
        collected.clear()


def write(
    cases: Collection[int],
    *,
    by: User,
    route: str,
    content_type: str,
    now: datetime.datetime | None = None,
) -> None:
    """One row a case by one statement, after two that read what the person has to do with them.

    `cases` are keys. Repeated looks each write. Takes no lock, least of all the head of history.
    """
    moment = now or timezone.now()
    medium = MEDIA.get(content_type.partition(";")[0], Medium.OTHER)
    at, together = connection.ops.adapt_datetimefield_value(moment), len(cases)
    rows = [
        (by.pk, key, route, medium.value, together, business.value, at)
        for key, business in _with_business(cases, by, moment)
    ]
    if together <= AT_ONCE:
        _insert(rows)
        return
    with transaction.atomic():
        for start in range(0, len(rows), AT_ONCE):
            _insert(rows[start : start + AT_ONCE])


def _insert(rows: Sequence[tuple[Any, ...]]) -> None:
    """By one statement written by hand: made of objects, a page of rows took three times as long.

    One statement is a transaction of its own: all of its rows are written or none.
    """
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                _LOOKS + ", ".join([_LOOK] * len(rows)), [value for row in rows for value in row]
            )


def _with_business(
    cases: Collection[int], user: User, moment: datetime.datetime
) -> list[tuple[int, Business]]:
    """Each case's key with what the person has to do with it now.

    Read by SQL written once, because composing it anew on every page takes longer than it does.
    """
    held, listed = held_by(user), ", ".join(["%s"] * len(cases))
    now = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(_CASES.format(listed=listed), [user.pk, user.pk, now, *cases])
        found = cursor.fetchall()
    return [
        (key, Business.ASSIGNED if assigned else _by_role(held, path, restricted, opened))
        for key, path, restricted, assigned, opened in found
    ]


_LOOKS = """
INSERT INTO cases_caseview (user_id, case_id, route, medium, together, business, at) VALUES
"""
_LOOK = "(%s, %s, %s, %s, %s, %s, %s)"

_CASES = """
SELECT seen.id, team.path, seen.restricted_at IS NOT NULL, EXISTS (
    SELECT 1 FROM cases_caseaccess held
    WHERE held.case_id = seen.id AND held.user_id = %s AND held.until_at IS NULL
), EXISTS (
    SELECT 1 FROM cases_breakglass glass WHERE glass.case_id = seen.id
    AND glass.user_id = %s AND glass.ended_at IS NULL AND glass.until_at > %s
)
FROM cases_case seen JOIN accounts_unit team ON team.id = seen.team_id
WHERE seen.id IN ({listed}) ORDER BY seen.id
"""


def _by_role(
    held: list[tuple[str, str]], path: str, is_restricted: bool, has_opened: bool
) -> Business:
    """What the roles held above a case's team make of it; a unit alone opens no restricted one."""
    roles = {role for role, unit in held if path.startswith(unit)}
    if roles & UNIT_ROLES and not is_restricted:
        return Business.UNIT
    if has_opened:
        return Business.GLASS
    return Business.DUTY if roles & DUTY_ROLES else Business.NONE
