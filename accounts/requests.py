"""A request of someone signed in: what every view behind the sign-in receives."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """LoginRequiredMiddleware lets nobody else through, so that `user` is a User."""

    user: User
