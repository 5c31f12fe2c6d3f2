"""Plays a month's round: opened, given out, excused, extended, begun, returned, sent back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from audits.choices import (
    ContributionSource,
    ContributionState,
    ExemptionReason,
    ExtensionReason,
    RoundKind,
    SafetyJudgement,
    Standing,
)
from audits.domain import allocation, completion, drafting, exempting, extending, rounds
from audits.domain.sections import OwnContribution
from audits.models import Audit, Round
from kit.months import LONDON, month_name
from kit.working_days import add_working_days
from moderation.domain import sending_back
from reporting.demo.auditors import Fate
from reporting.demo.content import Content
from reporting.demo.figures import MONTHS, Outcome
from reporting.demo.plan import AuditPlan, Excuse, at
from reporting.demo.returns import Returning, Work
from reporting.demo.stage import Stage
from reporting.demo.texts import lines
from reporting.demo.texts.compose import phrase
from reporting.demo.texts.slots import Dates

GIVEN_OUT_BEFORE = 4
BY_QUALITY = (ExemptionReason.SICK_LEAVE, ExemptionReason.VACANT_POST)
EXTENDED_SHARE = {Fate.RETURNED: 0.16, Fate.LEFT: 0.03, Fate.STARTED: 0.12}
EXTENSION_DAYS = 5
REFUSED_SHARE = 0.012
SEVEN_MONTHS = {month.month for month in MONTHS}
BARE = "No concerns."
BARE_REASON = "n/a"

AfterReturn = Callable[[AuditPlan, Audit, datetime], None]


@dataclass
class Months:
    """The rounds; what follows a return for good is told by `after_return`.

    `worried` and `sent_back` name the children whose audits raise a concern, or come back once
    with something missing; `halves` the sections that a draft gets.
    """

    stage: Stage
    returning: Returning
    worried: set[str] = field(default_factory=set)
    sent_back: set[str] = field(default_factory=set)
    halves: dict[str, str] = field(default_factory=dict)
    after_return: Sequence[AfterReturn] = ()

    def plan_month(self, month: date, plans: Sequence[AuditPlan]) -> None:
        """Put everything that happens to a month's audits on the timeline."""
        given_out = add_working_days(month, -GIVEN_OUT_BEFORE)
        opened = datetime.combine(given_out, time(9, 4, 12), tzinfo=LONDON)
        self.stage.timeline.at(opened, partial(self._open, month, plans))

    def open_monthly(self, month: date, due_on: date, moment: datetime) -> Round:
        return rounds.open_round(
            name=f"Monthly case-file audits, {month_name(month)}",
            kind=RoundKind.MONTHLY,
            standing=Standing.INDEPENDENT,
            month=month,
            tool_version=self.stage.version,
            opens_on=min(month, moment.date()),
            due_on=due_on,
            by=self.stage.qa_manager,
            now=moment,
        )

    def allocate(self, opened: Round, plan: AuditPlan, moment: datetime) -> Audit:
        stage = self.stage
        return allocation.allocate(
            opened,
            case=stage.case(plan.child),
            auditor=stage.user(plan.auditor),
            by=stage.qa_manager,
            now=moment,
        )

    def follow(self, plan: AuditPlan, audit: Audit) -> None:
        """What becomes of one audit after it is given out."""
        if plan.excuse:
            self._excuse(plan, audit, plan.excuse)
        else:
            self._maybe_extend(plan, audit)
        if plan.started_at and plan.outcome is None:
            self._begin_only(plan, audit, plan.started_at)
        if plan.started_at and plan.returned_at and plan.outcome:
            start = partial(self.returning.start, audit)
            self.stage.timeline.at(plan.started_at, start)
            # What is written is composed when the hour comes, in the order of the returns.
            early = plan.returned_at - timedelta(hours=2)
            write = partial(self._write, plan, audit, plan.returned_at, plan.outcome)
            self.stage.timeline.at(early, write)

    def _open(self, month: date, plans: Sequence[AuditPlan], moment: datetime) -> None:
        opened = self.open_monthly(month, plans[0].due_on, moment)
        for place, plan in enumerate(plans, start=1):
            given = moment + timedelta(seconds=41 * place)
            self.stage.timeline.at(given, partial(self._give_out, opened, plan))

    def _give_out(self, opened: Round, plan: AuditPlan, moment: datetime) -> None:
        self.follow(plan, self.allocate(opened, plan, moment))

    def _excuse(self, plan: AuditPlan, audit: Audit, excuse: Excuse) -> None:
        stage, reason = self.stage, excuse.reason
        about = plan.child.for_texts(excuse.asked_on)
        dates = Dates(excuse.asked_on - timedelta(days=90), excuse.asked_on)
        note = phrase(f"exceptions.{reason.value}", stage.rng, about, dates)
        by_quality = reason in BY_QUALITY
        by = stage.user(stage.qa_officers[0]) if by_quality else audit.auditor
        decided = at(excuse.decided_on, stage.rng, first=13)
        head = stage.head(plan.child.service, decided)
        approver = head if head != audit.auditor else stage.head_of_quality

        def ask(moment: datetime) -> None:
            exemption = exempting.ask(audit, reason=reason, note=note, by=by, now=moment)
            approve = partial(exempting.approve, exemption, by=approver)
            stage.timeline.at(decided, lambda now: approve(now=now))

        stage.timeline.at(at(excuse.asked_on, stage.rng, last=12), ask)

    def _maybe_extend(self, plan: AuditPlan, audit: Audit) -> None:
        """A little more time for some who would be late, and a refusal for a few who won't."""
        stage = self.stage
        is_late = plan.returned_at is None or plan.returned_at.date() > plan.due_on
        if is_late and stage.rng.random() < EXTENDED_SHARE[plan.fate]:
            asked = add_working_days(plan.due_on, -stage.rng.randrange(1, 4))
            stage.timeline.at(at(asked, stage.rng), partial(self._extend, plan, audit))
        elif plan.fate == Fate.LEFT and stage.rng.random() < REFUSED_SHARE:
            asked = add_working_days(plan.due_on, -stage.rng.randrange(3, 9))
            stage.timeline.at(at(asked, stage.rng), partial(self._ask_in_vain, audit))

    def _extend(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        stage = self.stage
        reason = stage.rng.choice(list(ExtensionReason))
        about = plan.child.for_texts(moment.date())
        dates = Dates(moment.date() - timedelta(days=60), moment.date())
        note = phrase(f"exceptions.{reason.value}", stage.rng, about, dates)
        later = add_working_days(plan.due_on, EXTENSION_DAYS)
        extension = extending.ask(
            audit, reason=reason, new_due_on=later, note=note, by=audit.auditor, now=moment
        )
        approve = partial(extending.approve, extension, by=stage.qa_manager)
        decided = moment + timedelta(minutes=stage.rng.randrange(30, 170))
        stage.timeline.at(decided, lambda now: approve(now=now))

    def _ask_in_vain(self, audit: Audit, moment: datetime) -> None:
        stage = self.stage
        notes, answers = lines("exceptions.refused_note"), lines("exceptions.refused_answer")
        place = stage.rng.randrange(len(notes))
        reason = stage.rng.choice((ExemptionReason.REDEPLOYED, ExemptionReason.RECORD_LOCKED))
        exemption = exempting.ask(
            audit, reason=reason, note=notes[place].say, by=audit.auditor, now=moment
        )
        because, by = answers[place].say, stage.head_of_quality
        refuse = partial(exempting.refuse, exemption, because=because, by=by)
        stage.timeline.at(moment + timedelta(days=1), lambda now: refuse(now=now))

    def _begin_only(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        """Started and never finished: some sections are there."""

        def begin(now: datetime) -> None:
            self.returning.start(audit, now)
            content = self._compose(plan, now, 2)
            drawn = self.stage.rng.choice(("A", "AB", "ABD", "ABCD", "H"))
            codes = self.halves.get(plan.child.reference, drawn)
            self.returning.fill_some(Work(audit, plan.child, content), codes, now)

        self.stage.timeline.at(moment, begin)

    def _compose(self, plan: AuditPlan, moment: datetime, overall: int) -> Content:
        return self.stage.writer.write(
            plan.child,
            month=plan.month,
            returned_on=moment.date(),
            overall=overall,
            is_brief=plan.is_brief,
            is_dealt=plan.fate == Fate.RETURNED and plan.month in SEVEN_MONTHS,
        )

    def _write(
        self,
        plan: AuditPlan,
        audit: Audit,
        returned_at: datetime,
        outcome: Outcome,
        moment: datetime,
    ) -> None:
        """Compose what is returned two hours later, and plan the return."""
        content = self._compose(plan, returned_at, outcome.own)
        reference = plan.child.reference
        work = Work(audit, plan.child, content)
        if reference in self.sent_back:
            self._return_twice(plan, work, returned_at)
            return
        self.returning.return_later(work, returned_at, is_worried=reference in self.worried)
        self.stage.timeline.at(returned_at, partial(self._tell, plan, audit))

    def _return_twice(self, plan: AuditPlan, work: Work, moment: datetime) -> None:
        """Returned with something missing, sent back with a question, returned with an answer."""
        stage = self.stage
        child, safety = ContributionSource.CHILD, stage.rng.random() < 0.5
        said = work.content.contributions[child]
        if safety or said.state != ContributionState.NOT_ASKED:
            question = "Please say how you know that the child is safe"
            first = replace(work.content, evidence_of_safety=BARE)
        else:
            question = "The child wasn't asked and there is no reason"
            bare = OwnContribution(ContributionState.NOT_ASKED, reason=BARE_REASON)
            first = replace(work.content, contributions=work.content.contributions | {child: bare})
        self.returning.return_later(replace(work, content=first), moment)
        day = add_working_days(moment.date(), stage.rng.randrange(1, 4))
        stage.timeline.at(at(day, stage.rng), partial(self._send_back, plan, work, question))

    def _send_back(self, plan: AuditPlan, work: Work, question: str, moment: datetime) -> None:
        stage = self.stage
        reason = next(
            line.say for line in lines("moderation.send_back") if line.say.startswith(question)
        )
        by = stage.user(stage.rng.choice(stage.qa_officers))
        draft = sending_back.send_back(work.audit, reason=reason, by=by, now=moment)
        day = add_working_days(moment.date(), stage.rng.randrange(1, 5))
        content = work.content

        def answer(now: datetime) -> None:
            auditor, said = work.audit.auditor, content.contributions
            safe, known = SafetyJudgement.SAFE, content.evidence_of_safety
            drafting.save_safety(draft, judgement=safe, evidence=known, by=auditor, now=now)
            drafting.save_people(draft, by=auditor, contributions=said, now=now)

        def return_again(now: datetime) -> None:
            completion.return_audit(work.audit, by=work.audit.auditor, now=now)
            self._tell(plan, work.audit, now)

        answered = at(day, stage.rng)
        stage.timeline.at(answered, answer)
        stage.timeline.at(answered + timedelta(minutes=9), return_again)

    def _tell(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        for told in self.after_return:
            told(plan, audit, moment)
