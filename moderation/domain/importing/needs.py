"""What imported audits refer to, made where it is missing: units, people, cases, rounds."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.choices import ManagerLevel
from accounts.domain import roles, units
from accounts.models import Unit, User
from audits.choices import RoundKind, Standing
from audits.models import Round
from cases.choices import PlanKind
from cases.models import Case
from kit.months import LONDON, month_name
from moderation.domain.importing.people import make_people
from moderation.domain.importing.places import Place
from moderation.domain.importing.plan import Entry, Plan
from moderation.domain.importing.tool import version_for

NOON = datetime.time(12)
NO_INITIALS = "\u2013"


@dataclass
class Needs:
    """All that the audits of one import refer to; levels and services are looked up once."""

    people: Mapping[str, User]
    cases: Mapping[str, Case]
    rounds: Mapping[datetime.date, Round]
    _services: dict[int, Unit] = field(default_factory=dict)
    _levels: dict[tuple[int, datetime.date], ManagerLevel] = field(default_factory=dict)

    def service_of(self, team: Unit) -> Unit:
        if team.pk not in self._services:
            self._services[team.pk] = units.service_of(team)
        return self._services[team.pk]

    def level_of(self, auditor: User, month: datetime.date) -> ManagerLevel:
        """The level held when the month began; of someone inactive nothing is known."""
        if not auditor.is_active:
            return ManagerLevel.OTHER
        if (auditor.pk, month) not in self._levels:
            self._levels[auditor.pk, month] = roles.manager_level(auditor, on=month)
        return self._levels[auditor.pk, month]


def noon(day: datetime.date) -> datetime.datetime:
    """Imported dates become 12:00 in London."""
    return datetime.datetime.combine(day, NOON, tzinfo=LONDON)


def team_of(entry: Entry) -> Unit:
    """The entry's unit, which has been made by now."""
    assert entry.place.unit is not None
    return entry.place.unit


def make_needs(plan: Plan, *, by: User, now: datetime.datetime) -> Needs:
    """Make what the plan needs, in the transaction of the import."""
    for place in plan.units_to_make:
        _make_unit(place, by=by, now=now)
    made_people = make_people(plan.people_to_make)
    return Needs(
        people={**plan.here.people, **made_people},
        cases={**plan.here.cases, **_make_cases(plan, by=by, now=now)},
        rounds={**plan.here.rounds, **_make_rounds(plan, by=by, now=now)},
    )


def _make_unit(place: Place, *, by: User, now: datetime.datetime) -> None:
    parent = place.parent.unit if place.parent else None
    place.unit = units.add_unit(name=place.name, kind=place.kind, parent=parent, by=by, now=now)


def _make_cases(plan: Plan, *, by: User, now: datetime.datetime) -> dict[str, Case]:
    """Cases known by their reference alone, open since the first audit of them was planned.

    The team is that of the latest month. A case list brings initials, dates and plan later.
    """
    wanted = set(plan.cases_to_make)
    entries = [entry for entry in plan.entries if entry.row.case_reference in wanted]
    latest = {
        entry.row.case_reference: entry for entry in sorted(entries, key=lambda one: one.row.month)
    }
    opened: dict[str, datetime.date] = {}
    for entry in entries:
        day, reference = entry.row.planned_on, entry.row.case_reference
        opened[reference] = min(day, opened.get(reference, day))
    made = [
        Case(
            reference=reference,
            initials=NO_INITIALS,
            plan_kind=PlanKind.UNKNOWN,
            team=team_of(entry),
            opened_on=opened[reference],
            imported_at=now,
            imported_by=by,
        )
        for reference, entry in latest.items()
    ]
    return {case.reference: case for case in Case.objects.bulk_create(made, batch_size=500)}


def _make_rounds(plan: Plan, *, by: User, now: datetime.datetime) -> dict[datetime.date, Round]:
    months = plan.months_to_open
    if not months:
        return {}
    version = version_for(plan.file.columns, by=by, now=now)
    made = []
    for month in months:
        first = min(e.row.planned_on for e in plan.entries if e.row.month == month)
        made.append(
            Round(
                name=f"Case-file audits of {month_name(month)}",
                kind=RoundKind.MONTHLY,
                standing=Standing.INDEPENDENT,
                in_ledger=True,
                tool_version=version,
                month=month,
                opens_on=min(month, first),
                due_on=month.replace(day=calendar.monthrange(month.year, month.month)[1]),
                # A report as at a past moment counts the rounds that there were then.
                created_at=noon(first),
                created_by=by,
            )
        )
    return {opened.month: opened for opened in Round.objects.bulk_create(made)}
