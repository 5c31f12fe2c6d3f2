"""The schedule: the report of a month is asked for on a set day of the next, once.

What is owed is computed from the months and the rows, never from when a timer last rang, so that
months missed while the program was down are caught up.
"""

import datetime
import logging

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.domain.people import system_user
from accounts.domain.units import authority
from accounts.models import Unit, User
from kit.exceptions import NotPossible
from kit.months import LONDON, add_months, first_of, month_name
from reporting.choices import ReportKind, RequestSource
from reporting.domain.periods import MOST_MONTHS, ledger_months
from reporting.domain.requesting import request_report
from reporting.models import ReportRun, ReportSettings
from reporting.permissions import check_settings_change

logger = logging.getLogger(__name__)


def report_settings() -> ReportSettings:
    """The one row of settings, made at the first call."""
    return ReportSettings.objects.get_or_create(pk=1)[0]


def issue_moment(month: datetime.date, chosen: ReportSettings) -> datetime.datetime:
    """When the month's report is issued: a day and hour of the next month, in London's time."""
    day = add_months(month, 1).replace(day=chosen.issue_day)
    local = datetime.datetime.combine(day, datetime.time(chosen.issue_hour), tzinfo=LONDON)
    return local.astimezone(datetime.UTC)


def owed(now: datetime.datetime) -> list[datetime.date]:
    """Months whose report is due and was not asked for by the schedule nor issued, oldest first.

    Only months with a round, from `reports_from` on, and the newest 12 of them at most.
    """
    chosen = report_settings()
    if chosen.reports_from is None:
        return []
    due = [
        month
        for month in ledger_months(until=first_of(now))
        if month >= chosen.reports_from and issue_moment(month, chosen) <= now
    ][:MOST_MONTHS]
    return sorted(set(due) - _answered(due)) if due else []


def request_owed(*, now: datetime.datetime | None = None) -> list[ReportRun]:
    """Ask for what is owed; the runs. A month that cannot be reported is left for the next tick."""
    moment = now or timezone.now()
    runs = []
    for month in owed(moment):
        try:
            runs.append(_request(month, moment))
        except NotPossible as refusal:
            logger.info("%s is not reported yet: %s", month_name(month), refusal.sentence)
    return runs


@transaction.atomic
def switch_on(
    *, first_month: datetime.date, by: User, now: datetime.datetime | None = None
) -> ReportSettings:
    """Have the schedule answer for `first_month` and every month after it. Raises Refused."""
    check_settings_change(by)
    chosen = report_settings()
    chosen.reports_from = first_of(first_month)
    chosen.switched_by = by
    chosen.save(update_fields=["reports_from", "switched_by"])
    history.record(
        "schedule_switched_on",
        subject=authority(),
        by=by,
        at=now or timezone.now(),
        first_month=chosen.reports_from,
    )
    return chosen


def _answered(months: list[datetime.date]) -> set[datetime.date]:
    runs = ReportRun.objects.filter(
        kind=ReportKind.MONTHLY, last_month__in=months, scope=authority()
    )
    asked = runs.filter(source=RequestSource.SCHEDULE)
    issued = runs.filter(published_at__isnull=False)
    return set((asked | issued).values_list("last_month", flat=True))


def _request(month: datetime.date, moment: datetime.datetime) -> ReportRun:
    scope: Unit = authority()
    return request_report(
        kind=ReportKind.MONTHLY,
        last_month=month,
        scope=scope,
        by=system_user(),
        source=RequestSource.SCHEDULE,
        now=moment,
    )
