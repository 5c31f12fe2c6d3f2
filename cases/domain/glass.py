"""Break-glass: a case opened out of turn, with a typed reason and for a time.

Information governance is told at once. A director and the QA manager open restricted cases so;
information governance, who see no case of their own accord, open any. Nothing is changed by it:
it lets the case and its returned audits be read, and ends by itself.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.choices import NoticeKind, Role
from accounts.domain import history, notices
from accounts.models import User
from accounts.permissions import holders
from cases.models import BreakGlass, Case, CaseSettings
from cases.permissions import check_break_glass_open, check_sees_glass, openable_by
from kit.exceptions import NotPossible

SHORTEST_REASON = 20
"""Characters of a typed reason, at least (ours)."""

OPENED = "opened"
"""The step of a use that others are told of."""


@transaction.atomic
def open_glass(
    *, reference: str, reason: str, by: User, now: datetime.datetime | None = None
) -> BreakGlass:
    """Open the case with this reference; the answer is the same where there is no such case and
    where this person may not open it so.

    Raises Refused ("break_glass_open_not_yours") and NotPossible ("reason_short",
    "nothing_to_open", "open_already").
    """
    moment = now or timezone.now()
    check_break_glass_open(by)
    _check_reason(reason)
    case = _locked(reference, by)
    _end_lapsed(case, by, moment)
    minutes = CaseSettings.objects.in_use().break_glass_minutes
    glass = BreakGlass.objects.create(
        user=by,
        case=case,
        reason=reason.strip(),
        opened_at=moment,
        until_at=moment + datetime.timedelta(minutes=minutes),
    )
    # All of them, the opener too: somebody else may be using their account.
    told = holders(Role.INFORMATION_GOVERNANCE)
    notices.tell(
        told, kind=NoticeKind.BREAK_GLASS, subject=glass.public_id, step=OPENED, now=moment
    )
    history.record("break_glass_opened", subject=case, by=by, at=moment, minutes=minutes)
    return glass


@transaction.atomic
def end(glass: BreakGlass, *, by: User, now: datetime.datetime | None = None) -> BreakGlass:
    """End it before its time; one's own.

    Raises NotPossible ("not_open").
    """
    moment = now or timezone.now()
    held = (
        BreakGlass.objects.select_for_update(of=("self",)).select_related("case").get(pk=glass.pk)
    )
    if held.user_id != by.pk or held.ended_at or held.until_at <= moment:
        raise NotPossible("not_open", "This is not open any more.")
    held.ended_at = moment
    held.save(update_fields=["ended_at"])
    history.record("break_glass_ended", subject=held.case, by=by, at=moment)
    return held


@transaction.atomic
def mark_seen(glass: BreakGlass, *, by: User, now: datetime.datetime | None = None) -> BreakGlass:
    """Say that one has looked at somebody else's use of it.

    Raises Refused ("history_case_views_not_yours", "own_break_glass") and NotPossible
    ("seen_already").
    """
    moment = now or timezone.now()
    held = (
        BreakGlass.objects.select_for_update(of=("self",)).select_related("case").get(pk=glass.pk)
    )
    check_sees_glass(by, held.user)
    if held.seen_at:
        raise NotPossible("seen_already", f"{held.seen_by} has looked at this already.")
    held.seen_at, held.seen_by = moment, by
    held.save(update_fields=["seen_at", "seen_by"])
    history.record("break_glass_seen", subject=held.case, by=by, at=moment)
    return held


def open_now(user: User, *, now: datetime.datetime | None = None) -> list[BreakGlass]:
    """What this person has open, the one that ends first leading."""
    mine = BreakGlass.objects.open_at(now or timezone.now()).filter(user=user)
    return list(mine.order_by("until_at", "pk"))


def minutes_left(glass: BreakGlass, *, now: datetime.datetime | None = None) -> int:
    """Whole minutes, begun ones counted."""
    left = glass.until_at - (now or timezone.now())
    return max(0, -(-left // datetime.timedelta(minutes=1)))


def unseen(user: User) -> list[BreakGlass]:
    """Uses by others that nobody has looked at yet, the newest first."""
    waiting = BreakGlass.objects.overseen_by(user).filter(seen_at__isnull=True)
    return list(waiting.select_related("user", "case").order_by("-opened_at", "-pk"))


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotPossible(
            "reason_short",
            f"Say why you need to see this case, in at least {SHORTEST_REASON} characters.",
        )


def _locked(reference: str, by: User) -> Case:
    cases = openable_by(by).select_for_update(of=("self",))
    case = cases.filter(reference__iexact=reference.strip()).first()
    if case is None:
        raise NotPossible(
            "nothing_to_open",
            "You can't open a case with this reference here. Check the reference, or ask the QA "
            "manager.",
        )
    return case


def _end_lapsed(case: Case, by: User, moment: datetime.datetime) -> None:
    mine = BreakGlass.objects.filter(case=case, user=by, ended_at__isnull=True)
    for glass in mine:
        if glass.until_at > moment:
            raise NotPossible("open_already", "You have this case open already.")
        glass.ended_at = glass.until_at
        glass.save(update_fields=["ended_at"])
