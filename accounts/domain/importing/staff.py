"""What a file of staff would do, and doing it: by the same verbs as the pages.

A preview does everything and takes it back, so that it says what the import will, the refusals of
every verb included. The same file twice changes nothing.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.choices import UnitKind
from accounts.domain import history, tree
from accounts.domain.importing.rows import StaffRow, read_file
from accounts.domain.inviting import invite
from accounts.domain.memberships import join_unit
from accounts.domain.roles import grant_role
from accounts.domain.units import authority
from accounts.exceptions import Refused
from accounts.models import Unit, User
from accounts.permissions import check_user_manage
from kit.exceptions import NotPossible
from kit.months import london_day
from kit.spreadsheets.problems import HasProblems, Problem


@dataclass
class Made:
    """What a file makes: units, people invited, memberships and roles beside; what is wrong."""

    units: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    memberships: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.units) + len(self.people) + len(self.memberships) + len(self.roles)


def preview(content: bytes, *, by: User, now: datetime.datetime | None = None) -> Made:
    """What importing the file would do; nothing of it stays.

    Raises Refused ("user_manage_not_yours") and CannotRead.
    """
    with transaction.atomic():
        made = _carry_out(content, by=by, moment=now or timezone.now())
        transaction.set_rollback(True)
    return made


@transaction.atomic
def import_staff(
    content: bytes, *, by: User, sha256: str, now: datetime.datetime | None = None
) -> Made:
    """Do what the file says, all of it or nothing; new people are sent an invitation.

    Raises Refused ("user_manage_not_yours"), CannotRead and HasProblems.
    """
    moment = now or timezone.now()
    made = _carry_out(content, by=by, moment=moment)
    if made.problems:
        raise HasProblems(made.problems)
    if made.count:
        history.record(
            "staff_imported",
            subject=authority(),
            by=by,
            at=moment,
            sha256=sha256,
            units=len(made.units),
            people=len(made.people),
        )
    return made


def _carry_out(content: bytes, *, by: User, moment: datetime.datetime) -> Made:
    check_user_manage(by)
    file = read_file(content)
    made = Made(problems=list(file.problems))
    for row in file.rows:
        try:
            with transaction.atomic():
                _carry_out_row(row, made, by=by, moment=moment)
        except (NotPossible, Refused) as refusal:
            made.problems.append(Problem(row.line, "row", refusal.sentence))
    made.problems.sort()
    return made


def _carry_out_row(row: StaffRow, made: Made, *, by: User, moment: datetime.datetime) -> None:
    before = made.count
    unit = _unit(row.unit, made, by=by, moment=moment)
    if row.email:
        person = User.objects.people().filter(email__iexact=row.email).first()
        if person is None:
            person = _invited(row, unit, made, by=by, moment=moment)
        else:
            _joined(person, row, unit, made, by=by, moment=moment)
        _granted(person, row, unit, made, by=by, moment=moment)
    made.unchanged += made.count == before


def _unit(names: Sequence[str], made: Made, *, by: User, moment: datetime.datetime) -> Unit:
    """The unit of these names from below the authority on; what is missing is added."""
    unit = authority()
    if [name.casefold() for name in names] == [unit.name.casefold()]:
        return unit
    for depth, name in enumerate(names):
        below = unit.children.filter(name__iexact=name).first()
        if below is None:
            kind = _kind(depth, len(names))
            below = tree.add(name=name, kind=kind, parent=unit, by=by, now=moment)
            made.units.append(" > ".join(names[: depth + 1]))
        unit = below
    return unit


def _invited(row: StaffRow, unit: Unit, made: Made, *, by: User, moment: datetime.datetime) -> User:
    invitation = invite(
        email=row.email,
        name=row.name,
        post_title=row.post,
        unit=unit,
        kind=row.kind,
        from_on=row.from_on or london_day(moment),
        until_on=row.until_on,
        by=by,
        now=moment,
    )
    made.people.append(row.name)
    return invitation.user


def _joined(
    person: User, row: StaffRow, unit: Unit, made: Made, *, by: User, moment: datetime.datetime
) -> None:
    """Somebody who is here already belongs to the unit too, unless they do."""
    if person.memberships.on(london_day(moment)).filter(unit=unit, kind=row.kind).exists():
        return
    day = row.from_on or london_day(moment)
    if person.memberships.filter(unit=unit, kind=row.kind, from_on=day).exists():
        return
    until = row.until_on
    join_unit(person, unit=unit, kind=row.kind, from_on=day, until_on=until, by=by, now=moment)
    made.memberships.append(f"{person} in {unit}")


def _granted(
    person: User, row: StaffRow, unit: Unit, made: Made, *, by: User, moment: datetime.datetime
) -> None:
    if row.role is None:
        return
    day = row.from_on or london_day(moment)
    held = person.grants.standing(day).filter(role=row.role, unit=unit)
    if held.exists():
        return
    until = row.until_on
    grant_role(person, role=row.role, unit=unit, from_on=day, until_on=until, by=by, now=moment)
    made.roles.append(f"{row.role.label} for {person}")


def _kind(depth: int, count: int) -> UnitKind:
    """The last part is the team, the first of several the service, between them an area."""
    if depth == count - 1:
        return UnitKind.TEAM
    return UnitKind.AREA if depth else UnitKind.SERVICE
