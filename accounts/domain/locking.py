"""The person is the lock of everything about them: memberships, roles, invitations.

Lock order: the tree of units (its root), the person, what hangs on the person, and last the head
of history.
"""

from accounts.models import RoleGrant, Unit, User
from kit.exceptions import NotPossible


def locked_person(user_id: int) -> User:
    """The person as they are now, held until the transaction ends."""
    return User.objects.select_for_update().get(pk=user_id)


def locked_grant(grant: RoleGrant) -> RoleGrant:
    """The grant as it is now, its person held until the transaction ends."""
    locked_person(grant.user_id)
    return RoleGrant.objects.select_related("user", "unit", "granted_by").get(pk=grant.pk)


def locked_open_unit(unit: Unit) -> Unit:
    """A unit into which something is put, so that nobody closes it at the same moment.

    Raises NotPossible ("unit_closed").
    """
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    if held.closed_on:
        raise NotPossible("unit_closed", f"{held} is closed. Choose another unit.")
    return held


def locked_tree() -> None:
    """Nobody else changes the tree of units until the transaction ends."""
    list(Unit.objects.select_for_update().filter(parent__isnull=True).values_list("pk"))
