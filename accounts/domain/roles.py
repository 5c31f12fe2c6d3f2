"""Memberships and grants: who belongs where, and may do what, from a date to a date."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.choices import ManagerLevel, MembershipKind, Role
from accounts.domain import history
from accounts.models import Membership, RoleGrant, Unit, User
from accounts.permissions import SENSITIVE, check_two_people, grants, require

_LEVELS = (
    (Role.DIRECTOR, ManagerLevel.DIRECTOR),
    (Role.HEAD_OF_SERVICE, ManagerLevel.HEAD),
    (Role.SERVICE_MANAGER, ManagerLevel.SERVICE),
    (Role.TEAM_MANAGER, ManagerLevel.TEAM),
)


@transaction.atomic
def join_unit(
    user: User,
    *,
    unit: Unit,
    kind: MembershipKind,
    from_on: datetime.date,
    by: User,
    until_on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Membership:
    """Put a person in a unit, as its lead or a member, from a day on."""
    membership = Membership.objects.create(
        user=user, unit=unit, kind=kind, from_on=from_on, until_on=until_on
    )
    history.record("unit_joined", subject=user, by=by, at=now, unit=unit.public_id, kind=kind)
    return membership


@transaction.atomic
def grant_role(
    user: User,
    *,
    role: Role,
    unit: Unit,
    from_on: datetime.date,
    by: User,
    until_on: datetime.date | None = None,
    confirmed_by: User | None = None,
    now: datetime.datetime | None = None,
) -> RoleGrant:
    """Grant a role at a unit. Nobody grants to themselves; sensitive roles need a second person.

    Raises Refused ("own_role", "needs_two_people").
    """
    moment = now or timezone.now()
    require(user.pk != by.pk, "own_role", "You can't change your own roles. Ask a colleague.")
    if role in SENSITIVE and confirmed_by and not by.is_system:
        check_two_people(by, confirmed_by)
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        unit=unit,
        from_on=from_on,
        until_on=until_on,
        granted_at=moment,
        granted_by=by,
        confirmed_at=moment if confirmed_by else None,
        confirmed_by=confirmed_by,
    )
    history.record("role_granted", subject=user, by=by, at=moment, role=role, unit=unit.public_id)
    return grant


def manager_level(user: User, *, on: datetime.date | None = None) -> ManagerLevel:
    """The highest level of management the person holds on a day."""
    held = set(grants(user, on=on).values_list("role", flat=True))
    return next((level for role, level in _LEVELS if role in held), ManagerLevel.OTHER)
