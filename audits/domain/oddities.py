"""What looks odd in a draft: said before the return as a warning, never a block."""

import re
from collections.abc import Iterator

from audits.choices import ANSWERED, ContributionSource
from audits.domain.writing import PEOPLE
from audits.exceptions import Missing
from audits.models import AuditReturn, Domain, DomainEvidence, Question

MOST_ACTIONS = 5


def oddities(draft: AuditReturn) -> list[Missing]:
    """Warnings about a draft, each with the section it is about."""
    evidence = list(draft.evidence.select_related("domain").order_by("domain__position"))
    return [
        *_unanswered(draft),
        *_without_date(evidence),
        *_copied(draft, evidence),
        *_naming_the_worker(draft, evidence),
        *_without_child(draft),
        *_too_many_actions(draft),
    ]


def _unanswered(draft: AuditReturn) -> Iterator[Missing]:
    """Sections with first questions that nobody answered."""
    graded = Domain.objects.filter(version=draft.audit.round.tool_version, is_graded=True)
    left_out = draft.grades.filter(is_not_applicable=True).values("domain")
    first = Question.objects.filter(
        domain__in=graded.exclude(is_overall=True).exclude(pk__in=left_out), follows__isnull=True
    )
    answered = draft.answers.values("question")
    open_in: dict[Domain, int] = {}
    for question in first.exclude(pk__in=answered).select_related("domain"):
        open_in[question.domain] = open_in.get(question.domain, 0) + 1
    for domain, count in open_in.items():
        what = "1 question has" if count == 1 else f"{count} questions have"
        yield Missing(domain.code, f"{what} no answer.")


def _without_date(evidence: list[DomainEvidence]) -> Iterator[Missing]:
    for row in evidence:
        if row.what_i_saw.strip() and not re.search(r"\d", row.what_i_saw):
            yield Missing(
                row.domain.code,
                "“What I saw” gives no date. Say when and where in the record.",
            )


def _copied(draft: AuditReturn, evidence: list[DomainEvidence]) -> Iterator[Missing]:
    """Texts that stand word for word in another audit of the same auditor."""
    elsewhere = DomainEvidence.objects.filter(
        audit_return__audit__auditor=draft.audit.auditor
    ).exclude(audit_return__audit=draft.audit)
    texts = [row.what_i_saw for row in evidence if row.what_i_saw.strip()]
    known = set(elsewhere.filter(what_i_saw__in=texts).values_list("what_i_saw", flat=True))
    for row in evidence:
        if row.what_i_saw in known:
            yield Missing(row.domain.code, "The same text stands in another of your audits.")


def _naming_the_worker(draft: AuditReturn, evidence: list[DomainEvidence]) -> Iterator[Missing]:
    allocated = draft.audit.case.allocations.filter(until_on__isnull=True)
    names = allocated.values_list("worker__name", flat=True)
    parts = {part for name in names for part in name.split() if len(part) > 2}
    for row in evidence:
        words = set(re.findall(r"[^\W\d_]+", f"{row.what_i_saw} {row.difference_made}"))
        if parts & words:
            yield Missing(
                row.domain.code,
                "The worker's name stands in your text. Write “the worker”.",
            )


def _without_child(draft: AuditReturn) -> Iterator[Missing]:
    child = draft.contributions.filter(source=ContributionSource.CHILD, state__in=ANSWERED)
    if not child.exists():
        yield Missing(PEOPLE, "No voice of the child is recorded.")


def _too_many_actions(draft: AuditReturn) -> Iterator[Missing]:
    count = draft.planned_actions.count()
    if count > MOST_ACTIONS:
        last = draft.responses.filter(planned__isnull=False).order_by("pk").last()
        code = last.domain.code if last else PEOPLE
        yield Missing(code, f"{count} new actions are many: five at most get done.")
