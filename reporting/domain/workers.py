"""Whether a worker listens: it leaves a sign in the database with each task it takes."""

import datetime

from django.conf import settings
from django.utils import timezone

from reporting.models import ReportRun, WorkerSign

MISSED_TICKS = 3


def leave_sign(*, now: datetime.datetime | None = None) -> None:
    """Say that a worker took a task now."""
    WorkerSign.objects.update_or_create(pk=1, defaults={"seen_at": now or timezone.now()})


def is_listening(*, now: datetime.datetime | None = None) -> bool:
    """Whether a worker answered within the last three ticks, or is busy with a run."""
    moment = now or timezone.now()
    since = moment - datetime.timedelta(seconds=MISSED_TICKS * settings.TICK_SECONDS)
    answered = WorkerSign.objects.filter(seen_at__gte=since)
    busy = ReportRun.objects.unfinished().filter(lease_until__gte=moment)
    return answered.exists() or busy.exists()


def last_seen() -> datetime.datetime | None:
    """When a worker last took a task; None before the first."""
    return WorkerSign.objects.values_list("seen_at", flat=True).first()
