"""How a moderation ends: the grade that stands, and who decided it (domain rule 13).

The same grade settles with the commit. One step apart on one side of the Good line the
moderator's stands with a reason. Everything else takes two people, one who proposes and one who
settles, at least one of whom was neither auditor nor moderator.
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.domain.standing_in import stands_for
from accounts.models import User
from audits.choices import ChangeSource, Grade
from audits.domain import grading
from audits.models import DomainGrade
from kit.exceptions import NotPossible
from kit.months import london_day
from moderation.choices import Settlement
from moderation.domain import agreement
from moderation.domain.locking import locked_moderation
from moderation.domain.queries import OverallGrades, overall_grades
from moderation.domain.states import MODERATION, state_of
from moderation.models import Moderation
from moderation.permissions import (
    check_moderation_regrade,
    check_moderation_settle_in_panel,
    check_settling_pair,
    is_partners_second,
)


@transaction.atomic
def let_stand(
    moderation: Moderation, *, reason: str, by: User, now: datetime.datetime | None = None
) -> Moderation:
    """The moderator's grade stands at once, where rule 13 lets one person settle.

    By the moderator, with why the two differ. Raises Refused as regrading does and NotPossible
    ("let_stand_not_possible", "reason_missing", "needs_two_people").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_moderation_regrade(by, held, on=london_day(moment))
    MODERATION.check(state_of(held), "let_stand")
    _check_reason(reason)
    grades = overall_grades(held)
    if agreement.needs_two_people(grades.own, grades.moderated):
        raise NotPossible(
            "needs_two_people",
            "These two grades are settled by two people. Send it to the panel.",
        )
    held.settlement, held.settled_grade = Settlement.MODERATOR, grades.moderated
    held.settled_reason = reason.strip()
    _settle(held, by=by, moment=moment)
    _change_grades(held, source=ChangeSource.MODERATION, by=by, second_by=None, moment=moment)
    _record_settled(held, by=by, moment=moment)
    return held


@transaction.atomic
def propose(
    moderation: Moderation,
    *,
    settlement: Settlement,
    reason: str,
    by: User,
    grade: Grade | None = None,
    now: datetime.datetime | None = None,
) -> Moderation:
    """The first of two people says how it should settle; it counts once another settles it.

    `grade` is the overall grade where it is neither the auditor's nor the moderator's. Raises
    Refused ("system_cannot_decide", "moderation_settle_in_panel_not_yours") and NotPossible
    ("propose_not_possible", "reason_missing", "grade_and_settlement").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_moderation_settle_in_panel(by, held)
    MODERATION.check(state_of(held), "propose")
    _check_reason(reason)
    held.settlement, held.settled_reason = settlement, reason.strip()
    held.settled_grade = _settled_grade(settlement, overall_grades(held), grade)
    held.proposed_at, held.proposed_by = moment, by
    held.save(update_fields=_PROPOSAL)
    history.record(
        "moderation_proposed",
        subject=held,
        by=by,
        at=moment,
        settlement=settlement,
        grade=held.settled_grade,
    )
    return held


@transaction.atomic
def withdraw_proposal(
    moderation: Moderation, *, by: User, now: datetime.datetime | None = None
) -> Moderation:
    """Take a proposal back, so that another can be made. Raises Refused and NotPossible."""
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_moderation_settle_in_panel(by, held)
    MODERATION.check(state_of(held), "withdraw_proposal")
    held.proposed_at, held.proposed_by = None, None
    held.settlement, held.settled_grade, held.settled_reason = "", None, ""
    held.save(update_fields=_PROPOSAL)
    history.record("moderation_proposal_withdrawn", subject=held, by=by, at=moment)
    return held


@transaction.atomic
def settle(moderation: Moderation, *, by: User, now: datetime.datetime | None = None) -> Moderation:
    """The second person confirms the proposal, and the standing grades follow it.

    Raises Refused ("system_cannot_decide", "moderation_settle_in_panel_not_yours",
    "needs_two_people", "needs_third_person") and NotPossible ("settle_not_possible").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_moderation_settle_in_panel(by, held)
    MODERATION.check(state_of(held), "settle")
    first = _proposer(held)
    check_moderation_settle_in_panel(first, held)
    check_settling_pair(first, by, held)
    held.settled_for = stands_for(by) if is_partners_second(by, held) else ""
    _settle(held, by=by, moment=moment)
    _change_grades(held, source=ChangeSource.PANEL, by=first, second_by=by, moment=moment)
    _record_settled(held, by=by, moment=moment)
    return held


def settle_as_same(
    moderation: Moderation, *, grade: Grade, by: User, moment: datetime.datetime
) -> None:
    """Both gave this overall grade: a locked moderation is settled, and no grade changes."""
    moderation.settlement, moderation.settled_grade = Settlement.SAME, grade
    _settle(moderation, by=by, moment=moment)


_PROPOSAL = ["settlement", "settled_grade", "settled_reason", "proposed_at", "proposed_by"]


def _proposer(moderation: Moderation) -> User:
    assert moderation.proposed_by is not None  # the transition table has seen it proposed
    return moderation.proposed_by


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise NotPossible("reason_missing", "Say why, in a sentence or two.")


def _settled_grade(settlement: Settlement, grades: OverallGrades, grade: Grade | None) -> Grade:
    """The overall grade a settlement leads to; NotPossible where the two do not fit."""
    if settlement == Settlement.OTHER and grade not in (None, *grades):
        return Grade(grade)
    if settlement == Settlement.MODERATOR and grade is None:
        return grades.moderated
    if settlement == Settlement.AUDITOR and grade is None:
        return grades.own
    raise NotPossible(
        "grade_and_settlement",
        "Choose the auditor's grade, the moderator's, or name a third one that neither gave.",
    )


def _settle(moderation: Moderation, *, by: User, moment: datetime.datetime) -> None:
    # Conditional on its own, so that two settlements at once could never both count.
    waiting = Moderation.objects.filter(pk=moderation.pk, settled_at__isnull=True)
    moderation.settled_at, moderation.settled_by = moment, by
    facts = ("settled_at", "settled_by", "settled_for", *_PROPOSAL[:3])
    if waiting.update(**{name: getattr(moderation, name) for name in facts}) != 1:
        raise NotPossible("settle_not_possible", "This moderation was settled a moment ago.")


def _change_grades(
    moderation: Moderation,
    *,
    source: ChangeSource,
    by: User,
    second_by: User | None,
    moment: datetime.datetime,
) -> None:
    if moderation.settlement not in (Settlement.MODERATOR, Settlement.OTHER):
        return
    for own, grade in _new_standing(moderation):
        grading.set_standing_grade(
            own,
            grade=grade,
            reason=moderation.settled_reason,
            source=source,
            source_id=moderation.public_id,
            by=by,
            second_by=second_by,
            now=moment,
        )


def _new_standing(moderation: Moderation) -> Iterator[tuple[DomainGrade, Grade]]:
    """Every grade that changes, with its new value; not applicable on either side changes none."""
    headline = moderation.audit_return.audit.round.tool_version.headline_axis
    regrades = moderation.regrades.filter(grade__isnull=False)
    moderated = {(row.domain_id, row.axis): row.grade for row in regrades}
    standing = moderation.audit_return.grades.filter(standing__isnull=False)
    for own in standing.select_related("domain").order_by("domain__position", "axis"):
        is_headline = own.domain.is_overall and own.axis == headline
        key = (own.domain_id, own.axis)
        grade = moderation.settled_grade if is_headline else moderated.get(key)
        if grade is not None and grade != own.standing:
            yield own, Grade(grade)


def _record_settled(moderation: Moderation, *, by: User, moment: datetime.datetime) -> None:
    history.record(
        "moderation_settled",
        subject=moderation,
        by=by,
        at=moment,
        for_partner=bool(moderation.settled_for),
        settlement=moderation.settlement,
        grade=moderation.settled_grade,
    )
