"""Who may moderate, settle and read the outcome (docs/permissions.csv, moderation.*).

The moderator is not the auditor, nor in the auditor's line, nor barred from the case by
independence; all of it is checked again at every step, because people move (domain rule 12).
"""

import datetime

from django.db.models import Q, QuerySet

from accounts.choices import MembershipKind, Role, UnitKind
from accounts.domain.standing_in import stands_for
from accounts.models import Membership, User
from accounts.permissions import (
    asking,
    check_is_person,
    check_two_people,
    holds,
    is_guest,
    require,
)
from audits.models import Audit, AuditReturn, AuditSettings
from audits.permissions import check_audit_view_returned
from cases.choices import AccessCapacity
from cases.domain import independence
from cases.permissions import is_let_in
from moderation.blindness import knows_because
from moderation.models import Moderation

QA = (Role.QA_OFFICER, Role.QA_MANAGER)
MODERATORS = (*QA, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.EXTERNAL_REVIEWER)
SETTLERS = (*QA, Role.DIRECTOR)


def check_moderation_assign(user: User, audit_return: AuditReturn) -> None:
    """Give a moderation to somebody. Raises Refused ("moderation_assign_not_yours")."""
    require(
        holds(user, Role.QA_MANAGER, at=audit_return.audit.team),
        "moderation_assign_not_yours",
        "Moderations are given out by the QA manager. Ask them, or claim one yourself.",
    )


def check_moderation_claim(user: User, audit_return: AuditReturn) -> None:
    """Take a moderation oneself. Raises Refused ("moderation_claim_not_yours")."""
    require(
        holds(user, *QA, at=audit_return.audit.team),
        "moderation_claim_not_yours",
        "Moderations are claimed by the QA team. Ask the QA manager if you should moderate.",
    )


def check_moderation_regrade_any(user: User) -> None:
    """Have moderations of one's own at all: by role, or because one was given to this person.

    Raises Refused ("cannot_moderate").
    """
    given = Moderation.objects.filter(moderator=user, withdrawn_at__isnull=True)
    require(
        holds(user, *MODERATORS) or (given.exists() and not is_guest(user)),
        "cannot_moderate",
        "You have no audits to moderate. Ask the QA manager if you should have one.",
    )


def check_moderation_claim_any(user: User) -> None:
    """Look for an audit to moderate. Raises Refused ("moderation_claim_not_yours")."""
    require(
        holds(user, *QA),
        "moderation_claim_not_yours",
        "Moderations are claimed by the QA team. Ask the QA manager if you should moderate.",
    )


def check_moderation_settle_any(user: User) -> None:
    """See what waits to be settled. Raises Refused ("moderation_settle_in_panel_not_yours")."""
    require(
        holds(user, *SETTLERS) or bool(stands_for(user)),
        "moderation_settle_in_panel_not_yours",
        "Grades that differ are settled by two people of the QA team or directors. Ask them.",
    )


def check_may_moderate(user: User, audit_return: AuditReturn, *, on: datetime.date) -> None:
    """Whether this person may moderate this audit at all, on a day (domain rule 12).

    Raises Refused ("cannot_moderate", "restricted_case", "own_audit", "in_auditors_line",
    "not_independent").
    """
    audit = audit_return.audit
    _check_role(user, audit)
    require(
        user.pk != audit.auditor_id,
        "own_audit",
        f"{user} made this audit, so someone else has to moderate it.",
    )
    require(
        not is_in_line(user, audit.auditor, on=on),
        "in_auditors_line",
        f"{user} is in the auditor's line, so someone from outside it has to moderate.",
    )
    months = AuditSettings.objects.in_use().independence_months
    for breach in independence.breaches(user, case=audit.case, on=on, months=months):
        require(
            False,
            "not_independent",
            f"{user} can't moderate this audit: the moderator {breach.kind.label}, now or within "
            f"{months} months. Choose someone else.",
        )


def check_moderates_blind(user: User, audit_return: AuditReturn) -> None:
    """Raise Refused ("not_blind") where this person knows the audit or the child already."""
    known = knows_because(user, audit_return)
    require(
        not known,
        "not_blind",
        f"This can't be a blind moderation: {user} {known}. "
        "Give it to someone else, or record it as sighted with a reason.",
    )


def check_moderation_regrade(user: User, moderation: Moderation, *, on: datetime.date) -> None:
    """Grade and commit: the moderator alone, as long as nothing bars them.

    Raises Refused ("moderation_regrade_not_yours") and what `check_may_moderate` raises.
    """
    require(
        user.pk == moderation.moderator_id,
        "moderation_regrade_not_yours",
        "Only its moderator can grade here. Ask the QA manager if it should change hands.",
    )
    check_may_moderate(user, moderation.audit_return, on=on)


def check_moderation_settle_in_panel(user: User, moderation: Moderation) -> None:
    """Propose or confirm how it settles. Raises Refused ("system_cannot_decide",
    "moderation_settle_in_panel_not_yours")."""
    check_is_person(user)
    audit = moderation.audit_return.audit
    settles = holds(user, *SETTLERS, at=audit.team) or is_partners_second(user, moderation)
    require(
        settles and is_let_in(user, audit.case),
        "moderation_settle_in_panel_not_yours",
        "This is settled by two people of the QA team or directors. Ask two of them.",
    )


def is_partners_second(user: User, moderation: Moderation) -> bool:
    """Whether this person may settle for a partner authority (domain rule 22).

    A reviewer, in an authority that names a partner, and as the second person alone: what is to
    be settled was proposed by somebody of the authority. The pair is checked beside this.
    """
    return (
        moderation.proposed_at is not None
        and bool(stands_for(user))
        and Moderation.objects.visible_to(user).filter(pk=moderation.pk).exists()
    )


def check_settling_pair(first: User, second: User, moderation: Moderation) -> None:
    """Two people, at least one of whom was neither auditor nor moderator (domain rule 13).

    Raises Refused ("system_cannot_decide", "needs_two_people", "needs_third_person").
    """
    check_two_people(first, second)
    judged = {moderation.moderator_id, moderation.audit_return.audit.auditor_id}
    require(
        not {first.pk, second.pk} <= judged,
        "needs_third_person",
        "One of the two must have neither audited nor moderated this. Ask a third colleague.",
    )


def check_moderation_view_outcome(user: User, moderation: Moderation) -> None:
    """Read both grades and how it settled; before the commit nobody does (domain rule 12).

    Raises Refused ("out_of_scope", which views answer as not found, and "not_committed").
    """
    require(
        Moderation.objects.visible_to(user).filter(pk=moderation.pk).exists(),
        "out_of_scope",
        "You can read the outcome once it is settled, if the audit is of your work or units.",
    )
    require(
        moderation.committed_at is not None,
        "not_committed",
        "There is no outcome yet. You can read it once the moderator's grades are committed.",
    )


def check_returned_audit_read(user: User, audit: Audit) -> None:
    """Read a returned audit: as audits allow, unless one still has to moderate it blind.

    Moderators read it once their own grades are committed, or at once when sighted; the QA team
    once its moderation is settled. Raises Refused ("blind" and those of the audit's own check).
    """
    live = Moderation.objects.filter(
        audit_return__audit=audit, withdrawn_at__isnull=True
    ).select_related("audit_return")
    mine = live.filter(moderator=user).first()
    if mine is not None:
        require(
            mine.committed_at is not None or not mine.is_blind,
            "blind",
            "You moderate this audit blind. You can read it once your own grades are committed.",
        )
        return
    if holds(user, *QA, at=audit.team) and _is_settled_for(user, live, audit):
        return
    check_audit_view_returned(user, audit)


def is_in_line(one: User, other: User, *, on: datetime.date) -> bool:
    """Whether either leads a unit that the other belongs to, up to head of service, on a day."""
    return _leads(one, other, on) or _leads(other, one, on)


def _leads(lead: User, other: User, on: datetime.date) -> bool:
    led = _in_force(lead, on).filter(kind=MembershipKind.LEAD)
    units = led.exclude(unit__kind=UnitKind.DIRECTORATE).values_list("unit__path", flat=True)
    paths = _in_force(other, on).values_list("unit__path", flat=True)
    return any(path.startswith(unit) for unit in units for path in paths)


def _in_force(user: User, on: datetime.date) -> QuerySet[Membership]:
    open_then = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return user.memberships.filter(open_then, from_on__lte=on)


def _check_role(user: User, audit: Audit) -> None:
    require(
        holds(user, *MODERATORS),
        "cannot_moderate",
        f"{user} holds no role that moderates. Choose someone from the QA team.",
    )
    reviewed = Audit.objects.visible_to(user).filter(pk=audit.pk)
    require(
        not is_guest(user) or reviewed.exists(),
        "not_reviewing",
        f"{user} does not review this round, or no longer. Assign them to it first.",
    )
    named = audit.case.accesses.filter(
        user=user, capacity=AccessCapacity.NAMED, until_at__isnull=True
    )
    manages = holds(user, Role.QA_MANAGER, at=audit.case.team)
    require(
        audit.case.restricted_at is None or manages or named.exists(),
        "restricted_case",
        f"This case is restricted, and {user} is not named on it. The QA manager can moderate it.",
    )


def _is_settled_for(user: User, live: QuerySet[Moderation], audit: Audit) -> bool:
    may_know = is_let_in(user, audit.case)
    return may_know and live.filter(settled_at__isnull=False).exists()


can_moderation_assign = asking(check_moderation_assign)
can_moderation_claim = asking(check_moderation_claim)
can_moderates_blind = asking(check_moderates_blind)
can_moderation_claim_any = asking(check_moderation_claim_any)
can_moderation_regrade_any = asking(check_moderation_regrade_any)
can_moderation_settle_any = asking(check_moderation_settle_any)
can_moderation_regrade = asking(check_moderation_regrade)
can_moderation_settle_in_panel = asking(check_moderation_settle_in_panel)
can_moderation_view_outcome = asking(check_moderation_view_outcome)
can_returned_audit_read = asking(check_returned_audit_read)
