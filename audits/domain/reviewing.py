"""External reviewers look at a round's audits, from a day to a day, under study numbers."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.domain import history
from accounts.models import User
from accounts.permissions import holders
from audits.models import ReviewerAssignment, Round
from audits.permissions import check_round_create
from kit.exceptions import NotPossible


@transaction.atomic
def assign_reviewer(
    held_round: Round,
    *,
    reviewer: User,
    until_on: datetime.date,
    by: User,
    now: datetime.datetime | None = None,
) -> ReviewerAssignment:
    """Let an external reviewer see the round's returned audits from today until a day, included.

    Raises Refused ("round_create_not_yours") and NotPossible ("not_a_reviewer", "day_over",
    "assigned_already").
    """
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    check_round_create(by)
    if not holders(Role.EXTERNAL_REVIEWER).filter(pk=reviewer.pk).exists():
        raise NotPossible("not_a_reviewer", f"{reviewer} does not hold the reviewer's role now.")
    if until_on < today:
        raise NotPossible("day_over", "Choose a last day that is today or later.")
    _end_expired(held_round, reviewer, by, moment)
    assignment = _write(
        ReviewerAssignment(
            round=held_round,
            reviewer=reviewer,
            from_on=today,
            until_on=until_on,
            assigned_at=moment,
            assigned_by=by,
        )
    )
    history.record(
        "reviewer_assigned",
        subject=held_round,
        by=by,
        at=moment,
        person=reviewer.public_id,
        until_on=until_on,
    )
    return assignment


@transaction.atomic
def end_assignment(
    assignment: ReviewerAssignment, *, by: User, now: datetime.datetime | None = None
) -> ReviewerAssignment:
    """From now on the reviewer sees nothing of the round.

    Raises Refused ("round_create_not_yours") and NotPossible ("ended_already").
    """
    moment = now or timezone.now()
    held = ReviewerAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    check_round_create(by)
    if held.ended_at:
        raise NotPossible("ended_already", "This was ended already.")
    held.ended_at, held.ended_by = moment, by
    held.save(update_fields=["ended_at", "ended_by"])
    history.record(
        "reviewer_ended", subject=held.round, by=by, at=moment, person=held.reviewer.public_id
    )
    return held


def _end_expired(held_round: Round, reviewer: User, by: User, moment: datetime.datetime) -> None:
    """One that ran out makes room for the next."""
    old = ReviewerAssignment.objects.filter(
        round=held_round,
        reviewer=reviewer,
        ended_at__isnull=True,
        until_on__lt=timezone.localdate(moment),
    )
    old.update(ended_at=moment, ended_by=by)


def _write(assignment: ReviewerAssignment) -> ReviewerAssignment:
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "assigned_already", "This person reviews the round already. End that first."
        ) from clash
    return assignment
