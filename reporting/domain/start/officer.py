"""What a QA officer has before them: moderations, the open month, decisions, re-audits."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Count, Q, QuerySet

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import holds
from audits.models import Audit
from kit.months import london_day
from moderation.domain.worklist import MyModerations, my_moderations
from moderation.models import ReAuditSchedule
from reporting.choices import ReportStatus
from reporting.domain.start.months import (
    OpenMonth,
    home_units,
    month_ledger,
    newest_round,
    open_month,
)
from reporting.domain.start.requests import Decisions, decisions
from reporting.models import Report, ReportRun

QA = (Role.QA_OFFICER, Role.QA_MANAGER, Role.DIRECTOR)
AHEAD = datetime.timedelta(days=30)


@dataclass(frozen=True)
class ReAuditsDue:
    """Re-audits not held: past their date, and due in the next 30 days."""

    late: int
    coming: int


@dataclass(frozen=True)
class ReportsNow:
    """Reports being made, and issued drafts."""

    being_made: int
    drafts: int


@dataclass(frozen=True)
class OfficerWork:
    """Everything on a QA officer's start page but the safety concerns, which lead every page.

    `reports` is None for someone who neither approves nor builds them.
    """

    kind: ClassVar[str] = "officer"
    heading: ClassVar[str] = "Quality assurance"

    moderations: MyModerations
    months: tuple[OpenMonth, ...]
    decisions: Decisions
    re_audits: ReAuditsDue
    reports: ReportsNow | None

    @property
    def urgency(self) -> int:
        if self.re_audits.late or any(month.counts.overdue for month in self.months):
            return 1
        waiting = self.moderations.to_do or self.moderations.in_progress or self.decisions.count
        return 2 if waiting else 3


def officer_work(user: User, *, now: datetime.datetime) -> OfficerWork:
    """The QA team's work where this person holds a role in it."""
    today = london_day(now)
    known = Audit.objects.visible_to(user)
    return OfficerWork(
        moderations=my_moderations(user, on=today),
        months=tuple(_months(user, now)),
        decisions=decisions(known, user=user),
        re_audits=_re_audits(known, today),
        reports=_reports(user),
    )


def _months(user: User, now: datetime.datetime) -> Iterator[OpenMonth]:
    held = newest_round(now=now)
    units: list[Unit] = home_units(user, *QA) if held else []
    for unit in units:
        if held:
            yield open_month(month_ledger(unit, held.month, user=user, now=now), held)


def _re_audits(known: QuerySet[Audit], today: datetime.date) -> ReAuditsDue:
    due = ReAuditSchedule.objects.filter(
        origin__in=known, held__isnull=True, ended_at__isnull=True
    ).order_by()
    found = due.aggregate(
        late=Count("pk", filter=Q(due_on__lt=today)),
        coming=Count("pk", filter=Q(due_on__range=(today, today + AHEAD))),
    )
    return ReAuditsDue(found["late"], found["coming"])


def _reports(user: User) -> ReportsNow | None:
    if not holds(user, Role.QA_MANAGER, Role.DIRECTOR):
        return None
    return ReportsNow(
        being_made=ReportRun.objects.visible_to(user).unfinished().count(),
        drafts=Report.objects.visible_to(user)
        .filter(is_current=True, status=ReportStatus.DRAFT)
        .count(),
    )
