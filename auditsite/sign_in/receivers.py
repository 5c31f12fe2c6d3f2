"""What is noted when allauth says that a second step was passed or changed, or a password."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.domain import passwords, second_factors
from accounts.models import User
from auditsite.sign_in import sessions
from auditsite.sign_in.adapters import FACTORS


@receiver(authenticator_used)
def note_passed(request: HttpRequest, user: User, **_: Any) -> None:
    """The session has passed a second step: at signing in, or when asked again."""
    request.session[sessions.SECOND_FACTOR] = user.pk


@receiver(authenticator_added)
def note_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets one up has just used it."""
    if authenticator.type in FACTORS:
        request.session[sessions.SECOND_FACTOR] = user.pk
        second_factors.note_added(user, kind=str(authenticator.type), by=user)


@receiver(authenticator_removed)
def note_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        second_factors.note_removed(user, kind=str(authenticator.type), by=user)


@receiver(authenticator_reset)
def note_codes_made(user: User, **_: Any) -> None:
    """allauth resets recovery codes alone."""
    second_factors.note_codes_made(user, by=user)


@receiver(password_changed)
def note_password_changed(user: User, **_: Any) -> None:
    passwords.note_changed(user, by=user)
