"""Working on a draft: the version of an audit that is not yet returned.

Rows are made when a section is first saved. Saving writes no history: the versions themselves
are the record (architecture, section 4). Only the auditor writes, only in a draft, and only while
independent of the case (domain rule 3). `seen` is the section's last save as the page knew it
(`audits.domain.writing`).
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from actions.models import Action
from audits.choices import (
    Axis,
    ContributionSource,
    FindingKind,
    ResponseKind,
    SafetyJudgement,
)
from audits.domain.locking import locked_audit
from audits.domain.responding import (
    UNCHANGED,
    OwnFinding,
    OwnResponse,
    Unchanged,
    check_response,
    write_findings,
    write_response,
)
from audits.domain.sections import (
    OwnContribution,
    OwnGrade,
    OwnSection,
    write_contributions,
    write_sections,
)
from audits.domain.writing import (
    PEOPLE,
    SAFETY,
    check_domain,
    check_seen,
    check_writer,
    held_draft,
    note_saved,
)
from audits.models import (
    Audit,
    AuditReturn,
    Domain,
    Finding,
    FindingResponse,
    SafetyAnswer,
    Theme,
)
from kit.exceptions import NotPossible


@transaction.atomic
def start(audit: Audit, *, by: User, now: datetime.datetime | None = None) -> AuditReturn:
    """Open the first draft. Raises Refused ("audit_edit_not_yours", "not_independent") and
    NotPossible ("start_not_possible")."""
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    check_writer(held, by=by, verb="start", now=moment)
    draft = AuditReturn.objects.create(audit=held, version=1, started_at=moment)
    history.record("audit_started", subject=held, by=by, at=moment, version=1)
    return draft


def save_domain(
    draft: AuditReturn,
    *,
    domain: Domain,
    by: User,
    what_i_saw: str | None = None,
    difference_made: str | None = None,
    grades: Mapping[Axis, OwnGrade] | None = None,
    answers: Mapping[str, Any] | None = None,
    now: datetime.datetime | None = None,
) -> AuditReturn:
    """Save one graded section, as `save_sections` does."""
    own = OwnSection(what_i_saw, difference_made, grades or {}, answers or {})
    return save_sections(draft, sections={domain: own}, by=by, now=now)


@transaction.atomic
def save_sections(
    draft: AuditReturn,
    *,
    sections: Mapping[Domain, OwnSection],
    by: User,
    now: datetime.datetime | None = None,
) -> AuditReturn:
    """Save some graded sections at once; texts, axes and questions not named stay as they were.

    Raises Refused ("audit_edit_not_yours", "not_independent") and NotPossible
    ("edit_not_possible", "not_of_this_tool", "not_applicable_not_allowed",
    "answer_not_possible").
    """
    held = held_draft(draft, by=by, now=now)
    write_sections(held, sections)
    note_saved(held, [domain.code for domain in sections], now)
    return held


@transaction.atomic
def save_section_page(
    draft: AuditReturn,
    *,
    domain: Domain,
    own: OwnSection,
    findings: Sequence[OwnFinding],
    response: OwnResponse | None,
    seen: str,
    by: User,
    now: datetime.datetime | None = None,
) -> AuditReturn:
    """Save all that the page of one graded section holds, or nothing of it.

    Raises Refused, ChangedMeanwhile and NotPossible as `save_sections` does, and NotPossible
    ("response_not_possible").
    """
    held = held_draft(draft, by=by, now=now)
    check_seen(held, domain.code, seen)
    write_sections(held, {domain: own})
    write_findings(held, domain, findings)
    write_response(held, domain, response)
    note_saved(held, [domain.code], now)
    return held


@transaction.atomic
def save_people(
    draft: AuditReturn,
    *,
    by: User,
    contributions: Mapping[ContributionSource, OwnContribution],
    domain: Domain | None = None,
    answers: Mapping[str, Any] | None = None,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> AuditReturn:
    """Save who was asked and what they said (domain rule 8); `domain` is the section answered.

    Raises Refused, ChangedMeanwhile and NotPossible ("edit_not_possible", "reason_missing").
    """
    held = held_draft(draft, by=by, now=now)
    check_seen(held, PEOPLE, seen)
    write_contributions(held, contributions)
    if domain:
        write_sections(held, {domain: OwnSection(answers=answers or {})})
    note_saved(held, [PEOPLE], now)
    return held


@transaction.atomic
def save_safety(
    draft: AuditReturn,
    *,
    judgement: SafetyJudgement,
    evidence: str,
    by: User,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> SafetyAnswer:
    """Say whether the child is safe now, and how that is known (domain rule 7).

    Raises Refused, ChangedMeanwhile and NotPossible ("edit_not_possible", "evidence_missing").
    """
    held = held_draft(draft, by=by, now=now)
    check_seen(held, SAFETY, seen)
    if not evidence.strip():
        raise NotPossible("evidence_missing", "Say in one line how you know.")
    answer, _ = SafetyAnswer.objects.update_or_create(
        audit_return=held, defaults={"judgement": judgement, "evidence": evidence}
    )
    note_saved(held, [SAFETY], now)
    return answer


@transaction.atomic
def save_overall(
    draft: AuditReturn,
    *,
    by: User,
    grades: Mapping[Axis, OwnGrade],
    child_now: str,
    first_step: str = "",
    to_celebrate: str = "",
    answers: Mapping[str, Any] | None = None,
    response: OwnResponse | Unchanged | None = UNCHANGED,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> AuditReturn:
    """Save the overall judgement, its texts and what follows from it.

    Raises Refused, ChangedMeanwhile and NotPossible.
    """
    held = held_draft(draft, by=by, now=now)
    overall = held.audit.round.tool_version.domains.get(is_overall=True)
    check_seen(held, overall.code, seen)
    held.child_now, held.first_step, held.to_celebrate = child_now, first_step, to_celebrate
    held.save(update_fields=["child_now", "first_step", "to_celebrate"])
    write_sections(held, {overall: OwnSection(grades=grades, answers=answers or {})})
    if not isinstance(response, Unchanged):
        write_response(held, overall, response)
    note_saved(held, [overall.code], now)
    return held


@transaction.atomic
def add_finding(
    draft: AuditReturn,
    *,
    domain: Domain,
    kind: FindingKind,
    text: str,
    by: User,
    themes: Iterable[Theme] = (),
    now: datetime.datetime | None = None,
) -> Finding:
    """Add a strength or an area for development. Raises Refused and NotPossible."""
    held = held_draft(draft, by=by, now=now)
    check_domain(held, domain)
    finding = Finding.objects.create(audit_return=held, domain=domain, kind=kind, text=text)
    finding.themes.set(themes)
    return finding


@transaction.atomic
def respond(
    draft: AuditReturn,
    *,
    domain: Domain,
    kind: ResponseKind,
    by: User,
    action: Action | None = None,
    reason: str = "",
    finding: Finding | None = None,
    now: datetime.datetime | None = None,
) -> FindingResponse:
    """Say what follows from a weak grade: an action, or why none is needed (domain rule 9).

    Raises Refused and NotPossible ("edit_not_possible", "response_not_possible").
    """
    held = held_draft(draft, by=by, now=now)
    check_domain(held, domain)
    check_response(held, kind, action, reason)
    return FindingResponse.objects.create(
        audit_return=held, domain=domain, kind=kind, action=action, reason=reason, finding=finding
    )
