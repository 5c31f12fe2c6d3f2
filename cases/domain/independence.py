"""Independence of a case (domain rule 3).

The auditor is not, and in the look-back (24 months) was not, the case's worker; not of the
case's team; not its manager up to head of service; and took no decision in the case. Directors
may audit unless they decided in it.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet

from accounts.choices import MembershipKind, UnitKind
from accounts.models import Membership, Unit, User
from cases.choices import IndependenceBreach, InvolvementKind
from cases.models import Case, WorkerAllocation
from kit.months import long_date


@dataclass(frozen=True)
class Breach:
    """One reason why a person is not independent of a case, in words for them."""

    kind: IndependenceBreach
    sentence: str


def breaches(user: User, *, case: Case, on: datetime.date, months: int = 24) -> list[Breach]:
    """Every reason why the person is not independent of the case on a day; empty when they are."""
    since = on - relativedelta(months=months)
    allocated = list(_in_window(case.allocations.select_related("worker", "team"), since, on))
    held = list(_in_window(user.memberships.select_related("unit"), since, on))
    # The case's team, and every team it was allocated in within the window.
    teams = [case.team, *(allocation.team for allocation in allocated)]
    found = [
        _as_worker(user, allocated),
        _in_team(held, teams),
        _as_manager(held, teams),
        _by_decision(user, case, since),
    ]
    return [breach for breach in found if breach]


def _as_worker(user: User, allocated: list[WorkerAllocation]) -> Breach | None:
    last = next((row for row in allocated if row.worker.user_id == user.pk), None)
    if last is None:
        return None
    return Breach(IndependenceBreach.WORKER, _sentence("this case's worker", last.until_on))


def _in_team(held: list[Membership], teams: list[Unit]) -> Breach | None:
    keys = {team.pk for team in teams}
    last = next((row for row in held if row.unit_id in keys), None)
    return _membership_breach(IndependenceBreach.TEAM, "in", last) if last else None


def _as_manager(held: list[Membership], teams: list[Unit]) -> Breach | None:
    above = {int(pk) for team in teams for pk in team.path.strip("/").split("/")}
    led = (row for row in held if row.kind == MembershipKind.LEAD and row.unit_id in above)
    last = next((row for row in led if row.unit.kind != UnitKind.DIRECTORATE), None)
    return _membership_breach(IndependenceBreach.MANAGER, "the manager of", last) if last else None


def _by_decision(user: User, case: Case, since: datetime.date) -> Breach | None:
    decided = case.involvements.filter(
        user=user, kind=InvolvementKind.DECIDED, happened_on__gte=since
    ).first()
    if decided is None:
        return None
    day = long_date(decided.happened_on)
    return Breach(IndependenceBreach.DECISION, f"you took a decision in this case on {day}")


def _in_window(dated: QuerySet[Any], since: datetime.date, on: datetime.date) -> QuerySet[Any]:
    """What had begun by the day and not ended before the window began, newest first."""
    ended_within = Q(until_on__isnull=True) | Q(until_on__gte=since)
    return dated.filter(ended_within, from_on__lte=on).order_by("-from_on")


def _membership_breach(kind: IndependenceBreach, as_what: str, membership: Membership) -> Breach:
    return Breach(kind, _sentence(f"{as_what} {membership.unit}", membership.until_on))


def _sentence(what: str, until_on: datetime.date | None) -> str:
    return f"you were {what} until {long_date(until_on)}" if until_on else f"you are {what}"
