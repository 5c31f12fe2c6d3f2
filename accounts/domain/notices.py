"""Notices: what is due to be told to whom, once, by mail.

A verb writes the rows (`tell`) in its own transaction; the sweeper (`send_waiting`) gathers what
waits for each person into one mail. Rows are claimed before the mail is handed over and never
claimed again. A mail server that cannot be reached loses nothing: what waits keeps waiting.
"""

import datetime
import logging
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.choices import ABOUT_SIGN_IN, NoticeKind
from accounts.domain.authority import authority_name
from accounts.domain.post import RING
from accounts.models import Notice, User
from accounts.models.notice import NoticeQuerySet
from kit.doorbell import ring_for

logger = logging.getLogger(__name__)

NAME = "Case audits"


def tell(
    recipients: Iterable[User],
    *,
    kind: NoticeKind,
    subject: uuid.UUID,
    step: str,
    sent_to: str = "",
    now: datetime.datetime | None = None,
) -> None:
    """These people are to be told of this step of the thing, each once however often it is asked.

    Called within a verb; a worker is rung once that has been committed.
    """
    moment = now or timezone.now()
    due = [
        Notice(
            kind=kind,
            subject=subject,
            step=step,
            recipient=person,
            sent_to=sent_to,
            due_at=moment,
        )
        for person in recipients
    ]
    Notice.objects.bulk_create(due, ignore_conflicts=True)
    transaction.on_commit(lambda: ring_for(RING))


def tell_own(
    person: User,
    *,
    kind: NoticeKind,
    sent_to: str = "",
    now: datetime.datetime | None = None,
) -> None:
    """This person is to be told of a change to their own sign-in; each change is a thing.

    `sent_to` is an address that they had before; empty for the one they have.
    """
    thing = uuid.uuid4()
    tell([person], kind=kind, subject=thing, step="changed", sent_to=sent_to, now=now)


def send_waiting(*, now: datetime.datetime | None = None) -> int:
    """Send each person what waits for them in one mail; returns how many mails were handed over.

    Nothing is claimed as long as the mail server cannot be reached.
    """
    waiting = Notice.objects.waiting().filter(recipient__is_active=True)
    people = list(User.objects.filter(pk__in=waiting.order_by().values("recipient")).order_by("pk"))
    if not people:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        logger.warning("The mail server does not answer. Notices wait until it does.")
        return 0
    try:
        return _send_to_each(people, connection, now or timezone.now())
    finally:
        connection.close()


def about(subject: uuid.UUID) -> list[Notice]:
    """Who was told of a thing, by name."""
    told = Notice.objects.filter(subject=subject).select_related("recipient")
    return list(told.order_by("recipient__name", "pk"))


def _send_to_each(
    people: Iterable[User], connection: BaseEmailBackend, moment: datetime.datetime
) -> int:
    """One after another; the first hand-over that breaks ends the sweep, and the others wait."""
    sent = 0
    for mine in _mails(people, moment):
        try:
            _message(mine, connection).send()
        except OSError:
            # It may have arrived. Sent again it might arrive twice, so a page says "not known".
            logger.warning("A hand-over to the mail server broke; pages say which.")
            break
        keys = [row.pk for row in mine]
        Notice.objects.filter(pk__in=keys).update(handed_over_at=F("claimed_at"))
        sent += 1
    return sent


def _mails(people: Iterable[User], moment: datetime.datetime) -> Iterator[list[Notice]]:
    """What waits for each person, a mail an address, claimed just before it is sent."""
    for person in people:
        waiting = Notice.objects.waiting().filter(recipient=person)
        for address in sorted(set(waiting.order_by().values_list("sent_to", flat=True))):
            mine = _claimed(waiting.filter(sent_to=address), moment)
            if mine:
                yield mine


def _claimed(found: NoticeQuerySet, moment: datetime.datetime) -> list[Notice]:
    """What this sweep alone claimed: the rows whose conditional update was ours."""
    waiting = list(found.select_related("recipient"))
    return [
        row
        for row in waiting
        if Notice.objects.waiting().filter(pk=row.pk).update(claimed_at=moment)
    ]


def _message(mine: list[Notice], connection: BaseEmailBackend) -> EmailMessage:
    person, address = mine[0].recipient, mine[0].sent_to
    kinds = Counter(NoticeKind(row.kind) for row in mine)
    sentences = [
        render_to_string(f"notices/{kind.value}.txt", {"count": count}).strip()
        for kind, count in kinds.items()
    ]
    context = {
        "name": person.name,
        "sentences": sentences,
        "authority_name": authority_name(),
        "is_about_sign_in": not ABOUT_SIGN_IN.isdisjoint(kinds),
    }
    subject = _subject(list(kinds))
    body = render_to_string("notices/mail.txt", context)
    return EmailMessage(subject, body, to=[address or person.email], connection=connection)


def _subject(kinds: list[NoticeKind]) -> str:
    """Which program writes, and what about where it is about one thing."""
    if len(kinds) == 1:
        said = str(kinds[0].label)
        return said if NAME in said else f"{NAME}: {said[:1].lower()}{said[1:]}"
    if ABOUT_SIGN_IN.issuperset(kinds):
        return f"{NAME}: what you sign in with was changed"
    return f"{NAME}: please sign in"
