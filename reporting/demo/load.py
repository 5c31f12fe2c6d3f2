"""Makes the demonstration: plans everything from a seed, then plays it in order of time."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction

from accounts.domain.people import system_user
from accounts.models import AuthoritySettings, User
from audits.domain.tools import publish_tool
from audits.models import Round
from audits.tools import read_themes, read_tool
from kit.exceptions import NotPossible
from kit.identity import seeded
from kit.months import LONDON, first_of, months_from
from kit.working_days import add_working_days
from reporting.demo import figures, people, units
from reporting.demo.auditors import Auditors
from reporting.demo.case_lists import CaseLists
from reporting.demo.children import Child
from reporting.demo.content import TOOL, Writer
from reporting.demo.families import plan_children
from reporting.demo.moderating import Moderating
from reporting.demo.months import Months
from reporting.demo.open_round import OpenRound
from reporting.demo.plan import AuditPlan, plan_audits
from reporting.demo.re_audits import ReAudits
from reporting.demo.returns import Returning
from reporting.demo.stage import Stage
from reporting.demo.unit_actions import plan_unit_actions
from reporting.demo.voices import Voices
from reporting.domain import schedule

NAME = "Aireborough Children's Services"
PASSWORD = "four-quiet-herons-by-the-weir"
NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX + "never-signs-in"
SET_UP = datetime(2023, 4, 3, 9, 12, 5, tzinfo=LONDON)
PUBLISHED = datetime(2023, 4, 5, 15, 30, 40, tzinfo=LONDON)
# Lists come in before the audits of a month are given out.
FIRST_LIST = date(2023, 4, 17)
LIST_BEFORE, LATER_LIST_BEFORE = 9, 3
LAST_LISTED = date(2024, 8, 1)
# The seven months are settled, and the round of today begins no earlier.
EARLIEST = date(2024, 1, 8)
WORRIED, SENT_BACK, LAST_SENT_BACK = 6, 8, date(2023, 11, 30)
GOOD_OR_BETTER = 3


@transaction.atomic
def load(*, seed: int, today: date) -> Stage:
    """Load the demonstration into a database without rounds, all of it or nothing.

    The same seed and day give the same records and the same history. Raises NotPossible
    ("has_rounds", "too_early").
    """
    check_possible(today)
    with seeded(f"demonstration {seed}"), _same_chances(seed):
        stage, plans = _set_up(seed, today)
        lists = CaseLists(stage, now=PUBLISHED)
        for moment, children in _lists(stage):
            stage.timeline.at(moment, partial(_bring_in, lists, children))
        _put_on(stage, plans, lists)
        stage.timeline.play(datetime.combine(today, time(8), tzinfo=LONDON))
    return stage


def check_possible(today: date) -> None:
    """Raise NotPossible unless the database has no rounds and the day lies after the story."""
    if Round.objects.exists():
        raise NotPossible(
            "has_rounds",
            "This database has rounds already, and the demonstration goes into an empty one. "
            "Choose another with AUDITSITE_VAR or DATABASE_URL.",
        )
    if today < EARLIEST:
        raise NotPossible(
            "too_early",
            "The demonstration tells of May to November 2023 and of a round today: "
            "choose a --today from 8 January 2024 on.",
        )


def sign_ins() -> list[tuple[str, User]]:
    """What each demonstration sign-in is for, and whose it is; none in another database."""
    found = []
    for who, (label, _, _) in people.SIGN_INS.items():
        user = User.objects.filter(email=people.sign_in_address(who)).first()
        if user:
            found.append((label, user))
    return found


def _set_up(seed: int, today: date) -> tuple[Stage, list[AuditPlan]]:
    """Units, people and the tool, and the plan of all that follows."""
    AuthoritySettings.objects.update_or_create(pk=1, defaults={"name": NAME})
    staff = people.plan_people(seed)
    register = plan_children(seed, staff, today)
    plans = plan_audits(seed, staff, register)
    made = units.add_units(by=system_user(), now=SET_UP)
    users = people.add_people(staff, made, by=system_user(), now=SET_UP)
    # One hash for all of them, with a salt that does not change from load to load.
    password = make_password(PASSWORD, salt=f"aireborough{seed}")
    addresses = [people.sign_in_address(who) for who in people.SIGN_INS]
    named = User.objects.filter(pk__in=[user.pk for user in users.values()])
    named.filter(email__in=addresses).update(password=password)
    named.exclude(email__in=addresses).update(password=NO_PASSWORD)
    manager = users[people.sign_in_address("qa.manager")]
    version = publish_tool(read_tool(TOOL), themes=read_themes(), by=manager, now=PUBLISHED)
    stage = Stage(
        seed=seed,
        today=today,
        people=staff,
        register=register,
        auditors=Auditors(seed, staff),
        writer=Writer(seed, Voices(seed, _returned(plans))),
        version=version,
        units=made,
        users=users,
    )
    return stage, plans


def _put_on(stage: Stage, plans: Sequence[AuditPlan], lists: CaseLists) -> None:
    """Everything onto the timeline."""
    returning, moderating = Returning(stage), Moderating(stage)
    re_audits = ReAudits(stage, returning)
    moderating.after_settled.append(re_audits.after_settled)
    told = [moderating.after_return, re_audits.after_return]
    months = Months(stage, returning, after_return=told)
    months.worried, months.sent_back = _exceptions(stage.rng, plans)
    for figures_of in figures.MONTHS:
        month = figures_of.month
        months.plan_month(month, [plan for plan in plans if plan.month == month])
    plan_unit_actions(stage)
    today = OpenRound(stage, returning, moderating, re_audits)
    today.put_on()
    listed = at_hour(add_working_days(today.given_out, -LATER_LIST_BEFORE))
    stage.timeline.at(listed, partial(_bring_in, lists, stage.register.later))
    ended = partial(lists.close_ended, stage.register.earlier)
    stage.timeline.at(listed, lambda now: ended(now=now))
    switched = at_hour(add_working_days(stage.today, -1))
    stage.timeline.at(switched, partial(_switch_reports_on, stage))


def _lists(stage: Stage) -> Iterator[tuple[datetime, list[Child]]]:
    """The children of the seven months, each on the first list after the case was opened."""
    days = [FIRST_LIST]
    months = months_from(date(2023, 6, 1), LAST_LISTED)
    days += [add_working_days(month, -LIST_BEFORE) for month in months]
    waiting = sorted(stage.register.earlier, key=lambda child: child.opened_on)
    for day in days:
        listed = [child for child in waiting if child.opened_on < day]
        waiting = [child for child in waiting if child.opened_on >= day]
        yield at_hour(day), listed


def _bring_in(lists: CaseLists, children: Sequence[Child], moment: datetime) -> None:
    lists.bring_in(children, now=moment)


def _switch_reports_on(stage: Stage, moment: datetime) -> None:
    """From this month on, so that the schedule issues nothing about 2023 by itself."""
    schedule.switch_on(first_month=first_of(stage.today), by=stage.qa_manager, now=moment)


def _returned(plans: Sequence[AuditPlan]) -> list[tuple[Child, date]]:
    return [(plan.child, plan.returned_at.date()) for plan in plans if plan.returned_at]


def _exceptions(rng: Random, plans: Sequence[AuditPlan]) -> tuple[set[str], set[str]]:
    """Children about whom a concern is raised, and those whose audits are sent back once."""
    plain = [plan for plan in plans if plan.outcome and not plan.child.is_restricted]
    weak = [plan for plan in plain if plan.outcome and plan.outcome.own < GOOD_OR_BETTER]
    worried = {plan.child.reference for plan in rng.sample(weak, WORRIED)}
    free = [
        plan
        for plan in plain
        if plan.outcome
        and plan.outcome.moderated is None
        and plan.child.reference not in worried
        and plan.returned_at
        and plan.returned_at.date() < LAST_SENT_BACK
    ]
    return worried, {plan.child.reference for plan in rng.sample(free, SENT_BACK)}


def at_hour(day: date) -> datetime:
    """When lists come in and settings are changed: a quarter to nine."""
    return datetime.combine(day, time(8, 45), tzinfo=LONDON)


@contextmanager
def _same_chances(seed: int) -> Iterator[None]:
    """What verbs leave to chance follows from the seed too, within the block."""
    before = random.getstate()
    random.seed(f"chances {seed}")
    try:
        yield
    finally:
        random.setstate(before)
