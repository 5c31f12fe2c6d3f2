"""The people who work here."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User

SYSTEM_EMAIL = "system@localhost.invalid"


def system_user() -> User:
    """The one user that stands for the schedule and unnamed commands; it cannot sign in."""
    user = User.objects.filter(is_system=True).first()
    return user or _make_system_user()


def _make_system_user() -> User:
    user = User(email=SYSTEM_EMAIL, name="The system", is_system=True, is_active=False)
    user.set_unusable_password()
    User.objects.bulk_create([user], ignore_conflicts=True)
    return User.objects.get(is_system=True)


def named(email: str | None) -> User:
    """The active person with this e-mail address; the system user when none is given.

    Raises User.DoesNotExist when nobody active has it.
    """
    if not email:
        return system_user()
    return User.objects.people().get(email__iexact=email, is_active=True)


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    post: str,
    by: User,
    password: str | None = None,
    now: datetime.datetime | None = None,
) -> User:
    """Add someone who can sign in (or, without a password, only be named)."""
    user = User(email=email.lower(), name=name, post=post)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    history.record("person_added", subject=user, by=by, at=now or timezone.now())
    return user
