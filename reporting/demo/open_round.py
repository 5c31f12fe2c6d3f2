"""This month's round, on which the people who sign in work: something of everything waits.

It lies outside the figures of the seven months. Everything happened before today, so that what is
open is open now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from audits.models import Audit
from kit.months import add_months, first_of
from kit.working_days import add_working_days
from moderation.choices import ChosenBecause, Settlement
from moderation.domain import sending_back, settling
from moderation.models import Moderation
from reporting.demo import people as staff
from reporting.demo.auditors import Fate, is_independent
from reporting.demo.chance import one
from reporting.demo.children import Child
from reporting.demo.content import judged
from reporting.demo.families import OPEN_ROUND
from reporting.demo.figures import Outcome
from reporting.demo.moderating import Moderating
from reporting.demo.months import Months
from reporting.demo.people import Person
from reporting.demo.plan import AuditPlan, at
from reporting.demo.re_audits import ReAudits
from reporting.demo.returns import Returning
from reporting.demo.stage import Stage
from reporting.demo.texts.compose import phrase
from reporting.demo.waiting import ask_undecided, raise_for_managers

GIVEN_OUT_BEFORE, LEAST_WORKING_DAYS = 4, 12
FATES = {Fate.RETURNED: 27, Fate.STARTED: 12, Fate.LEFT: 61}
GRADES = {4: 4, 3: 34, 2: 44, 1: 18}
TO_DO, BEGUN, SIGHTED, PROPOSED, WAITING, SUPPORTED = (
    "to do",
    "begun",
    "sighted",
    "proposed",
    "waiting for the panel",
    "supported",
)
# What waits for the QA officer who signs in, and for the others.
# What waits for the QA officer who signs in, and for the others.
MINE = (TO_DO, TO_DO, BEGUN, SIGHTED, PROPOSED, WAITING, SUPPORTED, TO_DO)
OTHERS = (TO_DO, SUPPORTED, TO_DO)
LOWERED = (PROPOSED, WAITING)
BEGUN_SECTIONS = "ABC"
# The audits of the manager who signs in: the service of the child, and how far each has come.
NOT_STARTED, HALF_DONE, ASKED_BACK, MODERATED = "not started", "half done", "sent back", "moderated"
OWN = {
    "Children in care": NOT_STARTED,
    "Referral and assessment": NOT_STARTED,
    "Safeguarding West": HALF_DONE,
    "Leaving care": ASKED_BACK,
    "Disabled children": MODERATED,
}
HALF = "ABCD"
QUESTION = "You say that supervision was held as it should be. Which dates did you see?"


@dataclass(frozen=True)
class Task:
    """A moderation of the open round: whose it is and how far it has come."""

    moderator: Person
    state: str


class OpenRound:
    """Plans the round of the month of `stage.today`."""

    def __init__(
        self, stage: Stage, returning: Returning, moderating: Moderating, re_audits: ReAudits
    ) -> None:
        self.stage, self.rng, self.moderating = stage, stage.rng, moderating
        told = [self._after_return, re_audits.after_return]
        self.months = Months(stage, returning, after_return=told)
        self.month = first_of(stage.today)
        self.given_out = min(
            add_working_days(self.month, -GIVEN_OUT_BEFORE),
            add_working_days(stage.today, -LEAST_WORKING_DAYS),
        )
        self.due_on = _last_working_day(self.month)
        self.tasks: dict[str, Task] = {}
        self.asked_back: set[str] = set()

    def put_on(self) -> None:
        """Everything onto the timeline."""
        children = {
            service: list(self.stage.register.to_audit[self.month, service])
            for service in OPEN_ROUND
        }
        plans = [*self._own(children), *self._others(children)]
        self._choose_tasks(plans)
        opened = at(self.given_out, self.rng, last=10)
        act = partial(self._open, [self._as_moderated(plan) for plan in plans])
        self.stage.timeline.at(opened, act)
        raised = at(self._days_ago(LEAST_WORKING_DAYS - 1), self.rng)
        self.stage.timeline.at(raised, partial(raise_for_managers, self.stage))

    def _open(self, plans: list[AuditPlan], moment: datetime) -> None:
        opened = self.months.open_monthly(self.month, self.due_on, moment)
        left = []
        for place, plan in enumerate(plans, start=1):
            audit = self.months.allocate(opened, plan, moment + timedelta(seconds=41 * place))
            self.months.follow(plan, audit)
            if plan.fate == Fate.LEFT and place > len(OWN):
                left.append(audit)
        ask_undecided(self.stage, left[2:5], self._days_ago(1))

    def _own(self, children: dict[str, list[Child]]) -> Iterator[AuditPlan]:
        """The audits of the manager who signs in."""
        person = staff.sign_in(self.stage.people, "auditor")
        for service, state in OWN.items():
            row = children[service]
            child = next(child for child in row if self._is_free(person, child))
            row.remove(child)
            self.stage.auditors.give(person, self.month)
            plan = AuditPlan(self.month, self.due_on, child, person, Fate.LEFT)
            yield self._own_plan(plan, state)

    def _own_plan(self, plan: AuditPlan, state: str) -> AuditPlan:
        reference = plan.child.reference
        if state == HALF_DONE:
            self.months.halves[reference] = HALF
            started = at(self._days_ago(3), self.rng)
            return replace(plan, fate=Fate.STARTED, started_at=started)
        if state == ASKED_BACK:
            self.asked_back.add(reference)
            return self._returned(plan, self._days_ago(5), Outcome(2))
        if state == MODERATED:
            moderator = self.stage.qa_officers[1]
            self.tasks[reference] = Task(moderator, SUPPORTED)
            return self._returned(plan, self._days_ago(7), Outcome(3))
        return plan

    def _others(self, children: dict[str, list[Child]]) -> Iterator[AuditPlan]:
        for row in children.values():
            for child in row:
                fate = one(self.rng, FATES)
                auditor = self.stage.auditors.choose(child, self.month, fate)
                plan = AuditPlan(self.month, self.due_on, child, auditor, fate)
                ago = self._days_ago(self.rng.randrange(1, LEAST_WORKING_DAYS - 3))
                if fate == Fate.RETURNED:
                    yield self._returned(plan, ago, Outcome(one(self.rng, GRADES)))
                elif fate == Fate.STARTED:
                    yield replace(plan, started_at=at(ago, self.rng))
                else:
                    yield plan

    def _returned(self, plan: AuditPlan, day: date, outcome: Outcome) -> AuditPlan:
        started = at(add_working_days(day, -1), self.rng)
        returned = at(day, self.rng, first=12)
        return replace(
            plan,
            fate=Fate.RETURNED,
            started_at=started,
            returned_at=returned,
            outcome=outcome,
        )

    def _choose_tasks(self, plans: list[AuditPlan]) -> None:
        """Moderations for the returned audits that came back early enough."""
        first = staff.sign_in(self.stage.people, "qa.officer")
        others = [person for person in self.stage.qa_officers if person != first]
        tasks = [Task(first, state) for state in MINE]
        tasks += [Task(others[place], state) for place, state in enumerate(OTHERS)]
        free = [plan for plan in plans if self._may_be_moderated(plan)]
        self.tasks |= {plan.child.reference: task for plan, task in zip(free, tasks, strict=False)}

    def _may_be_moderated(self, plan: AuditPlan) -> bool:
        reference = plan.child.reference
        is_taken = reference in self.tasks or reference in self.asked_back
        if plan.returned_at is None or plan.outcome is None or is_taken:
            return False
        early = plan.returned_at.date() <= self._days_ago(4)
        return early and plan.outcome.own in (2, 3) and not plan.child.is_restricted

    def _as_moderated(self, plan: AuditPlan) -> AuditPlan:
        """With the moderator's grade, which the state of its moderation asks for."""
        task = self.tasks.get(plan.child.reference)
        if task is None or plan.outcome is None:
            return plan
        own = plan.outcome.own
        return replace(plan, outcome=Outcome(own, own - (task.state in LOWERED)))

    def _after_return(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        task = self.tasks.get(plan.child.reference)
        day = add_working_days(moment.date(), 1)
        if task:
            self.stage.timeline.at(at(day, self.rng), partial(self._give, plan, audit, task))
        elif plan.child.reference in self.asked_back:
            later = at(self._days_ago(2), self.rng)
            self.stage.timeline.at(later, partial(self._send_back, audit))

    def _give(self, plan: AuditPlan, audit: Audit, task: Task, moment: datetime) -> None:
        is_sighted = task.state == SIGHTED
        moderation = self.moderating.give(
            audit,
            self.stage.user(task.moderator),
            ChosenBecause.BY_HAND if is_sighted else ChosenBecause.RANDOM,
            plan.outcome.own if plan.outcome else 2,
            moment,
            is_sighted=is_sighted,
        )
        day = add_working_days(moment.date(), 1)
        if task.state == BEGUN:
            later = partial(self._begin, moderation, plan)
            self.stage.timeline.at(at(day, self.rng), later)
        elif task.state not in (TO_DO, SIGHTED):
            later = partial(self._commit, moderation, plan, task)
            self.stage.timeline.at(at(day, self.rng, last=14), later)

    def _begin(self, moderation: Moderation, plan: AuditPlan, moment: datetime) -> None:
        """Some sections are graded; the rest is still to do."""
        self.moderating.save_some(moderation, plan, BEGUN_SECTIONS, moment)

    def _commit(
        self, moderation: Moderation, plan: AuditPlan, task: Task, moment: datetime
    ) -> None:
        self.moderating.commit(moderation, plan, moment)
        if task.state == PROPOSED:
            dates = judged(plan.child, moment.date())
            about = plan.child.for_texts(dates.last)
            reason = phrase("moderation.settled_moderator", self.rng, about, dates)
            propose = partial(
                settling.propose,
                moderation,
                settlement=Settlement.MODERATOR,
                reason=reason,
                by=moderation.moderator,
            )
            later = moment + timedelta(minutes=50)
            self.stage.timeline.at(later, lambda now: propose(now=now))

    def _send_back(self, audit: Audit, moment: datetime) -> None:
        by = self.stage.user(self.stage.qa_officers[-1])
        sending_back.send_back(audit, reason=QUESTION, by=by, now=moment)

    def _is_free(self, person: Person, child: Child) -> bool:
        return not child.is_restricted and is_independent(person, child, self.month)

    def _days_ago(self, count: int) -> date:
        return add_working_days(self.stage.today, -count)


def _last_working_day(month: date) -> date:
    return add_working_days(add_months(month, 1), -1)
