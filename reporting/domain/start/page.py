"""Which sections a person's start page has, the most urgent first."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone

from accounts.choices import Role
from accounts.domain import directory
from accounts.models import User
from accounts.permissions import grants
from audits.models import Audit
from kit.months import london_day, long_date
from reporting.domain.leaving import leavers_with_open_work
from reporting.domain.start.auditor import GIVEN_AUDITS, AuditorWork, auditor_work
from reporting.domain.start.concerns import Concerns, open_concerns
from reporting.domain.start.governance import GovernanceWork, governance_work
from reporting.domain.start.head import HeadWork, head_work
from reporting.domain.start.officer import QA, OfficerWork, officer_work
from reporting.domain.start.recipient import RecipientWork, recipient_work
from reporting.domain.start.requests import MANAGERS, RequestWork, request_work
from reporting.domain.start.reviewer import ReviewerWork, reviewer_work

AUDITORS = frozenset({Role.PRACTITIONER, *GIVEN_AUDITS})
"""Roles whose holders are given audits, or actions that follow from them."""

DUTIES = {
    Role.ADMINISTRATOR: (
        "You manage users, units and settings, and you see no child's case.",
        "A role that gives sight of cases takes a second person to confirm it.",
    ),
    Role.INFORMATION_GOVERNANCE: (
        "You confirm sensitive roles, and you can see who looked at which case.",
        "You see no case of your own accord: opening one takes a typed reason and is told to "
        "others.",
    ),
}


@dataclass(frozen=True)
class Duties:
    """What someone may do who keeps people and rights, and how much of it waits.

    `to_confirm`: roles that wait for this person as the second. `leavers`: people who have left
    and whose work is not handed on; None for who does not keep people.
    """

    kind: ClassVar[str] = "duties"

    heading: str
    sentences: tuple[str, ...]
    to_confirm: int = 0
    leavers: tuple[User, ...] | None = None

    @property
    def urgency(self) -> int:
        return 1 if self.to_confirm or self.leavers else 3


Section = (
    AuditorWork
    | OfficerWork
    | HeadWork
    | RequestWork
    | RecipientWork
    | ReviewerWork
    | GovernanceWork
    | Duties
)


@dataclass(frozen=True)
class StartPage:
    """A person's start page: safety concerns lead it, whatever the roles."""

    day: str
    concerns: Concerns | None
    sections: tuple[Section, ...]


def start_page(user: User, *, now: datetime.datetime | None = None) -> StartPage:
    """The sections of every role the person holds, each as urgent as its most urgent line."""
    moment = now or timezone.now()
    roles = {Role(role) for role in grants(user).values_list("role", flat=True)}
    return StartPage(
        day=long_date(london_day(moment)),
        concerns=open_concerns(user, now=moment),
        sections=tuple(sorted(_sections(user, roles, moment), key=lambda each: each.urgency)),
    )


def _sections(user: User, roles: set[Role], now: datetime.datetime) -> Iterator[Section]:
    if roles & {Role.HEAD_OF_SERVICE}:
        yield from head_work(user, now=now)
    if roles & set(QA):
        yield officer_work(user, now=now)
    if roles & set(MANAGERS):
        yield from filter(None, [request_work(user)])
    if roles & AUDITORS or Audit.objects.visible_to(user).filter(auditor=user).exists():
        yield auditor_work(user, now=now)
    yield from _keeping(user, roles)
    if roles & {Role.EXTERNAL_REVIEWER}:
        yield reviewer_work(user, now=now)
    if roles & {Role.REPORT_RECIPIENT}:
        yield recipient_work(user)


def _keeping(user: User, roles: set[Role]) -> Iterator[Section]:
    """For those who watch over cases opened out of turn, and who keep people and rights."""
    if Role.INFORMATION_GOVERNANCE in roles:
        yield governance_work(user)
    for role, sentences in DUTIES.items():
        if role in roles:
            yield _duties(user, role, sentences)


def _duties(user: User, role: Role, sentences: tuple[str, ...]) -> Duties:
    keeps_people = role == Role.ADMINISTRATOR
    return Duties(
        heading=str(role.label),
        sentences=sentences,
        to_confirm=directory.to_decide(user).count(),
        leavers=tuple(leavers_with_open_work(directory.people(user))) if keeps_people else None,
    )
