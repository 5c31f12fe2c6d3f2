"""What a head of service has before them: three sentences, and what needs them now."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import Count, Q

from accounts.choices import ManagerLevel, Role
from accounts.models import Unit, User
from actions.choices import ActionScope
from actions.domain.queries import overdue_at
from actions.models import Action
from audits.choices import Axis
from audits.domain.as_at import OUTSTANDING, overdue, with_due_dates, with_exemption
from audits.models import Audit, Round
from kit.months import add_months, first_of, london_day, month_name
from kit.working_days import add_working_days
from moderation.domain.queries import still_blind
from reporting.domain.counting.overall import count_overall, standing_counts
from reporting.domain.counting.returns import count_by, return_counts
from reporting.domain.dashboard.children import Children, children_at_inadequate
from reporting.domain.figures import GradeCounts, ReturnCounts
from reporting.domain.ledger import Ledger
from reporting.domain.narrative.wording import capital, tail, verb, word
from reporting.domain.start.months import home_units, month_ledger, newest_round
from reporting.domain.start.requests import Decisions, decisions

LONG_OVERDUE = 10
"""Working days past its date from which an action is told in the sentences."""

MONTHS = 12


@dataclass(frozen=True)
class Owing:
    """A manager whose audits of the service are not returned, to raise in supervision."""

    name: str
    level: str
    outstanding: int
    past_date: int


@dataclass(frozen=True)
class ServiceMonth:
    """The open month of a service, and who owes audits.

    `hidden` are not counted, because the reader still has to moderate them blind.
    """

    sentence: str
    counts: ReturnCounts
    owing: tuple[Owing, ...]
    hidden: int


@dataclass(frozen=True)
class HeadWork:
    """One service's work for its head, beside the safety concerns that lead every page.

    `children` stand at Inadequate, the late ones lead.
    """

    kind: ClassVar[str] = "head"

    unit: Unit
    month: ServiceMonth
    sentences: tuple[str, ...]
    children: Children
    overdue_actions: int
    overdue_for_children: int
    decisions: Decisions

    @property
    def heading(self) -> str:
        return self.unit.name

    @property
    def unit_id(self) -> UUID:
        return self.unit.public_id

    @property
    def urgency(self) -> int:
        if self.children.late or self.overdue_actions or self.month.counts.overdue:
            return 1
        return 2 if self.children.total or self.decisions.count else 3


def head_work(user: User, *, now: datetime.datetime) -> list[HeadWork]:
    """One for each service this person heads."""
    held = newest_round(now=now)
    units = home_units(user, Role.HEAD_OF_SERVICE)
    return [_work(unit, held, user=user, now=now) for unit in units]


def _work(unit: Unit, held: Round | None, *, user: User, now: datetime.datetime) -> HeadWork:
    known = Audit.objects.visible_to(user).filter(team__path__startswith=unit.path)
    children = children_at_inadequate(
        unit, rounds=_past_year(now), user=user, now=now, left_out=still_blind(user)
    )
    late_actions = _overdue_actions(unit, user, now)
    month = _month(unit, held, user, now)
    sentences = (
        month.sentence,
        _late_sentence(children.late),
        _action_sentence(late_actions["long"]),
    )
    return HeadWork(
        unit=unit,
        month=month,
        sentences=sentences,
        children=children,
        overdue_actions=late_actions["all"],
        overdue_for_children=late_actions["children"],
        decisions=decisions(known, user=user),
    )


def _past_year(now: datetime.datetime) -> list[int]:
    """The rounds of the monthly figures in the last 12 months."""
    since = add_months(first_of(london_day(now)), -MONTHS)
    rounds = Round.objects.filter(in_ledger=True, month__gt=since)
    return list(rounds.values_list("pk", flat=True))


def _month(unit: Unit, held: Round | None, user: User, now: datetime.datetime) -> ServiceMonth:
    if held is None:
        return ServiceMonth("No round of monthly audits has been opened.", ReturnCounts(), (), 0)
    ledger = month_ledger(unit, held.month, user=user, now=now)
    counts = return_counts(count_by(ledger, "month"))
    grades = standing_counts(count_overall(ledger), Axis.PRACTICE)
    sentence = _returned(held.month, counts, grades)
    return ServiceMonth(sentence, counts, tuple(_owing(ledger)), len(ledger.left_out))


def _returned(month: datetime.date, counts: ReturnCounts, grades: GradeCounts) -> str:
    """ "In November 9 of 41 scheduled audits came back (22.0%), 2 of them Inadequate."."""
    name = month_name(month)
    if not counts.scheduled:
        return f"In {name}, no audits were scheduled."
    audits = verb(counts.scheduled, "audit", "audits")
    came = f"{counts.rate.counts} scheduled {audits} came back{tail(counts.rate)}"
    if not grades.total:
        return f"In {name}, {came}."
    return f"In {name}, {came}, {grades.inadequate or 'none'} of them Inadequate."


def _late_sentence(late: int) -> str:
    if not late:
        return "No re-audit is late."
    are = verb(late, "re-audit is", "re-audits are")
    return f"{capital(word(late))} {are} late."


def _action_sentence(late: int) -> str:
    days = f"more than {LONG_OVERDUE} working days overdue"
    if not late:
        return f"No action for a child is {days}."
    are = verb(late, "action for a child is", "actions for children are")
    return f"{capital(word(late))} {are} {days}."


def _overdue_actions(unit: Unit, user: User, now: datetime.datetime) -> dict[str, int]:
    known = Action.objects.visible_to(user).filter(unit__path__startswith=unit.path)
    limit = add_working_days(london_day(now), -LONG_OVERDUE)
    child = Q(scope=ActionScope.CHILD)
    found: dict[str, int] = overdue_at(known, now).aggregate(
        all=Count("pk"),
        children=Count("pk", filter=child),
        long=Count("pk", filter=child & Q(due_on__lt=limit)),
    )
    return found


def _owing(ledger: Ledger) -> Iterator[Owing]:
    """By auditor, those with most past its date first."""
    at = ledger.as_at
    rows = (
        with_due_dates(with_exemption(ledger.audits(), at), at)
        .filter(OUTSTANDING)
        .values("auditor", "auditor__name", "auditor_level")
        .annotate(outstanding=Count("pk"), past_date=Count("pk", filter=overdue(at)))
        .order_by("-past_date", "-outstanding", "auditor__name", "auditor_level")
    )
    for row in rows:
        level = ManagerLevel(row["auditor_level"]).of_one
        yield Owing(row["auditor__name"], level, row["outstanding"], row["past_date"])
