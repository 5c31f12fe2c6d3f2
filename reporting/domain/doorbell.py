"""Ringing for a worker. A ring that nobody hears is lost; the row waits for the next tick."""

from kit.doorbell import ring_for

RING = "reporting.ring"


def ring() -> None:
    """Ask a worker to look now. Never fails: the schedule's tick finds what a ring missed."""
    ring_for(RING)
