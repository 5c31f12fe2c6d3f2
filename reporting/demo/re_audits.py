"""Plays the re-audits that follow each audit standing at Inadequate (domain rule 16).

About half are held, some of them late; a third of those come out better. Some end without one,
because the case closed or is overseen elsewhere; the rest are late (tools.md section 16).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from audits.choices import RoundKind, Standing
from audits.domain import allocation, rounds
from audits.models import Audit, Round
from cases.domain.register import close_case
from kit.months import add_months, first_of, month_name
from kit.working_days import add_working_days, is_working_day
from moderation.choices import ReAuditEnd
from moderation.domain import re_audits
from moderation.models import ReAuditSchedule
from reporting.demo.auditors import Fate
from reporting.demo.chance import deck
from reporting.demo.children import Child
from reporting.demo.plan import AuditPlan, at
from reporting.demo.returns import Returning, Work
from reporting.demo.stage import Stage
from reporting.demo.texts.slots import in_holidays

BETTER, GOOD, STILL, LATE = "better", "good", "still", "late"
# What becomes of the first re-audit of each of the 58, and of the second where there is one.
FIRST = {
    BETTER: 8,
    GOOD: 2,
    STILL: 20,
    ReAuditEnd.CASE_CLOSED: 7,
    ReAuditEnd.OVERSEEN: 3,
    ReAuditEnd.MOVED: 2,
    LATE: 16,
}
SECOND = {BETTER: 6, STILL: 3, ReAuditEnd.CASE_CLOSED: 4, ReAuditEnd.OVERSEEN: 3, LATE: 7}
GRADES = {BETTER: 2, GOOD: 3, STILL: 1}
LATE_SHARE = 0.4


@dataclass
class ReAudits:
    """Schedules, rounds and audits of re-audits."""

    stage: Stage
    returning: Returning
    rounds: dict[date, Round] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = Random(f"re-audits {self.stage.seed}")
        self.courses = {1: deck(rng, FIRST), 2: deck(rng, SECOND)}

    def after_return(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        """Schedule one where the audit's own grade stands at Inadequate."""
        if plan.outcome and plan.outcome.own == 1:
            self._schedule_soon(plan.child, audit, moment)

    def after_settled(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        """Schedule one where moderation made it Inadequate."""
        if plan.outcome and plan.outcome.own > plan.outcome.stands == 1:
            self._schedule_soon(plan.child, audit, moment)

    def _schedule_soon(self, child: Child, audit: Audit, moment: datetime) -> None:
        rng = self.stage.rng
        day = add_working_days(moment.date(), rng.randrange(1, 4))
        self.stage.timeline.at(at(day, rng), partial(self._schedule, child, audit))

    def _schedule(self, child: Child, audit: Audit, moment: datetime) -> None:
        made = re_audits.schedule(audit, by=self.stage.qa_manager, now=moment)
        self._go_on(child, made)

    def _go_on(self, child: Child, made: ReAuditSchedule) -> None:
        """What becomes of a re-audit that is due."""
        decks = self.courses.get(made.number)
        course = decks.pop() if decks else LATE
        rng, timeline = self.stage.rng, self.stage.timeline
        if course in GRADES:
            days = rng.randrange(6, 38) if rng.random() < LATE_SHARE else rng.randrange(-14, 1)
            day = _school_day(made.due_on + timedelta(days=days))
            given = add_working_days(day, -rng.randrange(8, 13))
            grade = GRADES[course]
            timeline.at(at(given, rng, last=10), partial(self._give_out, child, made, day, grade))
        elif isinstance(course, ReAuditEnd):
            day = add_working_days(made.due_on, -rng.randrange(0, 15))
            timeline.at(at(day, rng), partial(self._end, child, made, course))

    def _give_out(
        self, child: Child, made: ReAuditSchedule, day: date, grade: int, moment: datetime
    ) -> None:
        stage, rng = self.stage, self.stage.rng
        month = first_of(day)
        opened = self._round(month, moment)
        auditor = stage.auditors.choose(child, month.replace(day=2), Fate.RETURNED)
        audit = allocation.allocate(
            opened,
            case=stage.case(child),
            auditor=stage.user(auditor),
            due_on=max(made.due_on, moment.date()),
            by=stage.qa_manager,
            now=moment,
        )
        started = at(add_working_days(day, -rng.randrange(1, 5)), rng)
        returned_at = at(day, rng, first=12)
        stage.timeline.at(started, partial(self.returning.start, audit))
        early = returned_at - timedelta(hours=2)
        write = partial(self._write, child, audit, made, returned_at, grade)
        stage.timeline.at(early, write)

    def _write(
        self,
        child: Child,
        audit: Audit,
        made: ReAuditSchedule,
        returned_at: datetime,
        grade: int,
        moment: datetime,
    ) -> None:
        stage, month = self.stage, first_of(returned_at)
        content = stage.writer.write(
            child, month=month, returned_on=returned_at.date(), overall=grade
        )
        self.returning.return_later(Work(audit, child, content), returned_at)
        later = returned_at + timedelta(hours=1)
        stage.timeline.at(later, partial(self._hold, child, audit, made))

    def _hold(self, child: Child, audit: Audit, made: ReAuditSchedule, moment: datetime) -> None:
        by = self.stage.qa_manager
        held = re_audits.hold(made, audit=audit, by=by, now=moment)
        after = re_audits.follow_up(held, by=by, now=moment)
        if after.ended_at is None:
            self._go_on(child, after)

    def _end(
        self, child: Child, made: ReAuditSchedule, because: ReAuditEnd, moment: datetime
    ) -> None:
        stage = self.stage
        by = stage.qa_manager
        if because in (ReAuditEnd.CASE_CLOSED, ReAuditEnd.MOVED):
            case = stage.case(child)
            closed = close_case(case, closed_on=moment.date(), by=by, now=moment)
            case.closed_on = closed.closed_on
        re_audits.end(
            made,
            because=because,
            by=by,
            second_by=stage.head_of_quality,
            now=moment,
        )

    def _round(self, month: date, moment: datetime) -> Round:
        if month not in self.rounds:
            last = add_months(month, 1) - timedelta(days=1)
            self.rounds[month] = rounds.open_round(
                name=f"Re-audits, {month_name(month)}",
                kind=RoundKind.RE_AUDIT,
                standing=Standing.INDEPENDENT,
                month=month,
                tool_version=self.stage.version,
                opens_on=min(moment.date(), month),
                due_on=last,
                by=self.stage.qa_manager,
                now=moment,
            )
        return self.rounds[month]


def _school_day(day: date) -> date:
    """The day, or the next working day of term."""
    while in_holidays(day) or not is_working_day(day):
        day += timedelta(days=1)
    return day
