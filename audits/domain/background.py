"""What the records already hold about the child, for the auditor to read first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from accounts.models import User
from actions.models import Action
from audits.domain.responding import open_actions_of
from audits.models import Audit, AuditReturn, DomainGrade

MONTHS = 12


@dataclass(frozen=True)
class LastAudit:
    """The child's last returned audit; `grade` only once its round's grades are closed."""

    returned_at: datetime.datetime
    round_name: str
    grade: int | None
    is_released: bool


@dataclass(frozen=True)
class Background:
    """Workers in the last 12 months, the last audit, and open actions from earlier ones."""

    workers: int
    last_audit: LastAudit | None
    open_actions: Sequence[Action]


def background_of(audit: Audit, *, user: User, on: datetime.date) -> Background:
    """The background of an audit as at a day, as far as the user may see it."""
    return Background(
        workers=_workers(audit, on),
        last_audit=_last_audit(audit),
        open_actions=open_actions_of(audit, user=user),
    )


def _workers(audit: Audit, on: datetime.date) -> int:
    since = on - relativedelta(months=MONTHS)
    allocated = audit.case.allocations.filter(Q(until_on__isnull=True) | Q(until_on__gte=since))
    return allocated.values("worker").distinct().count()


def _last_audit(audit: Audit) -> LastAudit | None:
    earlier = AuditReturn.objects.in_force().filter(audit__case=audit.case)
    last = (
        earlier.exclude(audit=audit)
        .select_related("audit__round__tool_version")
        .order_by("-returned_at")
        .first()
    )
    if last is None or last.returned_at is None:
        return None
    ended = last.audit.round
    is_released = ended.grades_closed_at is not None
    return LastAudit(
        returned_at=last.returned_at,
        round_name=ended.name,
        grade=_standing(last) if is_released else None,
        is_released=is_released,
    )


def _standing(last: AuditReturn) -> int | None:
    axis = last.audit.round.tool_version.headline_axis
    overall = DomainGrade.objects.filter(audit_return=last, domain__is_overall=True, axis=axis)
    return overall.values_list("standing", flat=True).first()
