"""Re-audits: every three months while a case stands at Inadequate (domain rule 16).

Scheduling and following up apply the rule and may be done by the schedule; ending for another
reason than better is a decision of two people.
"""

import datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts.domain import history
from accounts.domain.standing_in import director_stands_in
from accounts.models import User
from accounts.permissions import check_two_people
from audits.choices import Grade, RoundKind
from audits.domain.locking import locked_audit
from audits.models import Audit
from audits.permissions import check_audit_allocate
from kit.exceptions import NotPossible
from kit.months import london_day
from moderation.choices import ReAuditEnd
from moderation.domain.locking import locked_schedule
from moderation.domain.queries import governing_grade
from moderation.domain.states import RE_AUDIT, re_audit_state
from moderation.models import ModerationSettings, ReAuditSchedule


@transaction.atomic
def schedule(audit: Audit, *, by: User, now: datetime.datetime | None = None) -> ReAuditSchedule:
    """Schedule the first re-audit of a case whose audit stands, or may stand, at Inadequate.

    Due three months (a setting) after the day of the return. Raises Refused
    ("audit_allocate_not_yours") and NotPossible ("not_returned", "not_inadequate",
    "re_audit_scheduled").
    """
    moment = now or timezone.now()
    held = locked_audit(audit.pk)
    check_audit_allocate(by, held.case)
    if _grade(held) != Grade.INADEQUATE:
        raise NotPossible("not_inadequate", "Re-audits follow an Inadequate audit only.")
    _check_not_followed(held)
    return _add(held, number=1, after=held, by=by, moment=moment)


@transaction.atomic
def hold(
    schedule: ReAuditSchedule, *, audit: Audit, by: User, now: datetime.datetime | None = None
) -> ReAuditSchedule:
    """This returned audit is the re-audit that was due; it came back after the one it follows.

    Raises Refused ("audit_allocate_not_yours") and NotPossible ("hold_not_possible",
    "not_its_re_audit", "not_returned").
    """
    moment = now or timezone.now()
    made = locked_audit(audit.pk)
    held = locked_schedule(schedule)
    check_audit_allocate(by, held.case)
    RE_AUDIT.check(re_audit_state(held), "hold")
    _check_made(held, made)
    held.held = made
    held.save(update_fields=["held"])
    history.record("re_audit_held", subject=held, by=by, at=moment, audit=made.public_id)
    return held


@transaction.atomic
def follow_up(
    schedule: ReAuditSchedule, *, by: User, now: datetime.datetime | None = None
) -> ReAuditSchedule:
    """After one was held: the next where it is still Inadequate, else re-audits end as better.

    Returns the next one, or this one ended. Raises Refused ("audit_allocate_not_yours") and
    NotPossible ("follow_up_not_possible", "not_returned").
    """
    moment = now or timezone.now()
    held = locked_schedule(schedule)
    check_audit_allocate(by, held.case)
    RE_AUDIT.check(re_audit_state(held), "follow_up")
    made = _last_audit(held)
    if _grade(made) == Grade.INADEQUATE:
        return _add(held.origin, number=held.number + 1, after=made, by=by, moment=moment)
    return _end(held, ReAuditEnd.BETTER, by=by, second_by=None, moment=moment)


@transaction.atomic
def end(
    schedule: ReAuditSchedule,
    *,
    because: ReAuditEnd,
    by: User,
    second_by: User | None = None,
    now: datetime.datetime | None = None,
) -> ReAuditSchedule:
    """No more re-audits of this case, and why; another reason than better takes two people.

    The second is of the QA team, or the director (domain rule 22).

    Raises Refused ("audit_allocate_not_yours", "needs_two_people", "system_cannot_decide") and
    NotPossible ("end_not_possible", "second_person_missing", "still_inadequate").
    """
    moment = now or timezone.now()
    held = locked_schedule(schedule)
    check_audit_allocate(by, held.case)
    RE_AUDIT.check(re_audit_state(held), "end")
    if because == ReAuditEnd.BETTER:
        _check_better(held)
        second_by = None
    else:
        _check_second(held, by, second_by)
    return _end(held, because, by=by, second_by=second_by, moment=moment)


def _add(
    origin: Audit, *, number: int, after: Audit, by: User, moment: datetime.datetime
) -> ReAuditSchedule:
    returned = after.returns.in_force().get()
    assert returned.returned_at is not None  # what is in force has been returned
    months = ModerationSettings.objects.in_use().re_audit_months
    added = ReAuditSchedule.objects.create(
        case=origin.case,
        origin=origin,
        number=number,
        due_on=london_day(returned.returned_at) + relativedelta(months=months),
        scheduled_at=moment,
        scheduled_by=by,
    )
    history.record(
        "re_audit_scheduled", subject=added, by=by, at=moment, number=number, due_on=added.due_on
    )
    return added


def _end(
    held: ReAuditSchedule,
    because: ReAuditEnd,
    *,
    by: User,
    second_by: User | None,
    moment: datetime.datetime,
) -> ReAuditSchedule:
    held.ended_at, held.ended_by = moment, by
    held.ended_because, held.second_ended_by = because, second_by
    held.save(update_fields=["ended_at", "ended_by", "ended_because", "second_ended_by"])
    second = second_by.public_id if second_by else None
    history.record(
        "re_audits_ended", subject=held, by=by, at=moment, because=because, second=second
    )
    return held


def _last_audit(held: ReAuditSchedule) -> Audit:
    return held.held or held.origin


def _grade(audit: Audit) -> Grade:
    """The grade that governs; NotPossible ("not_returned") while the audit is not returned."""
    grade = governing_grade(audit)
    if grade is None:
        raise NotPossible("not_returned", "This audit is not returned. Wait until it comes back.")
    return grade


def _check_not_followed(audit: Audit) -> None:
    series = ReAuditSchedule.objects.filter(case=audit.case)
    running = series.filter(held__isnull=True, ended_at__isnull=True)
    if (
        running.exists()
        or series.filter(origin=audit).exists()
        or series.filter(held=audit).exists()
    ):
        raise NotPossible(
            "re_audit_scheduled", "Re-audits follow this audit already. Look under re-audits."
        )


def _check_made(held: ReAuditSchedule, made: Audit) -> None:
    is_re_audit = made.round.kind == RoundKind.RE_AUDIT and made.case_id == held.case_id
    is_free = not ReAuditSchedule.objects.filter(held=made).exists()
    if not is_re_audit or not is_free or made.pk == held.origin_id:
        raise NotPossible(
            "not_its_re_audit",
            "That audit is not a re-audit of this child's case. Choose one from a re-audit round.",
        )
    _grade(made)
    first = held.origin.returns.aggregate(first=Min("returned_at"))["first"]
    if not made.returns.in_force().filter(returned_at__gt=first).exists():
        raise NotPossible(
            "not_its_re_audit",
            "That audit came back before the one that it should follow. Choose a later one.",
        )


def _check_better(held: ReAuditSchedule) -> None:
    if _grade(_last_audit(held)) == Grade.INADEQUATE:
        raise NotPossible(
            "still_inadequate", "The case still stands at Inadequate, so re-audits go on."
        )


def _check_second(held: ReAuditSchedule, by: User, second_by: User | None) -> None:
    if second_by is None:
        raise NotPossible(
            "second_person_missing", "This takes two people. Name the colleague who agrees."
        )
    check_two_people(by, second_by)
    if not director_stands_in(second_by, at=held.case.team):
        check_audit_allocate(second_by, held.case)
