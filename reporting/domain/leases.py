"""Who works on a run: a lease that a worker claims, keeps by its heartbeat, and may lose.

Each change is one conditional update on the claim's number, so that of two workers at once one
wins, and one whose lease was taken over is told at its next beat.
"""

import datetime
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from reporting.choices import RunStage
from reporting.exceptions import LostLease
from reporting.models import ReportRun


@dataclass(frozen=True)
class Claimed:
    """A run in a worker's hands, and the number of the claim that holds it."""

    run: ReportRun
    claim: int

    @property
    def row(self) -> QuerySet[ReportRun]:
        """The run while this claim is its last and it has not ended: one row or none."""
        return ReportRun.objects.unfinished().filter(pk=self.run.pk, claim=self.claim)


def claim_next(*, now: datetime.datetime | None = None) -> Claimed | None:
    """Claim the run that has waited longest; None when none waits."""
    moment = now or timezone.now()
    for run in ReportRun.objects.claimable(moment).order_by("requested_at", "pk"):
        if claimed := claim(run, now=moment):
            return claimed
    return None


def claim(run: ReportRun, *, now: datetime.datetime | None = None) -> Claimed | None:
    """Claim this run; None when it has ended, is held, or another worker was first."""
    moment = now or timezone.now()
    free = ReportRun.objects.claimable(moment).filter(pk=run.pk, claim=run.claim)
    won = free.update(
        claim=F("claim") + 1,
        lease_until=_lease_from(moment),
        heartbeat_at=moment,
        stage=RunStage.COUNTING,
    )
    run.refresh_from_db()
    return Claimed(run, run.claim) if won else None


def heartbeat(claimed: Claimed, *, now: datetime.datetime | None = None) -> None:
    """Hold the run for another lease. Raises LostLease when this claim no longer holds it."""
    _hold(claimed, now or timezone.now())


def enter(claimed: Claimed, stage: RunStage, *, now: datetime.datetime | None = None) -> None:
    """A heartbeat that also tells those who wait how far the work is. Raises LostLease."""
    _hold(claimed, now or timezone.now(), stage=stage)


def let_go(claimed: Claimed, *, now: datetime.datetime | None = None) -> None:
    """Give the run back, to be tried again after a pause. Nothing when the lease is lost."""
    pause = datetime.timedelta(seconds=settings.RECONCILER_SECONDS)
    claimed.row.update(lease_until=(now or timezone.now()) + pause, stage=RunStage.WAITING)


class Pulse:
    """A heartbeat every HEARTBEAT_SECONDS, however often it is called."""

    def __init__(self, claimed: Claimed) -> None:
        self.claimed = claimed
        self.last = time.monotonic()

    def __call__(self) -> None:
        """Raises LostLease."""
        if time.monotonic() - self.last >= settings.HEARTBEAT_SECONDS:
            heartbeat(self.claimed)
            self.last = time.monotonic()


def _hold(claimed: Claimed, moment: datetime.datetime, **changes: Any) -> None:
    held = claimed.row.update(lease_until=_lease_from(moment), heartbeat_at=moment, **changes)
    if not held:
        raise LostLease


def _lease_from(moment: datetime.datetime) -> datetime.datetime:
    return moment + datetime.timedelta(seconds=settings.LEASE_SECONDS)
