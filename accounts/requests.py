"""A request of someone signed in: what every view behind the sign-in receives."""

import hashlib

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """LoginRequiredMiddleware lets nobody else through, so that `user` is a User."""

    user: User


def session_of(request: HttpRequest) -> str:
    """Which session this is, told apart from others without its key."""
    key = request.session.session_key or ""
    return hashlib.sha256(f"session:{key}".encode()).hexdigest() if key else ""
