"""Ringing for a worker. A ring that nobody hears is lost; the row waits for the next tick."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

RING = "reporting.ring"

logger = logging.getLogger(__name__)


def ring() -> None:
    """Ask a worker to look now. Never fails: the schedule's tick finds what a ring missed."""
    try:
        current_app.send_task(RING)
    except (OperationalError, OSError):
        logger.warning("The broker does not answer. The run is taken up once it does.")
