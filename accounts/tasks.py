"""What Celery rings. A task says "look now" and carries nothing; the rows say what is to do."""

from celery import shared_task

from accounts.domain import notices, post
from accounts.printing import letters


@shared_task(name=post.RING)
def send() -> None:
    """Somebody is to be told or was invited, or the sweeper comes round: hand over what waits."""
    notices.send_waiting()
    post.send_waiting(letters.invitation)
