"""Who may do what with rounds and audits: the rows of docs/permissions.csv that exist so far.

Each action has `check_<action>`, which raises `Refused` with a named reason and a sentence, and
`can_<action>`. The auditor is no role: it is the person this audit was given to. The system user
may plan (rounds, tools, allocation), never judge, approve or settle. Reading somebody else's
returned audit before its moderation is settled is widened by moderation, which knows of it.
"""

from accounts.choices import Role
from accounts.domain.standing_in import stands_for
from accounts.models import User
from accounts.permissions import asking, holds, is_guest, require
from audits.models import (
    Audit,
    AuditSettings,
    Exemption,
    Extension,
    IndependenceOverride,
    ReviewerAssignment,
    SafetyConcern,
)
from cases.choices import AccessCapacity
from cases.models import Case
from cases.permissions import has_opened, is_let_in
from kit.working_days import working_days_between

LINE = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)
QA = (Role.QA_OFFICER, Role.QA_MANAGER)
LEADS = (Role.QA_MANAGER, Role.DIRECTOR)
EXPORTS = (Role.QA_MANAGER, Role.HEAD_OF_SERVICE)


def check_tool_publish(user: User) -> None:
    require(
        user.is_system or holds(user, *LEADS),
        "tool_publish_not_yours",
        "A tool is published by the QA manager or a director. Ask one of them.",
    )


def check_round_create(user: User) -> None:
    require(
        user.is_system or holds(user, Role.QA_MANAGER),
        "round_create_not_yours",
        "Rounds are opened by the QA manager. Ask them to open it.",
    )


def check_audit_allocate(user: User, case: Case) -> None:
    """A restricted case is given out by the QA manager alone (permissions.md rule 11)."""
    roles = QA if case.restricted_at is None else (Role.QA_MANAGER,)
    require(
        user.is_system or holds(user, *roles, at=case.team),
        "audit_allocate_not_yours",
        "Audits are given out by the QA team, and restricted cases by the QA manager. Ask them.",
    )


def check_independence_override(user: User, case: Case) -> None:
    require(
        holds(user, *LEADS, at=case.team),
        "independence_override_not_yours",
        "Leave to audit without independence is given by the QA manager and a director. Ask them.",
    )


def check_override_confirm(user: User, override: IndependenceOverride) -> None:
    """Confirm leave that a colleague asked for; a partner authority's reviewer may (rule 22).

    Raises Refused ("independence_override_not_yours").
    """
    if not is_partners_second(user, override):
        check_independence_override(user, override.case)


def is_partners_second(user: User, override: IndependenceOverride) -> bool:
    """Whether this person may confirm leave for a partner authority (domain rule 22).

    In a round that they are assigned to; a restricted case is decided about in the authority.
    """
    assigned = ReviewerAssignment.objects.in_force().filter(reviewer=user, round=override.round_id)
    return bool(stands_for(user)) and override.case.restricted_at is None and assigned.exists()


def check_audit_exempt(user: User, audit: Audit) -> None:
    """Nobody excuses an audit of their own."""
    require(
        holds(user, Role.HEAD_OF_SERVICE, *LEADS, at=audit.team) and is_let_in(user, audit.case),
        "audit_exempt_not_yours",
        "Exemptions are decided by the head of service, the QA manager or a director. Ask them.",
    )
    require(
        audit.auditor_id != user.pk,
        "own_audit",
        "You can't decide about an audit of your own. Ask another head of service or the QA team.",
    )


def check_decides_exemption(user: User, exemption: Exemption) -> None:
    """Who may excuse the audit, unless they asked for it themselves."""
    check_audit_exempt(user, exemption.audit)
    require(
        exemption.requested_by_id != user.pk,
        "needs_two_people",
        "You asked for this exemption, so somebody else decides. Ask a colleague with that right.",
    )


def check_audit_extend(user: User, extension: Extension, *, short_days: int | None = None) -> None:
    """Managers extend by the short extension, the QA manager by any time; nobody their own.

    Lists give `short_days`, the short extension in force, so that it is read once.
    """
    audit = extension.audit
    is_qa_manager = holds(user, Role.QA_MANAGER, at=audit.team)
    require(
        is_qa_manager or (holds(user, *LINE, at=audit.team) and is_let_in(user, audit.case)),
        "audit_extend_not_yours",
        "Extensions are decided by the team's managers or the QA manager. Ask one of them.",
    )
    require(
        user.pk not in (audit.auditor_id, extension.requested_by_id),
        "own_extension",
        "You can't decide about an extension of your own. Ask another manager or the QA manager.",
    )
    require(
        is_qa_manager or is_short(extension, short_days=short_days),
        "extension_not_short",
        "Managers can extend by a few working days only. Ask the QA manager for longer.",
    )


def is_short(extension: Extension, *, short_days: int | None = None) -> bool:
    """Whether the new day is within the short extension of the day first set for the audit."""
    first = min(extension.audit.extensions.all(), key=lambda row: (row.requested_at, row.pk))
    limit = short_days
    if limit is None:
        limit = AuditSettings.objects.in_use().short_extension_days
    return working_days_between(first.old_due_on, extension.new_due_on) <= limit


def check_audit_view_draft(user: User, audit: Audit) -> None:
    require(
        _is_auditor(user, audit),
        "draft_not_yours",
        "A draft is seen by its auditor alone. You can read the audit once it is returned.",
    )


def check_audit_edit(user: User, audit: Audit) -> None:
    require(
        audit.auditor_id == user.pk,
        "audit_edit_not_yours",
        "Only the auditor can write in this audit. Ask the QA team if it should change hands.",
    )


def check_audit_return(user: User, audit: Audit) -> None:
    require(
        _is_auditor(user, audit),
        "audit_return_not_yours",
        "Only the auditor can return this audit. Ask them to, or ask the QA team.",
    )


def check_audit_send_back(user: User, audit: Audit) -> None:
    require(
        holds(user, *QA, at=audit.team) and is_let_in(user, audit.case),
        "audit_send_back_not_yours",
        "Audits are sent back by the QA team. Tell them what should be looked at again.",
    )
    require(
        audit.auditor_id != user.pk,
        "own_audit",
        "You can't send back an audit of your own. Ask a colleague in the QA team.",
    )


def check_audit_view_returned(user: User, audit: Audit) -> None:
    """From the return on; for QA once the round's sample is closed (domain rule 12)."""
    if _is_auditor(user, audit):
        return
    require(
        audit.returns.in_force().exists(),
        "not_returned",
        "This audit has not come back yet. You can read it once it is returned.",
    )
    if reads_from_return(user, audit):
        return
    require(
        holds(user, *_qa_readers(audit), at=audit.team),
        "audit_view_returned_not_yours",
        "This audit is of a case outside your work. Ask the QA team if you need it.",
    )
    require(
        audit.round.sample_closed_at is not None,
        "not_settled",
        "QA officers read an audit once its moderation is settled, so that moderation stays blind.",
    )


def check_rows_export(user: User) -> None:
    """Take rows out as a file: heads of service without names, the QA manager with a reason."""
    require(
        holds(user, *EXPORTS),
        "rows_export_not_yours",
        "Files of rows are for heads of service and the QA manager. Ask one of them.",
    )


def check_safety_concern_raise(user: User, audit: Audit) -> None:
    """The auditor, or whoever moderates this case; anyone else tells the team's manager."""
    moderates = _has_access(user, audit, AccessCapacity.MODERATOR)
    require(
        _is_auditor(user, audit) or (moderates and is_let_in(user, audit.case)),
        "safety_concern_raise_not_yours",
        "Concerns are raised here by the auditor or moderator. Ring the team's manager now.",
    )


def check_safety_concern_acknowledge(user: User, concern: SafetyConcern) -> None:
    audit = concern.audit
    require(
        holds(user, *LINE, *LEADS, at=audit.team) and is_let_in(user, audit.case),
        "safety_concern_acknowledge_not_yours",
        "Concerns are answered by the team's managers, the QA manager or a director.",
    )


def reads_from_return(user: User, audit: Audit) -> bool:
    """The worker and the line, reviewers of the round, and whoever has opened the case; of a
    restricted one those named on it (permissions.md rule 11)."""
    if has_opened(user, audit.case):
        return True
    if is_guest(user):
        return _reviews(user, audit)
    if audit.case.restricted_at is not None:
        return _has_access(user, audit, AccessCapacity.NAMED)
    if _has_access(user, audit, AccessCapacity.WORKER):
        return True
    return holds(user, *LINE, Role.DIRECTOR, at=audit.team)


def _is_auditor(user: User, audit: Audit) -> bool:
    """The auditor of this audit; somebody from outside as long as they review its round."""
    return audit.auditor_id == user.pk and (not is_guest(user) or _reviews(user, audit))


def _reviews(user: User, audit: Audit) -> bool:
    return Audit.objects.visible_to(user).filter(pk=audit.pk).exists()


def _qa_readers(audit: Audit) -> tuple[Role, ...]:
    return QA if audit.case.restricted_at is None else (Role.QA_MANAGER,)


def _has_access(user: User, audit: Audit, capacity: AccessCapacity) -> bool:
    return audit.case.accesses.filter(user=user, capacity=capacity, until_at__isnull=True).exists()


can_tool_publish = asking(check_tool_publish)
can_round_create = asking(check_round_create)
can_audit_allocate = asking(check_audit_allocate)
can_independence_override = asking(check_independence_override)
can_audit_exempt = asking(check_audit_exempt)
can_audit_extend = asking(check_audit_extend)
decides_exemption = asking(check_decides_exemption)
can_audit_view_draft = asking(check_audit_view_draft)
can_audit_edit = asking(check_audit_edit)
can_audit_return = asking(check_audit_return)
can_audit_send_back = asking(check_audit_send_back)
can_audit_view_returned = asking(check_audit_view_returned)
can_rows_export = asking(check_rows_export)
can_safety_concern_raise = asking(check_safety_concern_raise)
can_safety_concern_acknowledge = asking(check_safety_concern_acknowledge)
