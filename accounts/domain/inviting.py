"""Invitations: somebody is entered as a person and chooses a password by a link in a mail.

The link is signed and names the invitation alone. It can be used once, until it expires; inviting
again makes the earlier link void. Nobody registers themselves.
"""

import datetime
import uuid

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import MembershipKind
from accounts.domain import history, post, sessions
from accounts.domain.locking import locked_person
from accounts.domain.memberships import join_unit
from accounts.domain.people import add_person
from accounts.models import AuthoritySettings, Invitation, Unit, User
from accounts.permissions import check_user_manage
from kit.exceptions import NotPossible


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    post_title: str,
    unit: Unit,
    from_on: datetime.date,
    by: User,
    kind: MembershipKind = MembershipKind.MEMBER,
    until_on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Invitation:
    """Enter a person, put them in a unit, and have an invitation sent to them.

    Raises Refused ("user_manage_not_yours") and NotPossible ("email_taken" and those of joining).
    """
    moment = now or timezone.now()
    check_user_manage(by)
    try:
        with transaction.atomic():
            person = add_person(email=email, name=name, post=post_title, by=by, now=moment)
    except IntegrityError as clash:
        raise NotPossible(
            "email_taken", "There is a person with this e-mail address already. Look for them."
        ) from clash
    join_unit(person, unit=unit, kind=kind, from_on=from_on, until_on=until_on, by=by, now=moment)
    return _new_invitation(person, by=by, moment=moment)


@transaction.atomic
def invite_again(user: User, *, by: User, now: datetime.datetime | None = None) -> Invitation:
    """Send another link, for whoever lost the first or let it expire; the first is void.

    Raises Refused ("user_manage_not_yours", "own_record") and NotPossible ("person_left",
    "accepted_already").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_user_manage(by, held)
    if not held.is_active:
        raise NotPossible("person_left", f"{held} no longer works here.")
    if held.has_usable_password():
        raise NotPossible("accepted_already", f"{held} has chosen a password already.")
    return renew(held, by=by, moment=moment)


@transaction.atomic
def renew_password(user: User, *, by: User, now: datetime.datetime | None = None) -> Invitation:
    """For whoever forgot theirs: it no longer counts, and a link lets them choose another.

    Their sessions end; the second step stays. Raises Refused ("user_manage_not_yours",
    "own_record") and NotPossible ("person_left", "no_password").
    """
    moment = now or timezone.now()
    held = locked_person(user.pk)
    check_user_manage(by, held)
    if not held.is_active:
        raise NotPossible("person_left", f"{held} no longer works here.")
    if not held.has_usable_password():
        raise NotPossible("no_password", f"{held} has no password yet. Send an invitation.")
    held.set_unusable_password()
    held.save(update_fields=["password"])
    sessions.end_all(held)
    history.record("password_taken", subject=held, by=by, at=moment)
    return renew(held, by=by, moment=moment)


def renew(user: User, *, by: User, moment: datetime.datetime) -> Invitation:
    """Another link for a locked person, the one before void: a step of verbs that checked."""
    withdraw_open(user, by=by, moment=moment)
    return _new_invitation(user, by=by, moment=moment)


def withdraw_open(user: User, *, by: User, moment: datetime.datetime) -> None:
    """Make the open invitation of a locked person void, if there is one."""
    open_ones = Invitation.objects.filter(
        user=user, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    open_ones.update(withdrawn_at=moment, withdrawn_by=by)


def token_of(invitation: Invitation) -> str:
    """What the link carries: the invitation's id, signed."""
    return _signer().sign(invitation.public_id.hex)


def invited_by_link(token: str, *, now: datetime.datetime | None = None) -> Invitation:
    """The invitation a link stands for, while it can be accepted.

    Raises NotPossible ("link_changed", "link_used", "link_void", "link_expired").
    """
    try:
        public_id = uuid.UUID(hex=_signer().unsign(token))
    except signing.BadSignature as problem:
        raise NotPossible(
            "link_changed",
            "This link isn't whole: open it from the mail once more, or copy all of it.",
        ) from problem
    found = Invitation.objects.select_related("user").filter(public_id=public_id).first()
    _check_open(found, now or timezone.now())
    assert found is not None
    return found


@transaction.atomic
def accept(invitation: Invitation, *, password: str, now: datetime.datetime | None = None) -> User:
    """The invited person chooses a password, once. Raises NotPossible as the link does."""
    moment = now or timezone.now()
    person = locked_person(invitation.user_id)
    _check_open(Invitation.objects.filter(pk=invitation.pk).first(), moment)
    # Conditional on its own, so that of two at once one password is set.
    if Invitation.objects.open(moment).filter(pk=invitation.pk).update(accepted_at=moment) != 1:
        raise _used()
    person.set_password(password)
    person.save(update_fields=["password"])
    sessions.end_all(person)
    history.record("invitation_accepted", subject=person, by=person, at=moment)
    return person


def _signer() -> signing.Signer:
    """Without a moment of its own: the row says when it expires."""
    return signing.Signer(salt="accounts.invitation")


def _new_invitation(user: User, *, by: User, moment: datetime.datetime) -> Invitation:
    days = AuthoritySettings.objects.in_use().invitation_days
    invitation = Invitation.objects.create(
        user=user,
        invited_at=moment,
        invited_by=by,
        expires_at=moment + datetime.timedelta(days=days),
    )
    history.record("person_invited", subject=user, by=by, at=moment)
    transaction.on_commit(post.ring)
    return invitation


def _check_open(invitation: Invitation | None, moment: datetime.datetime) -> None:
    if invitation is None or invitation.withdrawn_at or not invitation.user.is_active:
        raise NotPossible(
            "link_void", "This link no longer counts: use the newest mail, or ask for another."
        )
    if invitation.accepted_at:
        raise _used()
    if invitation.expires_at <= moment:
        raise NotPossible(
            "link_expired", "This link has expired: ask your administrator for another."
        )


def _used() -> NotPossible:
    return NotPossible(
        "link_used", "This link has been used already: sign in with the password chosen then."
    )
