"""Correcting somebody's name, post or e-mail address.

The address is what one signs in with, so a new one may put somebody else behind the account. All
sessions end, both addresses are told by mail, an invitation sent to the old one is void, and the
roles that take two people wait for a second person anew: one administrator alone gives nobody a
director's eyes, by this way either (permissions.md rule 4).
"""

import datetime
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import NoticeKind
from accounts.domain import history, inviting, notices, roles, sessions
from accounts.domain.locking import locked_person
from accounts.models import Invitation, User
from accounts.permissions import check_user_manage
from kit.exceptions import NotPossible


@dataclass(frozen=True, slots=True)
class Particulars:
    """Who somebody is, as pages and reports print it, and the address they sign in with."""

    name: str
    post: str
    email: str


@transaction.atomic
def correct(
    user: User,
    *,
    to: Particulars,
    by: User,
    session: str = "",
    now: datetime.datetime | None = None,
) -> User:
    """Write down what is right. What was printed before keeps the old name and post.

    `session` tells the session that asks for roles anew from the one that confirms them. Raises
    Refused ("user_manage_not_yours", "own_record") and NotPossible ("person_left",
    "nothing_changed", "email_taken").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_user_manage(by, held)
    if not held.is_active:
        raise NotPossible("person_left", f"{held} no longer works here.")
    before = Particulars(held.name, held.post, held.email)
    after = Particulars(to.name.strip(), to.post.strip(), to.email.strip().lower())
    if after == before:
        raise NotPossible("nothing_changed", "Nothing is different. Change what is wrong.")
    _write(held, after)
    if after.email != before.email:
        _address_changed(held, old=before.email, by=by, session=session, moment=moment)
    history.record(
        "person_corrected",
        subject=held,
        by=by,
        at=moment,
        has_name=after.name != before.name,
        has_post=after.post != before.post,
        has_address=after.email != before.email,
    )
    return held


def _write(person: User, after: Particulars) -> None:
    person.name, person.post, person.email = after.name, after.post, after.email
    try:
        with transaction.atomic():
            person.save(update_fields=["name", "post", "email"])
    except IntegrityError as clash:
        raise NotPossible(
            "email_taken", "Somebody else has this e-mail address already. Look for them."
        ) from clash


def _address_changed(
    person: User, *, old: str, by: User, session: str, moment: datetime.datetime
) -> None:
    # allauth would let the old address sign in as long as it knows it.
    EmailAddress.objects.filter(user=person).delete()
    waits = Invitation.objects.filter(user=person).exists() and not person.has_usable_password()
    if waits:
        inviting.renew(person, by=by, moment=moment)
    roles.ask_anew(person, by=by, session=session, moment=moment)
    sessions.end_all(person)
    for address in (old, ""):
        notices.tell_own(person, kind=NoticeKind.EMAIL_CHANGED, sent_to=address, now=moment)
