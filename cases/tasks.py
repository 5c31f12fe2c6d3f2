"""What Celery rings. A task says "look now" and carries nothing; the rows say what is to do."""

from celery import shared_task

from cases.domain import sealing


@shared_task(name="cases.seal")
def seal() -> None:
    """The hour is over: seal the looks of the days that are."""
    sealing.seal_owed()
