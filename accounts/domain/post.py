"""Handing mail to the mail server. The rows are the queue of record; a ring only says "look now".

`sent_at` is claimed by a conditional update before the mail is handed over, so that two workers
at once send one mail, and is given back when the server does not take it. A worker that is killed
in between leaves a mail marked as sent: the person's page offers to send another.
"""

import datetime
import logging
import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import Invitation
from kit.doorbell import ring_for

RING = "accounts.send"
PAUSE = datetime.timedelta(minutes=5)

logger = logging.getLogger(__name__)


def ring() -> None:
    """Ask a worker to look now. Never fails: the sweeper finds what a ring missed."""
    ring_for(RING)


def send_waiting(
    letter: Callable[[Invitation], EmailMessage], *, now: datetime.datetime | None = None
) -> int:
    """Hand over every invitation that waits; how many were taken.

    What the mail server refused is tried again after a pause.
    """
    moment = now or timezone.now()
    waiting = Invitation.objects.to_send(moment).select_related("user", "invited_by")
    ready = [each for each in waiting if not each.failed_at or each.failed_at <= moment - PAUSE]
    return sum(_send(each, letter, moment) for each in ready)


def _send(
    invitation: Invitation,
    letter: Callable[[Invitation], EmailMessage],
    moment: datetime.datetime,
) -> bool:
    row = Invitation.objects.filter(pk=invitation.pk)
    if row.to_send(moment).update(sent_at=moment) != 1:
        return False
    try:
        letter(invitation).send()
    except (OSError, smtplib.SMTPException):
        row.update(sent_at=None, failed_at=moment)
        logger.warning("The mail server did not take an invitation. It is tried again.")
        return False
    return True


def address_of(path: str) -> str:
    """A whole address for a mail, whatever host a request named."""
    return f"{settings.SITE_URL}{path}"
