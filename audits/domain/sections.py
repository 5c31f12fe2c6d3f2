"""What an auditor fills in, and how it becomes rows of a draft: one statement a kind of row."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from audits.choices import (
    AnswerType,
    Axis,
    ContributionSource,
    ContributionState,
    Grade,
)
from audits.models import (
    Answer,
    AuditReturn,
    Contribution,
    Domain,
    DomainEvidence,
    DomainGrade,
    Question,
)
from kit.exceptions import NotPossible

CHOSEN = {
    AnswerType.YES_PARTLY_NO: ("yes", "partly", "no", "cannot_tell"),
    AnswerType.YES_NO: ("yes", "no"),
}
NOT_APPLICABLE = "not_applicable"
ANSWER_WORDS = {
    "yes": "Yes",
    "partly": "Partly",
    "no": "No",
    "cannot_tell": "Can't tell",
    NOT_APPLICABLE: "Doesn't apply",
}


@dataclass(frozen=True)
class OwnGrade:
    """The auditor's grade of a domain on one axis, or why none applies; None while undecided.

    `rationale`: why the two grades differ by two steps, or why the overall is higher.
    """

    grade: Grade | None = None
    rationale: str = ""
    not_applicable_because: str = ""


@dataclass(frozen=True)
class OwnContribution:
    """Whether one source was asked, and what they said; `reason` where nobody was asked."""

    state: ContributionState
    reason: str = ""
    held_on: datetime.date | None = None
    words: str = ""


@dataclass(frozen=True)
class OwnSection:
    """What the auditor wrote in one graded section. What is not named stays as it was.

    `answers` are by question code: a code, several codes, a text, a number or a day, as the
    question's type asks; None takes an answer back.
    """

    what_i_saw: str | None = None
    difference_made: str | None = None
    grades: Mapping[Axis, OwnGrade] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """The texts that are given, by their column."""
        both = {"what_i_saw": self.what_i_saw, "difference_made": self.difference_made}
        return {name: text for name, text in both.items() if text is not None}


def write_sections(draft: AuditReturn, sections: Mapping[Domain, OwnSection]) -> None:
    """Evidence, grades and answers of some sections."""
    for domain in sections:
        if domain.version_id != draft.audit.round.tool_version_id:
            raise NotPossible(
                "not_of_this_tool", "That section belongs to another version of the tool."
            )
    _write_evidence(draft, sections)
    _write_grades(draft, sections)
    _write_answers(draft, sections)


def _write_evidence(draft: AuditReturn, sections: Mapping[Domain, OwnSection]) -> None:
    """The two texts of each domain (domain rule 6)."""
    together: dict[tuple[str, ...], list[DomainEvidence]] = defaultdict(list)
    for domain, own in sections.items():
        row = DomainEvidence(audit_return=draft, domain=domain, **own.texts)
        together[tuple(own.texts)].append(row)
    for columns, rows in together.items():
        if columns:
            DomainEvidence.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["audit_return", "domain"],
                update_fields=columns,
            )


def _write_grades(draft: AuditReturn, sections: Mapping[Domain, OwnSection]) -> None:
    """The auditor's own grades; nothing stands before the return."""
    rows = [
        _grade_row(draft, domain, axis, own)
        for domain, section in sections.items()
        for axis, own in section.grades.items()
    ]
    DomainGrade.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["audit_return", "domain", "axis"],
        update_fields=["grade", "is_not_applicable", "not_applicable_reason", "rationale"],
    )


def _write_answers(draft: AuditReturn, sections: Mapping[Domain, OwnSection]) -> None:
    """Answers by question code, each in the column of its type."""
    given = {
        (domain.pk, code): value
        for domain, section in sections.items()
        for code, value in section.answers.items()
    }
    if not given:
        return
    asked = Question.objects.filter(domain__in=sections).prefetch_related("options")
    known = {(question.domain_id, question.code): question for question in asked}
    unknown = sorted(code for domain, code in set(given) - set(known))
    if unknown:
        raise NotPossible("not_of_this_tool", f"This section does not ask {', '.join(unknown)}.")
    taken_back = [known[key] for key, value in given.items() if value is None]
    if taken_back:
        draft.answers.filter(question__in=taken_back).delete()
    Answer.objects.bulk_create(
        [
            _answer_row(draft, known[key], value)
            for key, value in given.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["audit_return", "question"],
        update_fields=["choice", "text", "number", "on"],
    )


def write_contributions(
    draft: AuditReturn, contributions: Mapping[ContributionSource, OwnContribution]
) -> None:
    """Who was asked; not asked needs a reason (domain rule 8)."""
    for own in contributions.values():
        if own.state == ContributionState.NOT_ASKED and not own.reason.strip():
            raise NotPossible("reason_missing", "Say why they were not asked.")
    Contribution.objects.bulk_create(
        [
            Contribution(
                audit_return=draft,
                source=source,
                state=own.state,
                reason=own.reason,
                held_on=own.held_on,
                words=own.words,
            )
            for source, own in contributions.items()
        ],
        update_conflicts=True,
        unique_fields=["audit_return", "source"],
        update_fields=["state", "reason", "held_on", "words"],
    )


def _grade_row(draft: AuditReturn, domain: Domain, axis: Axis, own: OwnGrade) -> DomainGrade:
    left_out = bool(own.not_applicable_because)
    if axis not in draft.audit.round.tool_version.axes:
        raise NotPossible("not_of_this_tool", f"This tool does not grade {axis}.")
    if left_out and (own.grade or not domain.may_be_not_applicable):
        raise NotPossible(
            "not_applicable_not_allowed",
            f"“{domain}” is graded, or not applicable: not both."
            if own.grade
            else f"“{domain}” applies to every child, so it needs a grade.",
        )
    return DomainGrade(
        audit_return=draft,
        domain=domain,
        axis=axis,
        grade=own.grade,
        is_not_applicable=left_out,
        not_applicable_reason=own.not_applicable_because,
        rationale=own.rationale,
    )


def _answer_row(draft: AuditReturn, question: Question, value: Any) -> Answer:
    answer = Answer(audit_return=draft, question=question)
    column, filled = _filled(question, value)
    setattr(answer, column, filled)
    return answer


def _filled(question: Question, value: Any) -> tuple[str, Any]:
    """The column of an answer and what goes into it; NotPossible for what the type forbids."""
    wanted: dict[str, tuple[str, Any]] = {
        AnswerType.DATE: ("on", datetime.date),
        AnswerType.NUMBER: ("number", (int, Decimal)),
        AnswerType.TEXT: ("text", str),
    }
    if question.answer_type in wanted and value != NOT_APPLICABLE:
        column, kinds = wanted[question.answer_type]
        _check_answer(isinstance(value, kinds), question)
        return column, value
    chosen = [value] if isinstance(value, str) else list(value)
    _check_answer(set(chosen) <= _codes(question), question)
    _check_answer(len(chosen) < 2 or question.answer_type == AnswerType.MANY, question)
    return "choice", ",".join(chosen)


def _codes(question: Question) -> set[str]:
    offered = CHOSEN.get(AnswerType(question.answer_type))
    codes = set(offered or (option.code for option in question.options.all()))
    return codes | ({NOT_APPLICABLE} if question.may_be_not_applicable else set())


def _check_answer(fits: bool, question: Question) -> None:
    if not fits:
        raise NotPossible(
            "answer_not_possible", f"Question {question.code} does not offer that answer."
        )
