"""Keeping the tree of units: add, rename, move and close. Each changes what people may see."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from accounts.choices import UnitKind
from accounts.domain import history, sessions
from accounts.domain.locking import locked_tree
from accounts.domain.units import add_unit
from accounts.models import Membership, RoleGrant, Unit, User
from accounts.permissions import check_unit_manage
from kit.exceptions import NotPossible
from kit.months import london_day


@transaction.atomic
def add(
    *,
    name: str,
    kind: UnitKind,
    parent: Unit,
    by: User,
    now: datetime.datetime | None = None,
) -> Unit:
    """Add a unit below another. Raises Refused ("unit_manage_not_yours") and NotPossible
    ("unit_closed", "name_taken")."""
    locked_tree()
    check_unit_manage(by)
    above = Unit.objects.get(pk=parent.pk)
    _check_open(above)
    with _names_once():
        return add_unit(name=name, kind=kind, parent=above, by=by, now=now)


@transaction.atomic
def rename(unit: Unit, *, name: str, by: User, now: datetime.datetime | None = None) -> Unit:
    """Give a unit another name, on every page and in reports still to come.

    Raises Refused ("unit_manage_not_yours", "own_unit") and NotPossible ("name_taken").
    """
    held = _locked(unit, by)
    with _names_once():
        held.name = name
        held.save(update_fields=["name"])
    history.record("unit_renamed", subject=held, by=by, at=now)
    return held


@transaction.atomic
def move(unit: Unit, *, below: Unit, by: User, now: datetime.datetime | None = None) -> Unit:
    """Put a unit, with everything below it, under another.

    Who answers for it changes with it, so the sessions of everyone there end. What was stamped
    on audits stays (domain rule 1). Raises Refused ("unit_manage_not_yours", "own_unit") and
    NotPossible ("is_root", "below_itself", "unit_closed", "name_taken").
    """
    held = _locked(unit, by)
    above = Unit.objects.get(pk=below.pk)
    _check_not_root(held)
    _check_open(held)
    _check_open(above)
    if above.path.startswith(held.path):
        raise NotPossible("below_itself", "A unit can't stand below itself. Choose another.")
    before, after = held.path, f"{above.path}{held.pk}/"
    with _names_once():
        Unit.objects.filter(pk=held.pk).update(parent=above)
    rest = Substr(F("path"), len(before) + 1)
    Unit.objects.filter(path__startswith=before).update(path=Concat(Value(after), rest))
    held.refresh_from_db()
    _end_sessions_within(held)
    history.record("unit_moved", subject=held, by=by, at=now, below=above.public_id)
    return held


@transaction.atomic
def close(unit: Unit, *, by: User, now: datetime.datetime | None = None) -> Unit:
    """Close a unit that has nobody in it and nothing open below it; nothing new is put there.

    A step of `audits.domain.closing_units.close_unit`, which also looks for what the unit answers
    for.

    Raises Refused ("unit_manage_not_yours", "own_unit") and NotPossible ("is_root",
    "unit_closed", "units_below", "people_in_it").
    """
    moment = now or timezone.now()
    today = london_day(moment)
    held = _locked(unit, by)
    _check_not_root(held)
    _check_open(held)
    if held.children.filter(closed_on__isnull=True).exists():
        raise NotPossible("units_below", "There are open units below it. Close or move them first.")
    if _people_in(held, today):
        raise NotPossible(
            "people_in_it", "People belong to it or hold roles there. Move them first."
        )
    held.closed_on = today
    held.save(update_fields=["closed_on"])
    history.record("unit_closed", subject=held, by=by, at=moment)
    return held


def _locked(unit: Unit, by: User) -> Unit:
    locked_tree()
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    check_unit_manage(by, held)
    return held


def _people_in(unit: Unit, day: datetime.date) -> bool:
    still = Q(until_on__isnull=True) | Q(until_on__gt=day)
    members = Membership.objects.filter(still, unit=unit, user__is_active=True)
    return members.exists() or RoleGrant.objects.standing(day).filter(unit=unit).exists()


def _end_sessions_within(unit: Unit) -> None:
    there = Q(memberships__unit__path__startswith=unit.path) | Q(
        grants__unit__path__startswith=unit.path
    )
    sessions.end_all_of(User.objects.filter(pk__in=User.objects.filter(there).values("pk")))


def _check_not_root(unit: Unit) -> None:
    if unit.parent_id is None:
        raise NotPossible("is_root", "This is the authority itself: it stays where it is.")


def _check_open(unit: Unit) -> None:
    if unit.closed_on:
        raise NotPossible("unit_closed", f"{unit} is closed. Choose another unit.")


@contextmanager
def _names_once() -> Iterator[None]:
    """Two units of one name in one place are refused in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise NotPossible(
            "name_taken", "There is a unit of that name in the same place. Choose another name."
        ) from clash
