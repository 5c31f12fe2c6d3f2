"""Roles: who may do what, where, from a date to a date (permissions.md rules 8 and 9).

An ordinary role counts once it is granted. A sensitive one is asked for by one person and counts
once another, who holds the same right, has confirmed it in a session of their own. Each change
ends the person's sessions, so that it bites at their next request.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.choices import (
    NOT_WITH_ADMINISTRATOR,
    SENSITIVE,
    ManagerLevel,
    Role,
)
from accounts.domain import history, sessions
from accounts.domain.locking import locked_grant, locked_person
from accounts.models import RoleGrant, Unit, User
from accounts.permissions import (
    check_role_grant,
    check_role_grant_sensitive,
    check_two_people,
    check_two_sessions,
    grants,
)
from kit.exceptions import NotPossible
from kit.months import london_day

_LEVELS = (
    (Role.DIRECTOR, ManagerLevel.DIRECTOR),
    (Role.HEAD_OF_SERVICE, ManagerLevel.HEAD),
    (Role.SERVICE_MANAGER, ManagerLevel.SERVICE),
    (Role.TEAM_MANAGER, ManagerLevel.TEAM),
)


@transaction.atomic
def grant_role(
    user: User,
    *,
    role: Role,
    unit: Unit,
    from_on: datetime.date,
    by: User,
    until_on: datetime.date | None = None,
    session: str = "",
    confirmed_by: User | None = None,
    now: datetime.datetime | None = None,
) -> RoleGrant:
    """Grant a role at a unit, or ask for it where it is sensitive.

    `session` tells the asker's session from the confirmer's. `confirmed_by` is for the system
    alone, which sets the program up with roles that two people agreed elsewhere. Raises Refused
    ("own_role", "role_grant_not_yours") and NotPossible ("person_left", "unit_closed",
    "dates_reversed", "roles_clash", "role_held").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_role_grant(by, role, held)
    set_up = confirmed_by if by.is_system else None
    grant = RoleGrant(
        user=held,
        role=role,
        unit=unit,
        from_on=from_on,
        until_on=until_on,
        granted_at=moment,
        granted_by=by,
        granted_session=session,
        confirmed_at=moment if set_up else None,
        confirmed_by=set_up,
    )
    _check_possible(grant)
    _write(grant)
    _tell(grant, by=by, moment=moment)
    return grant


@transaction.atomic
def ask_by_address(
    *,
    email: str,
    role: Role,
    unit: Unit,
    from_on: datetime.date,
    by: User,
    until_on: datetime.date | None = None,
    session: str = "",
) -> RoleGrant:
    """Ask for a role that takes two people, for somebody known by their e-mail address.

    For those who may ask and don't keep the list of people. Raises what granting raises and
    NotPossible ("nobody_there").
    """
    check_role_grant_sensitive(by)
    people = User.objects.people().filter(is_active=True)
    person = people.filter(email__iexact=email.strip()).first()
    if person is None:
        raise NotPossible(
            "nobody_there",
            "Nobody who works here has this e-mail address. Check it, or ask an administrator to "
            "invite them.",
        )
    return grant_role(
        person, role=role, unit=unit, from_on=from_on, until_on=until_on, by=by, session=session
    )


@transaction.atomic
def confirm_role(
    grant: RoleGrant, *, by: User, session: str = "", now: datetime.datetime | None = None
) -> RoleGrant:
    """The second person confirms a sensitive role, which counts from now on.

    Raises Refused ("own_role", "role_grant_not_yours", "needs_two_people",
    "needs_two_sessions", "system_cannot_decide") and NotPossible ("not_pending", "person_left",
    "roles_clash").
    """
    moment = now or timezone.now()
    held = _second_person(grant, by, session)
    _check_possible(held)
    _settle(held, confirmed_at=moment, confirmed_by=by, confirmed_session=session)
    sessions.end_all(held.user)
    where = held.unit.public_id
    history.record(
        "role_confirmed", subject=held.user, by=by, at=moment, role=held.role, unit=where
    )
    return held


@transaction.atomic
def refuse_role(
    grant: RoleGrant, *, by: User, session: str = "", now: datetime.datetime | None = None
) -> RoleGrant:
    """The second person refuses a sensitive role; it never counted. Raises as confirming does."""
    moment = now or timezone.now()
    held = _second_person(grant, by, session)
    _settle(held, refused_at=moment, refused_by=by)
    who, role, where = held.user, held.role, held.unit.public_id
    history.record("role_refused", subject=who, by=by, at=moment, role=role, unit=where)
    return held


@transaction.atomic
def end_role(
    grant: RoleGrant,
    *,
    by: User,
    on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> RoleGrant:
    """End a role at once, or after a last day to come; one asked for is taken back.

    One person is enough: taking a right away lets nobody in. Raises Refused ("own_role",
    "role_grant_not_yours") and NotPossible ("ended_already", "last_day_past").
    """
    moment = now or timezone.now()
    held = locked_grant(grant)
    check_role_grant(by, Role(held.role), held.user)
    today = london_day(moment)
    if not RoleGrant.objects.standing(today).filter(pk=held.pk).exists():
        raise NotPossible("ended_already", "This role has ended already.")
    if on is None:
        stop(held, by=by, moment=moment)
    else:
        _end_later(held, on, today=today)
    sessions.end_all(held.user)
    history.record(
        "role_ended",
        subject=held.user,
        by=by,
        at=moment,
        role=held.role,
        unit=held.unit.public_id,
        until_on=held.until_on,
    )
    return held


def stop(grant: RoleGrant, *, by: User, moment: datetime.datetime) -> None:
    """A grant of a locked person ends now; a later first day is its last."""
    last = max(london_day(moment), grant.from_on)
    grant.until_on = min(grant.until_on, last) if grant.until_on else last
    grant.ended_at, grant.ended_by = moment, by
    grant.save(update_fields=["until_on", "ended_at", "ended_by"])


def ask_anew(user: User, *, by: User, session: str, moment: datetime.datetime) -> None:
    """What two people agreed for a locked person ends and waits for a second person again.

    A step of verbs after which somebody else may be behind the account.
    """
    today = london_day(moment)
    agreed = RoleGrant.objects.standing(today).filter(user=user, confirmed_at__isnull=False)
    for before in agreed.filter(role__in=SENSITIVE).select_related("unit"):
        until_on = before.until_on
        stop(before, by=by, moment=moment)
        asked = RoleGrant(
            user=user,
            role=before.role,
            unit=before.unit,
            from_on=max(today, before.from_on),
            until_on=until_on,
            granted_at=moment,
            granted_by=by,
            granted_session=session,
        )
        _write(asked)
        _tell(asked, by=by, moment=moment)


def manager_level(user: User, *, on: datetime.date | None = None) -> ManagerLevel:
    """The highest level of management the person holds on a day."""
    held = set(grants(user, on=on).values_list("role", flat=True))
    return next((level for role, level in _LEVELS if role in held), ManagerLevel.OTHER)


def _tell(grant: RoleGrant, *, by: User, moment: datetime.datetime) -> None:
    """What counts at once ends sessions; what waits for a second person changes nothing yet."""
    user, role, unit = grant.user, grant.role, grant.unit.public_id
    if role in SENSITIVE and grant.confirmed_at is None:
        history.record("role_asked", subject=user, by=by, at=moment, role=role, unit=unit)
    else:
        sessions.end_all(user)
        history.record("role_granted", subject=user, by=by, at=moment, role=role, unit=unit)


def _check_possible(grant: RoleGrant) -> None:
    if grant.until_on and grant.until_on < grant.from_on:
        raise NotPossible("dates_reversed", "The last day lies before the first. Check both.")
    if not grant.user.is_active:
        raise NotPossible("person_left", f"{grant.user} no longer works here.")
    if grant.unit.closed_on:
        raise NotPossible("unit_closed", f"{grant.unit} is closed. Choose another unit.")
    _check_clash(grant)


def _check_clash(grant: RoleGrant) -> None:
    """An administrator holds no QA or information-governance role at the same time (rule 8)."""
    others: frozenset[Role] = frozenset()
    if grant.role == Role.ADMINISTRATOR:
        others = NOT_WITH_ADMINISTRATOR
    elif grant.role in NOT_WITH_ADMINISTRATOR:
        others = frozenset({Role.ADMINISTRATOR})
    held = grant.user.grants.standing(grant.from_on).filter(~Q(pk=grant.pk), role__in=others)
    if grant.until_on:
        held = held.filter(from_on__lte=grant.until_on)
    if held.exists():
        raise NotPossible(
            "roles_clash",
            "An administrator holds no quality assurance or information governance role. "
            "End the other role first, or choose someone else.",
        )


def _second_person(grant: RoleGrant, by: User, session: str) -> RoleGrant:
    """The locked grant, once `by` may decide about it as its second person."""
    held = locked_grant(grant)
    check_role_grant_sensitive(by, held.user)
    check_two_people(held.granted_by, by)
    check_two_sessions(held.granted_session, session)
    return held


def _settle(grant: RoleGrant, **changes: object) -> None:
    # Conditional on its own, so that of two decisions at once one counts.
    waiting = RoleGrant.objects.pending().filter(pk=grant.pk)
    if waiting.update(**changes) != 1:
        raise NotPossible("not_pending", "This was confirmed, refused or taken back already.")
    grant.refresh_from_db()


def _end_later(grant: RoleGrant, on: datetime.date, *, today: datetime.date) -> None:
    if on < max(today, grant.from_on):
        raise NotPossible(
            "last_day_past", "The last day must be today or later, and not before the first day."
        )
    grant.until_on = on
    grant.save(update_fields=["until_on"])


def _write(grant: RoleGrant) -> None:
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "role_held", "This person holds the role there already. End that one first."
        ) from clash
