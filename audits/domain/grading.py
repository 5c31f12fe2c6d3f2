"""Standing grades: the ones that reports count, changed by one verb alone (domain rule 14)."""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from accounts.permissions import check_is_person, check_two_people
from audits.choices import ChangeSource, Grade
from audits.domain.locking import locked_audit
from audits.models import AuditReturn, DomainGrade, StandingGradeChange
from kit.exceptions import NotPossible


@transaction.atomic
def set_standing_grade(
    domain_grade: DomainGrade,
    *,
    grade: Grade,
    reason: str,
    source: ChangeSource,
    source_id: uuid.UUID,
    by: User,
    second_by: User | None = None,
    now: datetime.datetime | None = None,
) -> StandingGradeChange:
    """Let another grade stand, because of the record `source_id` names.

    Who may is decided by the verb above that settled it (moderation, panel, dispute); here only
    that people decided, two where two are named. The auditor's own grade stays as it was.
    Raises Refused ("system_cannot_decide", "needs_two_people") and NotPossible
    ("reason_missing", "not_returned", "no_grade_stands", "grade_unchanged").
    """
    moment = now or timezone.now()
    _check_deciders(by, second_by)
    held = _locked(domain_grade)
    old = _changeable(held, grade, reason)
    held.changes.filter(superseded_at__isnull=True).update(superseded_at=moment)
    change = StandingGradeChange.objects.create(
        domain_grade=held,
        old=old,
        new=grade,
        reason=reason,
        source=source,
        source_id=source_id,
        at=moment,
        by=by,
        second_by=second_by,
    )
    held.standing = grade
    held.save(update_fields=["standing"])
    _record(change)
    return change


def _check_deciders(by: User, second_by: User | None) -> None:
    if second_by is None:
        check_is_person(by)
    else:
        check_two_people(by, second_by)


def _locked(domain_grade: DomainGrade) -> DomainGrade:
    """The grade as it is now, its audit held, so that no version changes meanwhile."""
    version = AuditReturn.objects.only("audit_id").get(pk=domain_grade.audit_return_id)
    locked_audit(version.audit_id)
    return DomainGrade.objects.select_related("audit_return__audit", "domain").get(
        pk=domain_grade.pk
    )


def _changeable(held: DomainGrade, grade: Grade, reason: str) -> int:
    """The grade that stands now; NotPossible unless it can give way to `grade`."""
    if not reason.strip():
        raise NotPossible("reason_missing", "Say why another grade stands.")
    version = held.audit_return
    if version.returned_at is None or version.sent_back_at is not None:
        raise NotPossible(
            "not_returned", "Standing grades change only while the audit's return is in force."
        )
    if held.standing is None:
        raise NotPossible("no_grade_stands", "This section does not apply, so no grade stands.")
    if held.standing == grade:
        raise NotPossible("grade_unchanged", "That grade stands already.")
    return held.standing


def _record(change: StandingGradeChange) -> None:
    held = change.domain_grade
    history.record(
        "standing_grade_changed",
        subject=held.audit_return.audit,
        by=change.by,
        at=change.at,
        domain=held.domain.code,
        axis=held.axis,
        old=int(change.old),
        new=int(change.new),
        source=change.source,
        source_id=change.source_id,
        second_by=change.second_by.public_id if change.second_by else None,
    )
