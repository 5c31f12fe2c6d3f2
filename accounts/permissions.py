"""Who holds which role where: the one place that scopes and checks start from.

A grant is held at a unit and at everything below it, from a date to a date (both included).
A sensitive grant counts only once a second person has confirmed it (permissions.md rule 4).
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import SENSITIVE, Role
from accounts.exceptions import Refused
from accounts.models import RoleGrant, Unit, User
from accounts.models.grant import RoleGrantQuerySet

Asked = ParamSpec("Asked")

SECOND_FACTOR_ROLES = SENSITIVE
"""Whoever holds one of these signs in with a second step."""
STAFF = frozenset(
    {
        Role.PRACTITIONER,
        Role.TEAM_MANAGER,
        Role.SERVICE_MANAGER,
        Role.HEAD_OF_SERVICE,
        Role.QA_OFFICER,
        Role.QA_MANAGER,
        Role.DIRECTOR,
    }
)
"""Roles of people who work with cases here."""


Held = list[tuple[str, str]]
"""Roles with the paths of the units at which they are held."""

_read: ContextVar[dict[int, Held] | None] = ContextVar("grants_read", default=None)


@contextmanager
def grants_read_once() -> Iterator[None]:
    """Within the block each person's grants are read once, however often they are asked for.

    For pages that only read: they ask for many roles, and nothing changes while they do. Within
    another such block it is that one's reading.
    """
    if _read.get() is not None:
        yield
        return
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def grants(user: User, *roles: Role, on: datetime.date | None = None) -> RoleGrantQuerySet:
    """The grants of these roles (of any, when none is named) in force on a day, default today."""
    if not user.is_authenticated or not user.is_active:
        return RoleGrant.objects.none()
    held = RoleGrant.objects.in_force(on or timezone.localdate()).filter(user=user)
    return held.filter(role__in=roles) if roles else held


def holds(user: User, *roles: Role, at: Unit | None = None) -> bool:
    """Whether the user holds one of the roles anywhere, or (with `at`) at the unit or above it."""
    return any(at is None or at.path.startswith(path) for path in _paths(user, roles))


def holders(role: Role) -> QuerySet[User]:
    """Active people who hold the role today, anywhere, by name."""
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role=role)
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return people.order_by("name", "pk")


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


def is_guest(user: User) -> bool:
    """Someone from outside: an external reviewer, now or once, without a role among the staff.

    They see the audits of their rounds under study numbers, and nothing once that has ended.
    """
    if holds(user, *STAFF):
        return False
    reviewed = RoleGrant.objects.filter(user=user.pk, role=Role.EXTERNAL_REVIEWER)
    return user.is_authenticated and reviewed.exists()


def held_by(user: User) -> Held:
    """Every role the user holds today, with the path of the unit where."""
    read = _read.get()
    if read is None or user.pk is None:
        return list(grants(user).values_list("role", "unit__path"))
    if user.pk not in read:
        read[user.pk] = list(grants(user).values_list("role", "unit__path"))
    return read[user.pk]


def _paths(user: User, roles: tuple[Role, ...]) -> list[str]:
    """Where the user holds one of the roles today; any role when none is named."""
    if _read.get() is None:
        return list(grants(user, *roles).values_list("unit__path", flat=True))
    return [path for role, path in held_by(user) if not roles or role in roles]


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether this person may do nothing before a second step has been passed."""
    return (
        settings.SECOND_FACTOR_REQUIRED
        and isinstance(user, User)
        and grants(user, *SECOND_FACTOR_ROLES).exists()
    )


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


def check_user_manage(user: User, person: User | None = None) -> None:
    """Invite, move and deactivate people; the system when it is set up, nobody themselves.

    Raises Refused ("user_manage_not_yours", "own_record").
    """
    require(
        user.is_system or holds(user, Role.ADMINISTRATOR),
        "user_manage_not_yours",
        "People are kept by the administrator. Ask them.",
    )
    require(
        person is None or person.pk != user.pk,
        "own_record",
        "You can't change your own record. Ask another administrator.",
    )


def check_unit_manage(user: User, unit: Unit | None = None) -> None:
    """Keep the tree of units; not a unit that one belongs to (permissions.md rule 8).

    Raises Refused ("unit_manage_not_yours", "own_unit").
    """
    require(
        user.is_system or holds(user, Role.ADMINISTRATOR),
        "unit_manage_not_yours",
        "Units are kept by the administrator. Ask them.",
    )
    require(
        unit is None or not user.memberships.on(timezone.localdate()).filter(unit=unit).exists(),
        "own_unit",
        "You can't change a unit that you belong to. Ask another administrator.",
    )


def check_role_grant_ordinary(user: User, person: User | None = None) -> None:
    """Grant and end roles that take one person. Raises Refused ("role_grant_not_yours",
    "own_role")."""
    _check_not_own_role(user, person)
    require(
        user.is_system or holds(user, Role.ADMINISTRATOR),
        "role_grant_not_yours",
        "Roles are granted by the administrator. Ask them.",
    )


def check_role_grant_sensitive(user: User, person: User | None = None) -> None:
    """Ask for, confirm, refuse and end roles that take two people. Raises Refused
    ("role_grant_not_yours", "own_role")."""
    _check_not_own_role(user, person)
    require(
        user.is_system or holds(user, Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE),
        "role_grant_not_yours",
        "This role is asked for and confirmed by administrators and information governance. "
        "Ask two of them.",
    )


def check_role_grant(user: User, role: Role, person: User | None = None) -> None:
    """The right for a role, ordinary or sensitive."""
    check = check_role_grant_sensitive if role in SENSITIVE else check_role_grant_ordinary
    check(user, person)


def check_settings_change(user: User) -> None:
    """Change settings of the authority. Raises Refused ("no_settings")."""
    require(
        user.is_system
        or holds(user, Role.QA_MANAGER, Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE),
        "no_settings",
        "Settings are changed by a QA manager, an administrator or information governance.",
    )


def check_two_sessions(first: str, second: str) -> None:
    """Two people sit at two sessions (permissions.md rule 9). Empty stands for a command."""
    require(
        not first or first != second,
        "needs_two_sessions",
        "This takes two people, each signed in for themselves. Sign in and confirm it there.",
    )


def _check_not_own_role(user: User, person: User | None) -> None:
    require(
        person is None or person.pk != user.pk,
        "own_role",
        "You can't change your own roles. Ask a colleague.",
    )


can_user_manage = asking(check_user_manage)
can_unit_manage = asking(check_unit_manage)
can_role_grant_ordinary = asking(check_role_grant_ordinary)
can_role_grant_sensitive = asking(check_role_grant_sensitive)
can_settings_change = asking(check_settings_change)
