"""Who is who: people, units, roles that wait, as those who keep them see them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Membership, RoleGrant, Unit, User
from accounts.models.grant import RoleGrantQuerySet
from accounts.models.membership import MembershipQuerySet
from accounts.models.unit import UnitQuerySet
from accounts.models.user import UserQuerySet
from accounts.permissions import can_role_grant_sensitive, can_unit_manage, can_user_manage

WORKING, INVITED, LEFT = "working", "invited", "left"


def people(user: User) -> UserQuerySet:
    """Everybody who works or worked here, for those who keep people; nobody for others."""
    found: UserQuerySet = User.objects.people()
    return found if can_user_manage(user) else found.none()


def people_at_work(*, besides: User) -> UserQuerySet:
    """Everybody who works here but one, by name: to whom work can be handed on."""
    found: UserQuerySet = User.objects.people().filter(is_active=True).exclude(pk=besides.pk)
    return found.order_by("name", "pk")


def memberships(user: User) -> MembershipQuerySet:
    """The memberships of others than oneself, for those who keep people."""
    return Membership.objects.filter(user__in=people(user)).select_related("user", "unit")


def units(user: User) -> UnitQuerySet:
    """The whole tree in its order, for those who keep units."""
    found: UnitQuerySet = Unit.objects.order_by("path")
    return found if can_unit_manage(user) else found.none()


def open_units() -> UnitQuerySet:
    """Where somebody can be put, in the order of the tree."""
    found: UnitQuerySet = Unit.objects.open().order_by("path")
    return found


def grants_of_others(user: User) -> RoleGrantQuerySet:
    """Roles of people that one may see, as one who keeps people or grants roles."""
    found = RoleGrant.objects.exclude(user=user).select_related("user", "unit", "granted_by")
    may = can_user_manage(user) or can_role_grant_sensitive(user)
    return found if may else found.none()


def waiting(user: User) -> RoleGrantQuerySet:
    """Roles that wait for a second person, for those who may be one; the oldest first."""
    found = RoleGrant.objects.pending().order_by("granted_at", "pk")
    found = found.select_related("user", "unit", "granted_by")
    return found if can_role_grant_sensitive(user) else found.none()


def to_decide(user: User) -> RoleGrantQuerySet:
    """Those of them that this person may confirm: neither their own nor asked for by them."""
    return waiting(user).exclude(user=user).exclude(granted_by=user)


def in_state(found: UserQuerySet, state: str) -> UserQuerySet:
    """People who work here, who have not accepted their invitation yet, or who have left."""
    invited = Q(invitations__accepted_at__isnull=True, invitations__withdrawn_at__isnull=True)
    invited &= Q(invitations__isnull=False)
    if state == LEFT:
        return found.filter(is_active=False)
    if state == INVITED:
        return found.filter(invited, is_active=True).distinct()
    return found.filter(is_active=True)


def belonging_to(found: UserQuerySet, unit: Unit, *, on: datetime.date) -> UserQuerySet:
    """People in the unit or below it on a day."""
    there = Membership.objects.on(on).filter(unit__path__startswith=unit.path)
    return found.filter(pk__in=there.values("user"))


def holding(found: UserQuerySet, role: Role, *, on: datetime.date) -> UserQuerySet:
    """People who hold the role anywhere on a day."""
    return found.filter(pk__in=RoleGrant.objects.in_force(on).filter(role=role).values("user"))


def called(found: UserQuerySet, text: str) -> UserQuerySet:
    """People with every word of the text in their name, in any order, or whose address begins so.

    "jo ali" finds Alison Jones; the beginning of an address finds whoever changed their name.
    """
    named = Q()
    for word in text.split():
        named &= Q(name__icontains=word)
    return found.filter(named | Q(email__istartswith=text.strip()))


def with_units_and_roles(found: UserQuerySet, *, on: datetime.date) -> UserQuerySet:
    """With `units_now` and `roles_now`, by two statements for any number of people."""
    units_now = Membership.objects.on(on).select_related("unit").order_by("unit__path")
    roles_now = RoleGrant.objects.in_force(on).order_by("role")
    return found.prefetch_related(
        Prefetch("memberships", units_now, to_attr="units_now"),
        Prefetch("grants", roles_now, to_attr="roles_now"),
    )


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree, how deep it stands, and who leads it today."""

    unit: Unit
    depth: int
    leads: tuple[Membership, ...]


def tree(found: UnitQuerySet, *, on: datetime.date | None = None) -> list[Branch]:
    """Units in the order of the tree: parents first, neighbours by name."""
    leads = Membership.objects.on(on or timezone.localdate()).leads().select_related("user")
    rows = list(found.prefetch_related(Prefetch("memberships", leads, to_attr="leads_now")))
    return [
        Branch(unit, unit.path.count("/") - 2, tuple(getattr(unit, "leads_now", ())))
        for unit in in_tree_order(rows)
    ]


def in_tree_order(rows: Sequence[Unit]) -> list[Unit]:
    """Parents before what stands below them, neighbours by name."""
    names = {unit.pk: unit.name.casefold() for unit in rows}

    def key(unit: Unit) -> list[str]:
        return [names.get(int(part), "") for part in unit.path.strip("/").split("/")]

    return sorted(rows, key=key)
