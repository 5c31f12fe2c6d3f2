"""The work that somebody who leaves has open, gathered from every app, and handed on.

It names no case: whoever hands on is the administrator, who sees none.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.choices import MembershipKind
from accounts.domain import leaving
from accounts.domain.memberships import join_unit
from accounts.models import Membership, User
from accounts.models.user import UserQuerySet
from actions.domain import handing_on as actions
from actions.models import Action
from audits.domain import handing_on as audits
from audits.models import Audit
from kit.months import london_day
from moderation.domain import handing_on as moderations
from moderation.models import Moderation


@dataclass(frozen=True)
class OpenWork:
    """What waits: audits not returned, actions owned, moderations claimed, units led."""

    audits: Sequence[Audit]
    actions: Sequence[Action]
    moderations: Sequence[Moderation]
    units: Sequence[Membership]

    @property
    def count(self) -> int:
        return len(self.audits) + len(self.actions) + len(self.moderations) + len(self.units)


def open_work(user: User) -> OpenWork:
    """What this person has open; the units they lead, or left without a lead."""
    led = user.memberships.on(timezone.localdate()).leads().select_related("unit")
    return OpenWork(
        audits=audits.not_returned(user),
        actions=list(actions.not_done(user)),
        moderations=moderations.not_committed(user),
        units=list(led if user.is_active else leaving.units_left(user)),
    )


def leavers_with_open_work(people: UserQuerySet) -> list[User]:
    """Of these people, those who have left and whose work is not handed on yet."""
    left = people.filter(deactivated_at__isnull=False).order_by("deactivated_at", "pk")
    return [user for user in left if open_work(user).count]


@transaction.atomic
def hand_audits_on(
    chosen: Sequence[Audit], *, to: User, by: User, now: datetime.datetime | None = None
) -> None:
    """All of these audits, or none. Raises what handing one on raises."""
    for audit in chosen:
        audits.hand_on(audit, to=to, by=by, now=now)


@transaction.atomic
def hand_actions_on(
    chosen: Sequence[Action],
    *,
    leaver: User,
    to: User,
    by: User,
    now: datetime.datetime | None = None,
) -> None:
    """All of these actions, or none. Raises what handing one on raises."""
    for action in chosen:
        actions.hand_on(action, leaver=leaver, to=to, by=by, now=now)


@transaction.atomic
def give_moderations_back(
    chosen: Sequence[Moderation], *, by: User, now: datetime.datetime | None = None
) -> None:
    """All of these moderations wait for a moderator again."""
    for moderation in chosen:
        moderations.give_back(moderation, by=by, now=now)


@transaction.atomic
def appoint_lead(
    chosen: Sequence[Membership], *, to: User, by: User, now: datetime.datetime | None = None
) -> None:
    """Somebody else leads these units from today on."""
    for led in chosen:
        day = london_day(now or timezone.now())
        join_unit(to, unit=led.unit, kind=MembershipKind.LEAD, from_on=day, by=by, now=now)
