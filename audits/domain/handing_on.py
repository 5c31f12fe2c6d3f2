"""Audits that a leaver did not return, handed on to somebody else (permissions.md rule 12)."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.domain import history, roles
from accounts.domain.leaving import check_successor
from accounts.models import User
from accounts.permissions import check_user_manage, holds
from audits.domain import independence
from audits.domain.locking import locked_audit
from audits.domain.states import NOT_RETURNED, state_of
from audits.models import Audit
from audits.models.audit import AuditQuerySet
from cases.domain import access
from kit.exceptions import NotPossible
from kit.months import london_day


def not_returned(user: User) -> list[Audit]:
    """The person's audits that are still to be returned, in rounds whose returns are open."""
    return not_returned_among(Audit.objects.filter(auditor=user))


def not_returned_among(audits: AuditQuerySet) -> list[Audit]:
    """Of these audits, those still to be returned, in rounds whose returns are open."""
    held = audits.filter(voided_at__isnull=True, round__returns_closed_at__isnull=True)
    held = held.order_by("due_on", "pk")
    rows = held.select_related("round").prefetch_related("exemptions", "returns")
    return [audit for audit in rows if state_of(audit) in NOT_RETURNED]


@transaction.atomic
def hand_on(audit: Audit, *, to: User, by: User, now: datetime.datetime | None = None) -> Audit:
    """Somebody else becomes the auditor; due date, team, service and month stay.

    What was written so far goes with it. Refusals name no case, because the administrator who
    hands on sees none. Raises Refused ("user_manage_not_yours", "own_record") and NotPossible
    ("hand_on_not_possible", "person_left", "administrator", "restricted", "not_independent").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    leaver = held.auditor
    check_user_manage(by, leaver)
    if state_of(held) not in NOT_RETURNED:
        raise NotPossible("hand_on_not_possible", "This audit is not to be returned any more.")
    check_successor(to, leaver)
    _check_may_audit(held, to, on=london_day(moment))
    held.auditor = to
    held.auditor_level = roles.manager_level(to, on=london_day(moment))
    held.save(update_fields=["auditor", "auditor_level"])
    _pass_access(held, leaver, moment)
    history.record(
        "audit_handed_on",
        subject=held,
        by=by,
        at=moment,
        leaver=leaver.public_id,
        auditor=to.public_id,
    )
    return held


def _check_may_audit(audit: Audit, to: User, *, on: datetime.date) -> None:
    if audit.case.restricted_at and not holds(to, Role.QA_MANAGER, at=audit.team):
        raise NotPossible(
            "restricted", "This one can go to the QA manager alone, who gives it out again."
        )
    if independence.breaches(to, case=audit.case, in_round=audit.round, on=on):
        raise NotPossible(
            "not_independent", f"{to} is not independent of this case. Choose someone else."
        )


def _pass_access(audit: Audit, leaver: User, moment: datetime.datetime) -> None:
    access.hand_on(audit.public_id, leaver=leaver, to=audit.auditor, now=moment)
