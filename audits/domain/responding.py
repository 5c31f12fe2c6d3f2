"""What an auditor says of a section beside its grades: findings, and what should happen (rule 9).

A new action stays in the draft, where only its auditor sees it, until the return raises it
(domain rule 15).
"""

import datetime
import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from accounts.models import User
from actions.choices import ActionScope
from actions.domain import raising
from actions.models import Action
from audits.choices import FindingKind, Grade, ResponseKind
from audits.models import (
    Audit,
    AuditReturn,
    Domain,
    Finding,
    FindingResponse,
    PlannedAction,
    Theme,
)
from kit.exceptions import NotPossible


class Unchanged(Enum):
    """For a caller that says nothing about the response: it stays as it was."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


@dataclass(frozen=True)
class OwnFinding:
    """One line: a strength or an area for development.

    With `public_id` it is the one already there, and an empty text takes it away.
    """

    kind: FindingKind
    text: str
    theme: Theme | None = None
    public_id: uuid.UUID | None = None


@dataclass(frozen=True)
class NewAction:
    """An action to be raised when the audit is returned."""

    what: str
    owner: User
    due_on: datetime.date
    expected_impact: str = ""


@dataclass(frozen=True)
class OwnResponse:
    """What should happen: exactly one of a new action, an open one, one planned in this draft
    for another section, or the reason why none is needed."""

    kind: ResponseKind
    new: NewAction | None = None
    action: Action | None = None
    planned: PlannedAction | None = None
    reason: str = ""


def write_findings(draft: AuditReturn, domain: Domain, findings: Sequence[OwnFinding]) -> None:
    """Add, change and take away the findings named; those not named stay."""
    there = {row.public_id: row for row in draft.findings.filter(domain=domain)}
    for own in findings:
        row = there.get(own.public_id) if own.public_id else None
        if own.text.strip():
            row = row or Finding(audit_return=draft, domain=domain)
            row.kind, row.text = own.kind, own.text.strip()
            row.save()
            row.themes.set([own.theme] if own.theme else [])
        elif row:
            row.responses.update(finding=None)
            row.delete()


def write_response(draft: AuditReturn, domain: Domain, own: OwnResponse | None) -> None:
    """Put this in the place of the section's first response; None takes it away."""
    row = draft.responses.filter(domain=domain).order_by("pk").first()
    if own is None:
        if row:
            row.delete()
    else:
        row = row or FindingResponse(audit_return=draft, domain=domain)
        _fill(row, own)
    PlannedAction.objects.filter(audit_return=draft, responses__isnull=True).delete()


def _fill(row: FindingResponse, own: OwnResponse) -> None:
    planned = _plan(row, own.new) if own.new else own.planned
    if planned is None:
        check_response(row.audit_return, own.kind, own.action, own.reason)
    elif planned.audit_return_id != row.audit_return_id:
        raise NotPossible("response_not_possible", "That action belongs to another audit.")
    # What an earlier version raised stays a new action of this audit.
    is_same = own.action is not None and own.action.pk == row.action_id
    row.kind = row.kind if is_same else own.kind
    row.action, row.planned = own.action, planned
    row.reason = own.reason if own.kind == ResponseKind.NONE_NEEDED else ""
    row.save()


def _plan(row: FindingResponse, new: NewAction) -> PlannedAction:
    """The response's own plan with these words, or a new one."""
    planned = row.planned if row.kind == ResponseKind.NEW_ACTION else None
    planned = planned or PlannedAction(audit_return=row.audit_return)
    planned.what, planned.expected_impact = new.what.strip(), new.expected_impact.strip()
    planned.due_on, planned.owner = new.due_on, new.owner
    planned.save()
    return planned


def check_response(
    draft: AuditReturn, kind: ResponseKind, action: Action | None, reason: str
) -> None:
    """Raise NotPossible ("response_not_possible") unless an action of this child or a reason."""
    wants_action = kind != ResponseKind.NONE_NEEDED
    if wants_action != bool(action) or not (wants_action or reason.strip()):
        raise NotPossible(
            "response_not_possible", "Name an action, or say why no action is needed."
        )
    if action and action.case_id not in (None, draft.audit.case_id):
        raise NotPossible("response_not_possible", "That action is for another child.")


def is_late(response: FindingResponse, on: datetime.date) -> bool:
    """Whether the day of an action still to be raised has passed."""
    return bool(response.planned and response.action_id is None and response.planned.due_on < on)


def raise_planned(draft: AuditReturn, *, by: User, moment: datetime.datetime) -> list[Action]:
    """Raise what the draft plans, and let the responses name the actions."""
    waiting = draft.planned_actions.filter(responses__action__isnull=True)
    plans = list(waiting.order_by("pk").distinct())
    is_inadequate = _is_inadequate(draft) if plans else False
    return [_raise(plan, is_inadequate, by=by, moment=moment) for plan in plans]


def _raise(
    plan: PlannedAction, is_inadequate: bool, *, by: User, moment: datetime.datetime
) -> Action:
    audit = plan.audit_return.audit
    scope = ActionScope.CHILD
    action = raising.raise_action(
        scope=scope,
        case=audit.case,
        unit=audit.case.team,
        what=plan.what,
        expected_impact=plan.expected_impact,
        due_on=plan.due_on,
        owners=[plan.owner],
        needs_verification=raising.needs_verification(scope, is_inadequate, random.random()),
        by=by,
        now=moment,
    )
    plan.responses.filter(action__isnull=True).update(action=action)
    return action


def _is_inadequate(draft: AuditReturn) -> bool:
    """Whether the overall grade on the headline axis is Inadequate (domain rule 17)."""
    axis = draft.audit.round.tool_version.headline_axis
    overall = draft.grades.filter(domain__is_overall=True, axis=axis)
    return overall.filter(grade=Grade.INADEQUATE).exists()


def themes_for(domain: Domain) -> tuple[list[Theme], list[Theme]]:
    """Learning themes for a section: its own first, then all the others."""
    themes: Iterable[Theme] = Theme.objects.all()
    own = [theme for theme in themes if theme.domain_code == domain.code]
    return own, [theme for theme in themes if theme.domain_code != domain.code]


def open_actions_of(audit: Audit, *, user: User) -> list[Action]:
    """Actions for the child that are not done, as far as the user may see them."""
    seen = Action.objects.visible_to(user).filter(case=audit.case)
    return list(seen.filter(done_at__isnull=True, withdrawn_at__isnull=True).order_by("due_on"))
