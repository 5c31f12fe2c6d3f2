"""What happens to each audit of the seven months: pure planning, the same for the same seed.

Returns cluster in the last five working days before the due date and in the week after it;
almost none come in the school holidays, and directors return theirs late (tools.md section 16).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from accounts.choices import ManagerLevel
from audits.choices import ExemptionReason
from kit.months import LONDON
from kit.working_days import add_working_days, is_working_day
from reporting.demo import figures
from reporting.demo.auditors import Auditors, Fate, is_independent
from reporting.demo.chance import deck, shuffled
from reporting.demo.children import Child
from reporting.demo.families import Register
from reporting.demo.figures import MonthFigures, Outcome
from reporting.demo.people import Person
from reporting.demo.texts.slots import in_holidays

LAST_RETURN = date(2023, 12, 15)
RUSH_DAYS = 5
# How likely a return is on a day: before the rush, in it, in the holidays; after it, it decays.
QUIET, RUSH, HOLIDAY, AFTER = 0.5, 6.0, 0.04, 1.2
AFTER_DAYS, LATEST_DAYS = 12, 60
STARTED_SHARE = 0.16
EXEMPTIONS = {
    ExemptionReason.VACANT_POST: 12,
    ExemptionReason.SICK_LEAVE: 12,
    ExemptionReason.NEW_AUDITOR: 10,
    ExemptionReason.REDEPLOYED: 7,
    ExemptionReason.RECORD_LOCKED: 3,
    ExemptionReason.TRANSFER_WEEK: 3,
    ExemptionReason.SERIOUS_INCIDENT: 2,
}
ABOUT_THE_CASE = (ExemptionReason.RECORD_LOCKED, ExemptionReason.SERIOUS_INCIDENT)


@dataclass(frozen=True)
class Excuse:
    """Why an audit is excused, when that is asked for and when it is granted."""

    reason: ExemptionReason
    asked_on: date
    decided_on: date


@dataclass(frozen=True)
class AuditPlan:
    """One planned audit. What does not happen to it is None."""

    month: date
    due_on: date
    child: Child
    auditor: Person
    fate: Fate
    is_brief: bool = False
    excuse: Excuse | None = None
    started_at: datetime | None = None
    returned_at: datetime | None = None
    outcome: Outcome | None = None


def at(day: date, rng: Random, *, first: int = 9, last: int = 17) -> datetime:
    """A moment of a working day, London time, with seconds as clocks have them."""
    seconds = rng.randrange(first * 3600, last * 3600)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return datetime.combine(day, clock, tzinfo=LONDON)


def plan_audits(seed: int, people: tuple[Person, ...], register: Register) -> list[AuditPlan]:
    """Every audit of the seven months, month by month."""
    rng, auditors = Random(f"plan {seed}"), Auditors(seed, people)
    reasons = [reason for reason, count in EXEMPTIONS.items() for _ in range(count)]
    plans = []
    for month in figures.MONTHS:
        rows = [
            plan
            for cell in month.cells
            for plan in _cell(rng, auditors, month, cell, register, reasons)
        ]
        plans += _with_outcomes(rng, month, rows)
    return plans


def return_day(rng: Random, month: date, due_on: date, *, is_late: bool = False) -> date:
    """The day a manager returns an audit that was due on `due_on`."""
    first = add_working_days(due_on, 1) if is_late else add_working_days(month, 4)
    last = min(due_on + timedelta(days=LATEST_DAYS), LAST_RETURN)
    span = (first + timedelta(days=step) for step in range((last - first).days + 1))
    days = [day for day in span if is_working_day(day)]
    rush = rush_days(month, due_on)
    return rng.choices(days, [_likely(day, rush) for day in days])[0]


def rush_days(month: date, due_on: date) -> list[date]:
    """The last working days of term up to the due date, and the first after it."""
    before = [day for step in range(40) if _is_term(day := due_on - timedelta(days=step))]
    after = [day for step in range(1, 60) if _is_term(day := due_on + timedelta(days=step))]
    begun = [day for day in before[:RUSH_DAYS] if day >= month]
    return sorted(begun + after[:RUSH_DAYS])


def _cell(
    rng: Random,
    auditors: Auditors,
    month: MonthFigures,
    cell: figures.Cell,
    register: Register,
    reasons: list[ExemptionReason],
) -> Iterator[AuditPlan]:
    started = round(cell.not_returned * STARTED_SHARE)
    fates = {
        Fate.RETURNED: cell.returned,
        Fate.STARTED: started,
        Fate.LEFT: cell.not_returned - started,
    }
    children = register.to_audit[month.month, cell.service]
    excused, others = children[: cell.exempted], children[cell.exempted :]
    yield from _excused(rng, auditors, month, excused, reasons)
    for child, fate in zip(others, deck(rng, fates), strict=True):
        auditor = auditors.choose(child, month.month, fate)
        plan = AuditPlan(month.month, month.due_on, child, auditor, fate)
        yield _dated(rng, replace(plan, is_brief=auditor in auditors.brief))


def _excused(
    rng: Random,
    auditors: Auditors,
    month: MonthFigures,
    children: list[Child],
    reasons: list[ExemptionReason],
) -> Iterator[AuditPlan]:
    """An auditor who is away all month is excused from several audits by one decision."""
    plan: AuditPlan | None = None
    for child in children:
        reason = reasons.pop(0)
        if plan and _is_same(plan, child, reason):
            plan = replace(plan, child=child)
            auditors.give(plan.auditor, month.month)
        else:
            auditor = _excused_auditor(auditors, child, month.month, reason)
            asked = add_working_days(month.month, rng.randrange(1, 12))
            excuse = Excuse(reason, asked, asked + timedelta(days=rng.randrange(10)))
            plan = AuditPlan(
                month.month, month.due_on, child, auditor, Fate.EXEMPTED, excuse=excuse
            )
        yield plan


def _is_same(plan: AuditPlan, child: Child, reason: ExemptionReason) -> bool:
    """Whether the reason is about the auditor of the last plan, who could audit this child too."""
    is_about_auditor = plan.excuse and plan.excuse.reason == reason not in ABOUT_THE_CASE
    return bool(is_about_auditor) and is_independent(plan.auditor, child, plan.month)


def _excused_auditor(
    auditors: Auditors, child: Child, month: date, reason: ExemptionReason
) -> Person:
    newest = auditors.newest(month)
    if reason == ExemptionReason.NEW_AUDITOR and is_independent(newest, child, month):
        return auditors.give(newest, month)
    return auditors.choose(child, month, Fate.EXEMPTED)


def _dated(rng: Random, plan: AuditPlan) -> AuditPlan:
    """With the moments of its start and return."""
    if plan.fate == Fate.RETURNED:
        is_late = plan.auditor.level == ManagerLevel.DIRECTOR
        day = return_day(rng, plan.month, plan.due_on, is_late=is_late)
        begun = max(add_working_days(day, -rng.randrange(1, 7)), add_working_days(plan.month, 2))
        return replace(plan, started_at=at(begun, rng), returned_at=at(day, rng, first=11))
    if plan.fate == Fate.STARTED:
        day = add_working_days(plan.due_on, rng.randrange(-6, 4))
        return replace(plan, started_at=at(day, rng))
    return plan


def _with_outcomes(rng: Random, month: MonthFigures, rows: list[AuditPlan]) -> list[AuditPlan]:
    """The month's grades, dealt out to the audits that come back; restricted ones not moderated."""
    outcomes = shuffled(rng, list(month.outcomes()))
    returned = [plan for plan in rows if plan.fate == Fate.RETURNED]
    given = {}
    for plan in sorted(returned, key=lambda plan: not plan.child.is_restricted):
        fitting = (
            found for found in outcomes if not (plan.child.is_restricted and found.moderated)
        )
        given[plan.child.reference] = next(fitting)
        outcomes.remove(given[plan.child.reference])
    return [replace(plan, outcome=given.get(plan.child.reference)) for plan in rows]


def _likely(day: date, rush: list[date]) -> float:
    if in_holidays(day):
        return HOLIDAY
    if day in rush:
        return RUSH
    if day < rush[0]:
        return QUIET
    return AFTER * math.exp(-(day - rush[-1]).days / AFTER_DAYS)


def _is_term(day: date) -> bool:
    return is_working_day(day) and not in_holidays(day)
