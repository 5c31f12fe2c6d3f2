"""Giving a case of a round to an auditor: from then on the audit is planned (domain rule 1)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history, roles, units
from accounts.models import User
from audits.domain import independence
from audits.domain.locking import locked_round
from audits.models import Audit, Round
from audits.permissions import check_audit_allocate
from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case
from kit.exceptions import NotPossible
from kit.months import london_day


@transaction.atomic
def allocate(
    audit_round: Round,
    *,
    case: Case,
    auditor: User,
    by: User,
    due_on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Audit:
    """Give the case to the auditor; team, service, month, standing and level are stamped.

    Raises Refused ("audit_allocate_not_yours", "not_independent") and NotPossible
    ("round_closed", "auditor_left", "case_already_in_round").
    """
    moment = now or timezone.now()
    check_audit_allocate(by, case)
    held = locked_round(audit_round.pk)
    _check_possible(held, auditor)
    day = london_day(moment)
    independence.check_before_allocating(auditor, case=case, in_round=held, on=day)
    audit = _write(
        Audit(
            round=held,
            case=case,
            auditor=auditor,
            team=case.team,
            service=units.service_of(case.team),
            month=held.month,
            standing=held.standing,
            auditor_level=roles.manager_level(auditor, on=day),
            due_on=due_on or held.due_on,
            allocated_at=moment,
            allocated_by=by,
        )
    )
    _let_in(audit)
    _record(audit)
    return audit


def _let_in(audit: Audit) -> None:
    access.grant(
        audit.auditor,
        case=audit.case,
        capacity=AccessCapacity.AUDITOR,
        because_of=audit.public_id,
        now=audit.allocated_at,
    )


def _record(audit: Audit) -> None:
    history.record(
        "audit_allocated",
        subject=audit,
        by=audit.allocated_by,
        at=audit.allocated_at,
        round=audit.round.public_id,
        case=audit.case.public_id,
        auditor=audit.auditor.public_id,
        due_on=audit.due_on,
    )


def _check_possible(audit_round: Round, auditor: User) -> None:
    if audit_round.returns_closed_at:
        raise NotPossible(
            "round_closed", "This round's returns are closed. Allocate in the next round."
        )
    if auditor.is_system or not auditor.is_active:
        raise NotPossible("auditor_left", f"{auditor} no longer works here. Choose someone else.")


def _write(audit: Audit) -> Audit:
    try:
        with transaction.atomic():
            audit.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "case_already_in_round", "This case already has an audit in this round."
        ) from clash
    return audit
