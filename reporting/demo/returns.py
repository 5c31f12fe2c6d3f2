"""An audit filled in and returned.

The content is written as rows; whether anything is missing is checked by the verb that returns
it, which raises the actions too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from actions.models import Action
from audits.choices import ResponseKind, SafetyJudgement
from audits.domain import completion, drafting, safety
from audits.domain.sections import OwnSection, write_contributions, write_sections
from audits.domain.writing import PEOPLE, SAFETY, note_saved
from audits.models import (
    Audit,
    AuditReturn,
    Finding,
    FindingResponse,
    PlannedAction,
    SafetyAnswer,
)
from kit.working_days import add_working_days
from reporting.demo.action_life import ActionLife
from reporting.demo.children import Child
from reporting.demo.content import Content
from reporting.demo.learning import ActionPlan
from reporting.demo.stage import Stage
from reporting.demo.texts.compose import concern_text

OWNED_BY_WORKER = 0.65
FILLED_BEFORE = timedelta(minutes=12)
RAISED_BEFORE = timedelta(minutes=55)


@dataclass(frozen=True)
class Work:
    """One audit on the way to its return."""

    audit: Audit
    child: Child
    content: Content

    @property
    def overall(self) -> int:
        pair = self.content.grades["Z"]
        assert pair is not None  # the overall always applies
        return pair.practice


class Returning:
    """Fills drafts and returns them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def start(self, audit: Audit, moment: datetime) -> AuditReturn:
        return drafting.start(audit, by=audit.auditor, now=moment)

    def return_later(self, work: Work, moment: datetime, *, is_worried: bool = False) -> None:
        """Plan the hour in which the audit is finished; it is returned at the moment."""
        timeline = self.stage.timeline
        if is_worried:
            raised = moment - RAISED_BEFORE
            timeline.at(raised, lambda now: self._raise_concern(work, now))
        else:
            timeline.at(moment - FILLED_BEFORE, lambda now: self.fill(work, now))
        timeline.at(moment, lambda now: self._return(work, now))

    def fill(
        self,
        work: Work,
        moment: datetime,
        *,
        judgement: SafetyJudgement = SafetyJudgement.SAFE,
        evidence: str = "",
    ) -> None:
        """Write everything into the draft, and raise the actions that follow from it."""
        draft, content = self._draft(work.audit), work.content
        self._write_sections(draft, content)
        AuditReturn.objects.filter(pk=draft.pk).update(
            child_now=content.child_now,
            first_step=content.first_step,
            to_celebrate=content.to_celebrate,
        )
        write_contributions(draft, content.contributions)
        known = evidence or content.evidence_of_safety
        SafetyAnswer.objects.create(audit_return=draft, judgement=judgement, evidence=known)
        self._write_findings(draft, content)
        self._write_responses(draft, work, moment)
        note_saved(draft, [*content.sections, PEOPLE, SAFETY], moment)

    def fill_some(self, work: Work, codes: str, moment: datetime) -> None:
        """A draft that was begun: some sections and no more."""
        draft = self._draft(work.audit)
        sections = {
            self.stage.domains[code]: own
            for code, own in work.content.sections.items()
            if code in codes
        }
        write_sections(draft, sections)
        note_saved(draft, codes, moment)

    def _draft(self, audit: Audit) -> AuditReturn:
        draft = AuditReturn.objects.drafts().get(audit=audit)
        draft.audit = audit
        return draft

    def _write_sections(self, draft: AuditReturn, content: Content) -> None:
        domains = self.stage.domains
        sections = {domains[code]: own for code, own in content.sections.items()}
        sections[domains[PEOPLE]] = OwnSection(answers=content.people_answers)
        write_sections(draft, sections)

    def _write_findings(self, draft: AuditReturn, content: Content) -> None:
        findings = Finding.objects.bulk_create(
            Finding(
                audit_return=draft,
                domain=self.stage.domains[plan.domain],
                kind=plan.kind,
                text=plan.text,
            )
            for plan in content.findings
        )
        links = Finding.themes.through
        links.objects.bulk_create(
            links(finding=finding, theme=self.stage.themes[plan.theme])
            for finding, plan in zip(findings, content.findings, strict=True)
        )

    def _write_responses(self, draft: AuditReturn, work: Work, moment: datetime) -> None:
        plans = work.content.responses
        own = [(plan.domain, plan.action) for plan in plans if plan.action]
        rows = [self._planned(draft, work, action, moment) for _, action in own]
        made = PlannedAction.objects.bulk_create(rows)
        planned = {code: row for (code, _), row in zip(own, made, strict=True)}
        FindingResponse.objects.bulk_create(
            FindingResponse(
                audit_return=draft,
                domain=self.stage.domains[plan.domain],
                kind=plan.kind,
                planned=planned.get(plan.as_in or plan.domain),
                reason=plan.reason,
            )
            for plan in plans
        )

    def _planned(
        self, draft: AuditReturn, work: Work, plan: ActionPlan, moment: datetime
    ) -> PlannedAction:
        stage = self.stage
        is_workers = stage.rng.random() < OWNED_BY_WORKER
        return PlannedAction(
            audit_return=draft,
            what=plan.what,
            expected_impact=plan.different,
            due_on=add_working_days(moment.date(), max(1, round(plan.days * 5 / 7))),
            owner=stage.users[work.child.worker]
            if is_workers
            else stage.manager(work.child, moment),
        )

    def _return(self, work: Work, moment: datetime) -> None:
        """The return, which raises the actions; from then on they go their ways."""
        by = work.audit.auditor
        made = completion.return_audit(work.audit, by=by, now=moment)
        raised = made.responses.filter(kind=ResponseKind.NEW_ACTION).order_by("pk")
        for response in raised.select_related("action", "planned__owner"):
            if response.action and response.planned and response.action.raised_at == moment:
                self._begin(work, response.action, response.planned.owner, moment)

    def _begin(self, work: Work, action: Action, owner: User, moment: datetime) -> None:
        stage, about = self.stage, work.child.for_texts(moment.date())
        line = stage.line(work.child, moment)
        verifier = next(person for person in line if person != owner)
        if work.child.is_restricted:
            verifier = stage.qa_manager
        ActionLife(action, owner, verifier, about, stage.rng, stage.timeline).begin()

    def _raise_concern(self, work: Work, moment: datetime) -> None:
        """Something must be checked today: told at once, acknowledged, and settled that day."""
        stage = self.stage
        about = work.child.for_texts(moment.date())
        worry, done = concern_text(stage.rng, about, work.content.dates)
        judgement = SafetyJudgement.CHECK_TODAY
        concern = safety.raise_concern(
            work.audit, judgement=judgement, worry=worry, by=work.audit.auditor, now=moment
        )
        manager = stage.manager(work.child, moment)
        seen = moment + timedelta(minutes=stage.rng.randrange(4, 40))
        settled = seen + timedelta(minutes=stage.rng.randrange(70, 240))
        stage.timeline.at(seen, lambda now: safety.acknowledge(concern, by=manager, now=now))
        stage.timeline.at(
            settled,
            lambda now: safety.settle(concern, what_was_done=done, by=manager, now=now),
        )
        stage.timeline.at(
            moment + RAISED_BEFORE - FILLED_BEFORE,
            lambda now: self.fill(work, now, judgement=judgement, evidence=worry),
        )
