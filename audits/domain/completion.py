"""What a draft still lacks, and returning it: from then on its own grades are fixed (rule 10)."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from audits.choices import WEAK, Axis, ContributionSource, SafetyJudgement
from audits.domain import independence, states
from audits.domain.locking import locked_audit
from audits.domain.responding import is_late, raise_planned
from audits.domain.writing import PEOPLE, SAFETY
from audits.exceptions import IncompleteAudit, Missing
from audits.models import (
    Audit,
    AuditReturn,
    Domain,
    DomainEvidence,
    DomainGrade,
    FindingResponse,
)
from audits.models.audit_return import AuditReturnQuerySet
from audits.permissions import check_audit_return
from kit.exceptions import NotPossible
from kit.months import london_day

__all__ = ["Missing", "missing", "return_audit"]


@dataclass(frozen=True)
class Section:
    """One graded domain of a draft, with all that was written in it."""

    domain: Domain
    axes: Sequence[Axis]
    grades: dict[str, DomainGrade]
    evidence: DomainEvidence | None
    responses: Sequence[FindingResponse]

    @property
    def has_response(self) -> bool:
        return bool(self.responses)

    @property
    def is_left_out(self) -> bool:
        """Not applicable, with a reason, on every axis."""
        rows = [self.grades.get(axis) for axis in self.axes]
        return all(row is not None and row.is_not_applicable for row in rows)

    @property
    def given(self) -> list[int]:
        return [row.grade for row in self.grades.values() if row.grade is not None]

    @property
    def is_weak(self) -> bool:
        return any(grade in WEAK for grade in self.given)

    @property
    def is_two_apart(self) -> bool:
        return max(self.given, default=0) - min(self.given, default=0) > 1

    @property
    def has_rationale(self) -> bool:
        return any(row.rationale.strip() for row in self.grades.values())


def with_content(drafts: AuditReturnQuerySet) -> AuditReturnQuerySet:
    """With all that `lacks_of` reads: as many statements for many drafts as for one."""
    return drafts.select_related(
        "audit__round__tool_version__tool", "audit__case__team", "safety_answer"
    ).prefetch_related(
        "audit__round__tool_version__domains",
        "audit__concerns",
        "grades",
        "evidence",
        "responses__planned",
        "contributions",
        "saves",
    )


def missing(draft: AuditReturn, *, on: datetime.date | None = None) -> list[Missing]:
    """All that the draft still lacks, in the order of the form; empty when it can be returned.

    `on` is the day of the return, by default today: actions are not due before it.
    """
    loaded = with_content(AuditReturn.objects.all()).get(pk=draft.pk)
    return lacks_of(loaded, on=on or timezone.localdate())


def lacks_of(draft: AuditReturn, *, on: datetime.date) -> list[Missing]:
    """What a draft loaded by `with_content` still lacks."""
    sections = _sections(draft)
    found = [lack for section in sections for lack in _lacks(section, on)]
    return [*found, *_overall_lacks(draft, sections), *_people_lacks(draft), *_safety_lacks(draft)]


@transaction.atomic
def return_audit(audit: Audit, *, by: User, now: datetime.datetime | None = None) -> AuditReturn:
    """Return the draft: its own grades are fixed and stand until moderation changes them.

    Raises Refused ("audit_return_not_yours", "not_independent"), NotPossible
    ("return_not_possible") and IncompleteAudit.
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    check_audit_return(by, held)
    states.AUDIT.check(states.state_of(held), "return")
    independence.check_auditor(held, on=london_day(moment))
    draft = held.returns.drafts().get()
    draft.audit = held
    lacks = missing(draft, on=london_day(moment))
    if lacks:
        raise IncompleteAudit(lacks)
    raise_planned(draft, by=by, moment=moment)
    _fix(draft, by=by, moment=moment)
    history.record("audit_returned", subject=held, by=by, at=moment, version=draft.version)
    return draft


def _fix(draft: AuditReturn, *, by: User, moment: datetime.datetime) -> None:
    # Conditional on its own, so that two returns at once could never both count.
    drafts = AuditReturn.objects.filter(pk=draft.pk, returned_at__isnull=True)
    if drafts.update(returned_at=moment, returned_by=by) != 1:
        raise NotPossible("return_not_possible", "This audit was returned a moment ago.")
    draft.grades.update(standing=F("grade"))
    draft.returned_at, draft.returned_by = moment, by


def _sections(draft: AuditReturn) -> list[Section]:
    version = draft.audit.round.tool_version
    evidence = {text.domain_id: text for text in draft.evidence.all()}
    return [
        Section(
            domain=domain,
            axes=version.axes,
            grades={row.axis: row for row in draft.grades.all() if row.domain_id == domain.pk},
            evidence=evidence.get(domain.pk),
            responses=[row for row in draft.responses.all() if row.domain_id == domain.pk],
        )
        for domain in version.domains.all()
        if domain.is_graded
    ]


def _lacks(section: Section, on: datetime.date) -> Iterator[Missing]:
    for axis in section.axes:
        row = section.grades.get(axis)
        if row is None or (row.grade is None and not row.is_not_applicable):
            yield _lack(section, f"Give a grade for {axis.label.lower()}.")
    if section.is_two_apart and not section.has_rationale:
        yield _lack(section, "Say why the outcome is so different from the practice.")
    if any(is_late(response, on) for response in section.responses):
        yield _lack(section, "The action's day has passed. Choose a later one.")
    if not section.domain.is_overall and not section.is_left_out:
        yield from _domain_lacks(section)


def _domain_lacks(section: Section) -> Iterator[Missing]:
    evidence = section.evidence
    if evidence is None or not evidence.what_i_saw.strip():
        yield _lack(section, "Say what you saw.")
    if evidence is None or not evidence.difference_made.strip():
        yield _lack(section, "Say what difference it made for the child.")
    if section.is_weak and not section.has_response:
        yield _lack(section, "Say what should happen, or why no action is needed.")


def _overall_lacks(draft: AuditReturn, sections: list[Section]) -> Iterator[Missing]:
    overall = next(section for section in sections if section.domain.is_overall)
    if not draft.child_now.strip():
        yield _lack(overall, "Say what it is like to be this child now.")
    if _is_above_two(overall, sections) and not overall.has_rationale:
        yield _lack(overall, "Two sections are lower. Say why the overall is higher.")
    # An overall grade sums up its sections: what follows from any of them answers for it too.
    if overall.is_weak and not any(section.has_response for section in sections):
        yield _lack(overall, "Say what should happen, or why no action is needed.")


def _is_above_two(overall: Section, sections: list[Section]) -> bool:
    """Whether the overall grade is better than two or more domains on an axis (domain rule 6)."""
    for axis in overall.axes:
        top = overall.grades[axis].grade if axis in overall.grades else None
        others = [section.grades[axis].grade for section in sections if axis in section.grades]
        if top and sum(1 for grade in others if grade and grade < top) > 1:
            return True
    return False


def _people_lacks(draft: AuditReturn) -> Iterator[Missing]:
    if not any(row.source == ContributionSource.WORKER for row in draft.contributions.all()):
        yield Missing(PEOPLE, "Say when you talked to the worker, or why you did not.")


def _safety_lacks(draft: AuditReturn) -> Iterator[Missing]:
    answer = getattr(draft, "safety_answer", None)
    told = {concern.judgement for concern in draft.audit.concerns.all()}
    if answer is None:
        yield Missing(SAFETY, "Say whether the child is safe now, and how you know.")
    elif not _is_told(SafetyJudgement(answer.judgement), told):
        yield Missing(SAFETY, "Raise a safety concern, so that someone checks on the child now.")


def _is_told(judgement: SafetyJudgement, told: set[str]) -> bool:
    return judgement == SafetyJudgement.SAFE or bool(told & judgement.told_by)


def _lack(section: Section, sentence: str) -> Missing:
    return Missing(section.domain.code, sentence)
