"""All that one version of an audit says, section by section: for its form and for reading it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.choices import Axis
from audits.domain.sections import ANSWER_WORDS
from audits.models import (
    Answer,
    AuditReturn,
    Domain,
    DomainEvidence,
    DomainGrade,
    Finding,
    FindingResponse,
    Question,
)
from kit.months import long_date


@dataclass(frozen=True)
class SectionContent:
    """One section of a version with what was written in it; `answers` by the question's key."""

    domain: Domain
    axes: Sequence[Axis]
    questions: Sequence[Question]
    answers: dict[int, Answer]
    evidence: DomainEvidence | None
    grades: dict[str, DomainGrade]
    findings: Sequence[Finding]
    responses: Sequence[FindingResponse]

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Each question that has an answer, and the answer in words."""
        given = [(row, self.answers[row.pk]) for row in self.questions if row.pk in self.answers]
        return [(row.text, answer_text(row, answer)) for row, answer in given]

    @property
    def rationale(self) -> str:
        return next((row.rationale for row in self.grades.values() if row.rationale), "")

    @property
    def left_out_because(self) -> str:
        reasons = (row.not_applicable_reason for row in self.grades.values())
        return next((reason for reason in reasons if reason), "")


def answer_text(question: Question, answer: Answer) -> str:
    """An answer as it is read: "Partly", "School, Health", "3 March 2026", "6"."""
    if answer.on:
        return long_date(answer.on)
    if answer.number is not None:
        return plain_number(answer.number)
    labels = ANSWER_WORDS | {option.code: option.label for option in question.options.all()}
    chosen = [labels.get(code, code) for code in answer.choice.split(",") if code]
    return ", ".join(chosen) or answer.text


def plain_number(number: Decimal) -> str:
    """A number without the zeros that its column adds: "6", "6.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def section_content(version: AuditReturn, domain: Domain | None) -> SectionContent:
    """One section of a version; an empty one for a section that the tool has no questions for."""
    if domain is None:
        return SectionContent(Domain(), (), (), {}, None, {}, (), ())
    return contents_of(version, [domain])[0]


def contents_of(version: AuditReturn, domains: Sequence[Domain]) -> list[SectionContent]:
    """These sections of a version: as many statements for all as for one."""
    axes = version.audit.round.tool_version.axes
    asked = Question.objects.filter(domain__in=domains).prefetch_related("options")
    questions = list(asked.order_by("position"))
    answers = {row.question_id: row for row in version.answers.filter(question__in=questions)}
    evidence = {row.domain_id: row for row in version.evidence.filter(domain__in=domains)}
    grades = list(version.grades.filter(domain__in=domains))
    findings = version.findings.filter(domain__in=domains).prefetch_related("themes")
    found = list(findings.order_by("pk"))
    responses = _responses(version, domains)
    return [
        SectionContent(
            domain=domain,
            axes=axes,
            questions=[row for row in questions if row.domain_id == domain.pk],
            answers=answers,
            evidence=evidence.get(domain.pk),
            grades=_in_order(axes, [row for row in grades if row.domain_id == domain.pk]),
            findings=[row for row in found if row.domain_id == domain.pk],
            responses=[row for row in responses if row.domain_id == domain.pk],
        )
        for domain in domains
    ]


def _in_order(axes: Sequence[Axis], rows: Sequence[DomainGrade]) -> dict[str, DomainGrade]:
    """Grades by axis, in the tool's order."""
    found = {row.axis: row for row in rows}
    return {axis.value: found[axis] for axis in axes if axis in found}


def _responses(version: AuditReturn, domains: Sequence[Domain]) -> list[FindingResponse]:
    rows = version.responses.filter(domain__in=domains).order_by("pk")
    return list(
        rows.select_related("action", "planned__owner").prefetch_related("action__owners__user")
    )
