import datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.domain import inviting, post
from accounts.exceptions import Refused
from accounts.models import AuthoritySettings, HistoryEntry, Invitation, User
from accounts.tasks import send
from kit.exceptions import NotPossible
from tests.matrix import COLUMNS, cell, refusal_of

DAY = datetime.timedelta(days=1)
WORDS = "a quiet heron by the weir"


def invited(world, **values):
    given = {
        "email": "New.Person@aireborough.example",
        "name": "New Person",
        "post_title": "Social worker",
        "unit": world.team,
        "from_on": timezone.localdate(),
        "by": world.administrator,
    }
    return inviting.invite(**given | values)


def test_who_is_invited_belongs_to_a_unit_and_cannot_sign_in_yet(world):
    person = invited(world).user

    assert person.email == "new.person@aireborough.example"
    assert person.memberships.get().unit == world.team
    assert not person.has_usable_password()


def test_the_mail_has_the_link_and_is_sent_once(world, settings):
    invitation = invited(world)
    send()
    send()

    (letter,) = mail.outbox
    token = inviting.token_of(invitation)
    assert letter.to == ["new.person@aireborough.example"]
    assert f"{settings.SITE_URL}/invitations/{token}/" in letter.body
    assert world.administrator.name in letter.body
    assert Invitation.objects.get().sent_at


def test_inviting_rings_once_it_is_committed(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        invited(world)

    assert callbacks == [post.ring]


class Unwilling(EmailMessage):
    """A mail that the server does not take."""

    def send(self, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError


def test_what_the_mail_server_refused_is_sent_after_a_pause(world):
    invited(world)
    now = timezone.now()
    assert post.send_waiting(lambda invitation: Unwilling(), now=now) == 0
    assert Invitation.objects.get().sent_at is None
    assert post.send_waiting(lambda invitation: EmailMessage(to=["a@b.example"]), now=now) == 0

    later = now + post.PAUSE
    assert post.send_waiting(lambda invitation: EmailMessage(to=["a@b.example"]), now=later) == 1


def test_the_link_gives_a_password_once(world):
    token = inviting.token_of(invited(world))
    person = inviting.accept(inviting.invited_by_link(token), password=WORDS)

    assert User.objects.get(pk=person.pk).check_password(WORDS)
    with pytest.raises(NotPossible, match="used already"):
        inviting.invited_by_link(token)
    with pytest.raises(NotPossible, match="used already"):
        inviting.accept(Invitation.objects.get(), password="another long phrase")


def test_a_link_expires_after_the_days_that_settings_say(world):
    AuthoritySettings.objects.create(invitation_days=2)
    invitation = invited(world)
    token = inviting.token_of(invitation)
    last = invitation.invited_at + 2 * DAY

    assert inviting.invited_by_link(token, now=last - DAY) == invitation
    with pytest.raises(NotPossible, match="has expired"):
        inviting.invited_by_link(token, now=last)
    with pytest.raises(NotPossible, match="has expired"):
        inviting.accept(invitation, password=WORDS, now=last)


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "x" + token])
def test_a_changed_link_says_so(world, change):
    token = inviting.token_of(invited(world))

    with pytest.raises(NotPossible, match="isn't whole"):
        inviting.invited_by_link(change(token))


def test_inviting_again_makes_the_first_link_void(world):
    first = invited(world)
    with pytest.raises(Refused, match="kept by the administrator"):
        inviting.invite_again(first.user, by=world.qa_manager)
    second = inviting.invite_again(first.user, by=world.administrator)

    with pytest.raises(NotPossible, match="no longer counts"):
        inviting.invited_by_link(inviting.token_of(first))
    inviting.accept(second, password=WORDS)
    with pytest.raises(NotPossible, match="chosen a password already"):
        inviting.invite_again(first.user, by=world.administrator)


def test_an_address_is_invited_once(world):
    invited(world)
    with pytest.raises(NotPossible, match="this e-mail address already"):
        invited(world, email="NEW.person@aireborough.example")
    with pytest.raises(Refused, match="kept by the administrator"):
        invited(world, by=world.qa_manager)


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_invite_is_what_the_matrix_says(world, column):
    may = cell("user.manage", column) != "none"
    reason = refusal_of(lambda: invited(world, by=getattr(world, column)))

    assert reason == ("" if may else "user_manage_not_yours")


def test_history_tells_of_the_invitation_and_of_its_acceptance(world):
    invitation = invited(world)
    inviting.accept(invitation, password=WORDS)

    rows = HistoryEntry.objects.filter(subject_id=invitation.user.public_id)
    verbs = list(rows.values_list("verb", flat=True))
    assert verbs == ["person_added", "unit_joined", "person_invited", "invitation_accepted"]
