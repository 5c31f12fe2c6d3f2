"""How long one stays signed in: so many minutes without a page, so many hours at most."""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
SECOND_FACTOR, ENDED_FOR = "second_factor", "ended_for"
HELD_UP = "auditsite.held_up"

PRECISION_SECONDS = 30
"""How old the note of the last page may be: reading pages writes nothing in between."""

FRESH_SECONDS = 10 * 60
"""How long after signing in nobody is asked again who they are."""


def seconds_left(session: SessionBase) -> int:
    """Until the session ends: the idle time or the longest time, whichever comes first."""
    now = _now()
    idle = session.get(SEEN_AT, now) + settings.SESSION_IDLE_MINUTES * 60 - now
    longest = session.get(SIGNED_IN_AT, now) + settings.SESSION_ABSOLUTE_HOURS * 3600 - now
    return int(min(idle, longest))


def touch(session: SessionBase) -> None:
    """Somebody is there: the idle time begins anew."""
    now = _now()
    if SIGNED_IN_AT not in session:
        session[SIGNED_IN_AT] = now
        session.pop(ENDED_FOR, None)
    if now - session.get(SEEN_AT, 0) >= PRECISION_SECONDS:
        session[SEEN_AT] = now


def note_ended(session: SessionBase, *, person: str) -> None:
    """In the session of nobody that follows: whose it was, until the browser is closed."""
    session[ENDED_FOR] = person
    session.set_expiry(0)


def just_signed_in(session: SessionBase) -> bool:
    return bool(_now() - session.get(SIGNED_IN_AT, 0) < FRESH_SECONDS)


def hold_up(request: HttpRequest) -> None:
    """This request is of somebody who has a second step to pass before anything else."""
    request.META[HELD_UP] = True


def is_held_up(request: HttpRequest) -> bool:
    return HELD_UP in request.META


def _now() -> int:
    return int(time.time())
