"""Second steps of signing in: noted when they come and go, taken away from who has lost them all.

Setting up and removing one's own is allauth's (auditsite/sign_in); what is left is its history.
"""

import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.choices import Role
from accounts.domain import history, sessions
from accounts.models import User
from accounts.permissions import holds, require


@transaction.atomic
def note_added(user: User, *, kind: str, by: User, now: datetime.datetime | None = None) -> None:
    """Somebody has set one up: `kind` is "totp" (an app) or "webauthn" (a passkey)."""
    history.record("second_factor_added", subject=user, by=by, at=now, kind=kind)


@transaction.atomic
def note_removed(user: User, *, kind: str, by: User, now: datetime.datetime | None = None) -> None:
    """Somebody has removed one of their own."""
    history.record("second_factor_removed", subject=user, by=by, at=now, kind=kind)


@transaction.atomic
def reset(user: User, *, by: User, now: datetime.datetime | None = None) -> int:
    """Take all second steps and codes from somebody who has lost them; how many there were.

    Their sessions end; where their role needs one, they set up another before anything else.
    Raises Refused ("own_second_factor", "not_administrator").
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    require(
        held.pk != by.pk,
        "own_second_factor",
        "You can't reset your own second step. Ask a colleague.",
    )
    require(
        by.is_system or holds(by, Role.ADMINISTRATOR),
        "not_administrator",
        "Second steps are reset by an administrator. Name one with --by.",
    )
    removed: int = Authenticator.objects.filter(user=held).delete()[0]
    sessions.end_all(held)
    history.record("second_factor_reset", subject=held, by=by, at=now, count=removed)
    return removed
