"""Notices: written once, gathered into one mail a person, claimed before they are handed over."""

import datetime
import smtplib
import socket
import uuid

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import timezone

from accounts.choices import NoticeKind, NoticeState
from accounts.domain import notices
from accounts.models import Notice
from tests.factories.accounts import UserFactory

KIND = NoticeKind.BREAK_GLASS
MINUTES_LATER = datetime.timedelta(minutes=6)
FAILING = "tests.accounts.broken_mail.BrokenBackend"


def tell(*people, subject=None):
    notices.tell(people, kind=KIND, subject=subject or uuid.uuid4(), step="opened")


def states(moment=None):
    return [row.state_at(moment or timezone.now()) for row in Notice.objects.order_by("pk")]


def test_a_person_is_told_once_however_often_it_is_asked(db):
    person, thing = UserFactory(), uuid.uuid4()
    tell(person, subject=thing)
    tell(person, subject=thing)
    assert [row.recipient for row in notices.about(thing)] == [person]


def test_what_waits_for_a_person_is_one_mail_and_never_a_second(db):
    first, second = UserFactory(), UserFactory()
    tell(first, second)
    tell(first)

    assert notices.send_waiting() == 2
    assert notices.send_waiting() == 0

    assert sorted(message.to[0] for message in mail.outbox) == sorted([first.email, second.email])
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "2 times a case was opened out of turn" in bodies[first.email]
    assert "A case was opened out of turn" in bodies[second.email]
    assert set(states()) == {NoticeState.SENT}


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_is_told_in_sentences_without_a_link(kind):
    for count in (1, 2):
        said = render_to_string(f"notices/{kind.value}.txt", {"count": count}).strip()
        assert said.endswith(".")
        assert "://" not in said


def test_nobody_who_left_is_told(db):
    tell(UserFactory(is_active=False))
    assert notices.send_waiting() == 0
    assert (mail.outbox, states()) == ([], [NoticeState.WAITING])


def test_a_mail_server_that_does_not_answer_loses_nothing(db):
    tell(UserFactory())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        assert notices.send_waiting() == 0
    assert states() == [NoticeState.WAITING]

    assert notices.send_waiting() == 1


def test_a_hand_over_that_breaks_is_not_known_and_not_repeated(db):
    tell(UserFactory())
    tell(UserFactory())
    with override_settings(EMAIL_BACKEND=FAILING):
        assert notices.send_waiting() == 0
    assert states() == [NoticeState.IN_HAND, NoticeState.WAITING]
    assert states(timezone.now() + MINUTES_LATER)[0] == NoticeState.NOT_KNOWN

    assert notices.send_waiting() == 1

    assert len(mail.outbox) == 1
    assert states(timezone.now() + MINUTES_LATER) == [NoticeState.NOT_KNOWN, NoticeState.SENT]


def test_a_claimed_notice_is_nobody_elses(db):
    tell(UserFactory())
    Notice.objects.update(claimed_at=timezone.now())
    assert notices.send_waiting() == 0
    assert mail.outbox == []


def test_a_ring_follows_the_commit(django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks() as callbacks:
        tell(UserFactory())
    assert len(callbacks) == 1


def test_the_broken_server_of_these_tests_breaks_after_it_was_reached():
    assert issubclass(smtplib.SMTPServerDisconnected, OSError)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        mail.get_connection(FAILING).send_messages([])
