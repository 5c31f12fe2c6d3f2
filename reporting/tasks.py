"""What Celery rings. A task says "look now" and carries nothing; the rows say what is to do."""

from celery import shared_task

from reporting import issuing
from reporting.domain import schedule, workers
from reporting.domain.doorbell import RING


@shared_task(name=RING)
def ring() -> None:
    """Somebody asked for a report: look."""
    workers.leave_sign()
    issuing.work()


@shared_task(name="reporting.tick")
def tick() -> None:
    """The schedule's beat: ask for what is owed, and take up what was left lying."""
    workers.leave_sign()
    try:
        schedule.request_owed()
    finally:
        issuing.work()
