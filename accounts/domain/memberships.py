"""Memberships: who belongs where, as lead or member, from a date to a date (both included)."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.choices import MembershipKind
from accounts.domain import history, sessions
from accounts.domain.locking import locked_person
from accounts.models import Membership, Unit, User
from accounts.permissions import check_user_manage
from kit.exceptions import NotPossible
from kit.months import london_day, long_date

DAY = datetime.timedelta(days=1)


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
    """Put a person in a unit, as its lead or a member, beside the units they are in.

    Raises Refused ("user_manage_not_yours", "own_record") and NotPossible ("person_left",
    "unit_closed", "dates_reversed", "member_already").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_user_manage(by, held)
    _check_possible(held, unit)
    membership = _write(
        Membership(user=held, unit=unit, kind=kind, from_on=from_on, until_on=until_on)
    )
    sessions.end_all(user)
    history.record("unit_joined", subject=held, by=by, at=moment, unit=unit.public_id, kind=kind)
    return membership


@transaction.atomic
def move(
    user: User,
    *,
    unit: Unit,
    kind: MembershipKind,
    on: datetime.date,
    by: User,
    now: datetime.datetime | None = None,
) -> Membership:
    """From a day on the person belongs to this unit alone; where they were ends the day before.

    Roles stay as they are: they are ended and granted on their own. Raises Refused and
    NotPossible as joining does, and NotPossible ("moved_too_early").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_user_manage(by, held)
    _check_possible(held, unit)
    for before in held.memberships.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)):
        _end_before(before, on)
    membership = _write(Membership(user=held, unit=unit, kind=kind, from_on=on))
    sessions.end_all(user)
    history.record(
        "person_moved", subject=held, by=by, at=moment, unit=unit.public_id, kind=kind, from_on=on
    )
    return membership


@transaction.atomic
def leave_unit(
    membership: Membership,
    *,
    by: User,
    on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Membership:
    """End a membership; its last day is today unless another is given.

    Raises Refused and NotPossible ("ended_already", "last_day_early").
    """
    moment = now or timezone.now()
    person = locked_person(membership.user_id)
    check_user_manage(by, person)
    held = Membership.objects.select_related("unit").get(pk=membership.pk)
    last = on or london_day(moment)
    if held.until_on and held.until_on <= last:
        raise NotPossible("ended_already", "This membership has ended already.")
    if last < held.from_on:
        raise NotPossible("last_day_early", f"It begins on {long_date(held.from_on)}, after that.")
    held.until_on = last
    held.save(update_fields=["until_on"])
    sessions.end_all(person)
    history.record(
        "unit_left", subject=person, by=by, at=moment, unit=held.unit.public_id, until_on=last
    )
    return held


def _check_possible(user: User, unit: Unit) -> None:
    if not user.is_active:
        raise NotPossible("person_left", f"{user} no longer works here.")
    if unit.closed_on:
        raise NotPossible("unit_closed", f"{unit} is closed. Choose another unit.")


def _end_before(membership: Membership, day: datetime.date) -> None:
    if membership.from_on >= day:
        raise NotPossible(
            "moved_too_early",
            f"They joined {membership.unit} on {long_date(membership.from_on)}. "
            "Choose a later day.",
        )
    membership.until_on = day - DAY
    membership.save(update_fields=["until_on"])


def _write(membership: Membership) -> Membership:
    if membership.until_on and membership.until_on < membership.from_on:
        raise NotPossible("dates_reversed", "The last day lies before the first. Check both.")
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "member_already", "They belong to this unit already. Choose another unit."
        ) from clash
    return membership
