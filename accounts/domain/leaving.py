"""Leaving: sessions, roles and memberships end at once (permissions.md rule 12).

Open work stays where it is and is handed on by the verbs of the apps that own it.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.choices import MembershipKind, Role
from accounts.domain import history, sessions
from accounts.domain.inviting import withdraw_open
from accounts.domain.locking import locked_person
from accounts.domain.roles import stop
from accounts.models import Membership, RoleGrant, User
from accounts.models.membership import MembershipQuerySet
from accounts.permissions import check_user_manage, holds
from kit.exceptions import NotPossible
from kit.months import london_day


@transaction.atomic
def deactivate(user: User, *, by: User, now: datetime.datetime | None = None) -> User:
    """The person no longer works here: they are signed out everywhere and hold nothing.

    Raises Refused ("user_manage_not_yours", "own_record") and NotPossible ("left_already").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_user_manage(by, held)
    if not held.is_active:
        raise NotPossible("left_already", f"{held} has left already.")
    held.is_active, held.deactivated_at, held.deactivated_by = False, moment, by
    held.save(update_fields=["is_active", "deactivated_at", "deactivated_by"])
    withdraw_open(held, by=by, moment=moment)
    day = london_day(moment)
    for grant in RoleGrant.objects.standing(day).filter(user=held):
        stop(grant, by=by, moment=moment)
    for membership in held.memberships.filter(Q(until_on__isnull=True) | Q(until_on__gt=day)):
        membership.until_on = max(day, membership.from_on)
        membership.save(update_fields=["until_on"])
    sessions.end_all(held)
    history.record("person_deactivated", subject=held, by=by, at=moment)
    return held


def units_left(user: User) -> MembershipQuerySet:
    """The leads of open units that a leaver held to the end and nobody has taken up since."""
    if user.deactivated_at is None:
        return Membership.objects.none()
    last = london_day(user.deactivated_at)
    leads_now = Q(until_on__isnull=True) | Q(until_on__gt=last)
    others = Membership.objects.filter(
        leads_now, kind=MembershipKind.LEAD, unit=OuterRef("unit"), user__is_active=True
    )
    held = Membership.objects.filter(user=user, kind=MembershipKind.LEAD, until_on__gte=last)
    return held.filter(~Exists(others), unit__closed_on__isnull=True).select_related("unit")


def check_successor(to: User, leaver: User) -> None:
    """Work about cases goes to somebody who works here and sees cases.

    Raises NotPossible ("person_left", "to_themselves", "administrator").
    """
    if to.is_system or not to.is_active:
        raise NotPossible("person_left", f"{to} no longer works here. Choose someone else.")
    if to.pk == leaver.pk:
        raise NotPossible("to_themselves", "Choose somebody else than the person who leaves.")
    if holds(to, Role.ADMINISTRATOR):
        raise NotPossible("administrator", "An administrator sees no case. Choose someone else.")
