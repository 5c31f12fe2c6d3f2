"""What somebody sent after their session had ended: kept, sealed, until they have signed in again.

Only for the same person, only text, for an hour. It saves nothing: they send it themselves.
"""

import json
import time
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from kit.exceptions import NotSealed
from kit.sealing import seal, unseal

KEY = "kept_work"
LARGEST = 400_000
"""In characters; the longest audit has a tenth of it."""
KEPT_SECONDS = 60 * 60
TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class Work:
    """A form as it was sent: where to, and each name with its value."""

    path: str
    fields: list[tuple[str, str]]


def keep(request: HttpRequest, *, person: str) -> bool:
    """Keep the form that this request sends, for the person with this key; whether it was kept."""
    sent = {name: values for name, values in request.POST.lists() if name != TOKEN}
    fields = [(name, value) for name, values in sent.items() for value in values]
    text = json.dumps([person, time.time(), request.get_full_path(), fields])
    if request.FILES or not fields or len(text) > LARGEST:
        return False
    request.session[KEY] = seal(text)
    return True


def work(session: SessionBase, *, person: str) -> Work | None:
    """What is kept for this person; nothing once it is an hour old."""
    try:
        owner, at, path, fields = json.loads(unseal(session.get(KEY, "")))
    except NotSealed:
        return None
    if owner != person or time.time() - at > KEPT_SECONDS:
        return None
    return Work(path, [(name, value) for name, value in fields])


def drop(session: SessionBase) -> None:
    session.pop(KEY, None)
