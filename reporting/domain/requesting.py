"""Asking for a report: the one verb of the button, the command and the schedule.

A request is a `ReportRun` row; Celery is only told to look (architecture: jobs as rows).
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.domain import history
from accounts.models import Unit, User
from reporting.choices import ReportKind, RequestSource
from reporting.domain.doorbell import ring
from reporting.domain.periods import check_as_at, chosen_period
from reporting.models import ReportRun
from reporting.permissions import check_report_build

ATTEMPTS = 5


@transaction.atomic
def request_report(
    *,
    kind: ReportKind,
    last_month: datetime.date,
    scope: Unit,
    by: User,
    source: RequestSource,
    first_month: datetime.date | None = None,
    as_at: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> ReportRun:
    """The run that answers the request: the unfinished one, the current edition's, or a new one.

    Without `first_month` the report begins with the first of the last 12 months that have a
    round. Without `as_at` the current edition answers if there is one, else a new one as at now;
    another `as_at` than the current edition's opens the next. Raises Refused, and NotPossible
    with a sentence on the months or the moment.
    """
    moment = now or timezone.now()
    check_report_build(by, scope)
    period = chosen_period(first_month, last_month)
    check_as_at(as_at or moment, period=period, scope=scope, now=moment)
    wanted = ReportRun(
        kind=kind,
        first_month=period.first,
        last_month=period.last,
        scope=scope,
        as_at=as_at or moment,
        source=source,
        requested_at=moment,
        requested_by=by,
    )
    run = _answered(wanted, any_moment=as_at is None)
    if run.published_at is None:
        transaction.on_commit(ring)
    return run


def _answered(wanted: ReportRun, *, any_moment: bool) -> ReportRun:
    """What is there already, or the new row. Of two requests at once one creates it."""
    for _ in range(ATTEMPTS):
        found = _unfinished(wanted) or _current(wanted, any_moment) or _scheduled(wanted)
        if found:
            return found
        try:
            return _create(wanted)
        except IntegrityError:
            continue
    raise IntegrityError("Another request for the same report kept coming first.")


def _month(wanted: ReportRun) -> dict[str, object]:
    """What editions are numbered within, so that a number names one report."""
    return {name: getattr(wanted, name) for name in ("kind", "last_month", "scope")}


def _same(wanted: ReportRun) -> dict[str, object]:
    return {**_month(wanted), "first_month": wanted.first_month}


def _unfinished(wanted: ReportRun) -> ReportRun | None:
    return ReportRun.objects.unfinished().filter(**_same(wanted)).first()


def _current(wanted: ReportRun, any_moment: bool) -> ReportRun | None:
    found = ReportRun.objects.filter(**_same(wanted), report__is_current=True)
    return (found if any_moment else found.filter(as_at=wanted.as_at)).first()


def _scheduled(wanted: ReportRun) -> ReportRun | None:
    """The schedule asks for a month once, whatever became of it."""
    if wanted.source != RequestSource.SCHEDULE:
        return None
    return ReportRun.objects.filter(**_month(wanted), source=RequestSource.SCHEDULE).first()


@transaction.atomic
def _create(wanted: ReportRun) -> ReportRun:
    """The next edition's row, or IntegrityError when another request has just made it."""
    last = ReportRun.objects.filter(**_month(wanted)).aggregate(last=Max("edition"))["last"]
    wanted.edition = (last or 0) + 1
    wanted.save(force_insert=True)
    history.record(
        "report_requested",
        subject=wanted,
        by=wanted.requested_by,
        at=wanted.requested_at,
        kind=wanted.kind,
        first_month=wanted.first_month,
        last_month=wanted.last_month,
        edition=wanted.edition,
        as_at=wanted.as_at,
        source=wanted.source,
    )
    return wanted
