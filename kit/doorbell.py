"""Ringing for a worker. A ring that nobody hears is lost; the row waits for the next sweep."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring_for(task: str) -> None:
    """Ask a worker to run this task now. Never fails: what a ring missed is swept up."""
    try:
        current_app.send_task(task)
    except (OperationalError, OSError):
        logger.warning("The broker does not answer. The work is taken up once it does.")
