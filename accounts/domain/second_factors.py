"""Second steps of signing in: noted when they come and go, taken away from who has lost them all.

Setting up and removing one's own is allauth's (auditsite/sign_in); what is left is its history,
and the mail that tells the person, so that a change by somebody else is noticed.
"""

import datetime
from collections import Counter

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts.choices import NoticeKind
from accounts.domain import history, notices, sessions
from accounts.domain.locking import locked_person
from accounts.models import User
from accounts.permissions import check_user_manage
from kit.exceptions import NotPossible

_ADDED = {"totp": NoticeKind.APP_ADDED, "webauthn": NoticeKind.PASSKEY_ADDED}
_REMOVED = {"totp": NoticeKind.APP_REMOVED, "webauthn": NoticeKind.PASSKEY_REMOVED}


@transaction.atomic
def note_added(user: User, *, kind: str, by: User, now: datetime.datetime | None = None) -> None:
    """Somebody has set one up: `kind` is "totp" (an app) or "webauthn" (a passkey)."""
    moment = now or timezone.now()
    notices.tell_own(user, kind=_ADDED[kind], now=moment)
    history.record("second_factor_added", subject=user, by=by, at=moment, kind=kind)


@transaction.atomic
def note_removed(user: User, *, kind: str, by: User, now: datetime.datetime | None = None) -> None:
    """Somebody has removed one of their own."""
    moment = now or timezone.now()
    notices.tell_own(user, kind=_REMOVED[kind], now=moment)
    history.record("second_factor_removed", subject=user, by=by, at=moment, kind=kind)


@transaction.atomic
def note_codes_made(user: User, *, by: User, now: datetime.datetime | None = None) -> None:
    """Somebody has made their recovery codes anew; the first ones come with the second step."""
    moment = now or timezone.now()
    notices.tell_own(user, kind=NoticeKind.CODES_MADE, now=moment)
    history.record("recovery_codes_made", subject=user, by=by, at=moment)


@transaction.atomic
def reset(user: User, *, by: User, now: datetime.datetime | None = None) -> int:
    """Take all second steps and codes from somebody who has lost them; how many there were.

    Their sessions end and they are told by mail; where their role needs a second step, they set
    up another before anything else. One administrator is enough: whoever resets it does not know
    the password. Raises Refused ("own_record", "user_manage_not_yours") and NotPossible
    ("person_left", "no_second_step").
    """
    moment = now or timezone.now()
    person = locked_person(user.pk)
    check_user_manage(by, person)
    if not person.is_active:
        raise NotPossible("person_left", f"{person} no longer works here.")
    removed: int = Authenticator.objects.filter(user=person).delete()[0]
    if not removed:
        raise NotPossible(
            "no_second_step",
            f"{person} has set up no second step, so nothing is in the way: they can sign in and "
            "set one up.",
        )
    sessions.end_all(person)
    notices.tell_own(person, kind=NoticeKind.STEP_RESET, now=moment)
    history.record("second_factor_reset", subject=person, by=by, at=moment, count=removed)
    return removed


def held_by(user: User) -> Counter[str]:
    """How many second steps of each kind somebody has: "totp", "webauthn", "recovery_codes"."""
    return Counter(Authenticator.objects.filter(user=user).values_list("type", flat=True))
