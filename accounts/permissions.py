"""Who holds which role where: the one place that scopes and checks start from.

A grant is held at a unit and at everything below it, from a date to a date (both included).
A sensitive grant counts only once a second person has confirmed it (permissions.md rule 4).
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import RoleGrant, Unit, User

Asked = ParamSpec("Asked")

SENSITIVE = frozenset(
    {
        Role.QA_MANAGER,
        Role.DIRECTOR,
        Role.ADMINISTRATOR,
        Role.INFORMATION_GOVERNANCE,
        Role.EXTERNAL_REVIEWER,
    }
)


Held = list[tuple[str, str]]
"""Roles with the paths of the units at which they are held."""

_read: ContextVar[dict[int, Held] | None] = ContextVar("grants_read", default=None)


@contextmanager
def grants_read_once() -> Iterator[None]:
    """Within the block each person's grants are read once, however often they are asked for.

    For pages that only read: they ask for many roles, and nothing changes while they do.
    """
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def grants(user: User, *roles: Role, on: datetime.date | None = None) -> QuerySet[RoleGrant]:
    """The grants of these roles (of any, when none is named) in force on a day, default today."""
    day = on or timezone.localdate()
    if not user.is_authenticated or not user.is_active:
        return RoleGrant.objects.none()
    held = RoleGrant.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day), user=user, from_on__lte=day
    )
    confirmed = ~Q(role__in=SENSITIVE) | Q(confirmed_at__isnull=False)
    return (held.filter(role__in=roles) if roles else held).filter(confirmed)


def holds(user: User, *roles: Role, at: Unit | None = None) -> bool:
    """Whether the user holds one of the roles anywhere, or (with `at`) at the unit or above it."""
    return any(at is None or at.path.startswith(path) for path in _paths(user, roles))


def reach(user: User, *roles: Role, field: str) -> Q:
    """The condition that a unit named by `field` lies where the user holds one of the roles.

    `field` is a lookup path to a Unit ("team", "audit__team"); "" when the model is Unit itself.
    Without any such grant the condition matches nothing.
    """
    lookup = f"{field}__path__startswith" if field else "path__startswith"
    condition = Q(pk__in=[])
    for path in _paths(user, roles):
        condition |= Q(**{lookup: path})
    return condition


def _paths(user: User, roles: tuple[Role, ...]) -> list[str]:
    """Where the user holds one of the roles today; any role when none is named."""
    read = _read.get()
    if read is None or user.pk is None:
        return list(grants(user, *roles).values_list("unit__path", flat=True))
    if user.pk not in read:
        read[user.pk] = list(grants(user).values_list("role", "unit__path"))
    return [path for role, path in read[user.pk] if not roles or role in roles]


def require(allowed: bool, reason: str, sentence: str) -> None:
    """Raise `Refused` with the named reason and its sentence unless `allowed`."""
    if not allowed:
        raise Refused(reason, sentence)


def asking(check: Callable[Asked, None]) -> Callable[Asked, bool]:
    """The yes or no of a check, for lists and buttons: `can_x = asking(check_x)`."""

    def can(*args: Asked.args, **kwargs: Asked.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refused:
            return False
        return True

    return can


def check_is_person(user: User) -> None:
    """Approving and settling are done by people; the system user is refused."""
    require(
        not user.is_system,
        "system_cannot_decide",
        "This needs a person's decision. Name one with --by.",
    )


def check_two_people(first: User, second: User) -> None:
    """Two people are two people (permissions.md rule 9)."""
    check_is_person(first)
    check_is_person(second)
    require(
        first.pk != second.pk,
        "needs_two_people",
        "This takes two people. Ask a colleague who holds the same right to confirm it.",
    )
