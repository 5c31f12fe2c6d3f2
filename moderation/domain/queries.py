"""The two overall grades of a moderation on the headline axis, and the one that governs."""

import datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, When

from accounts.models import User
from audits.choices import Grade
from audits.models import Audit, AuditReturn, DomainGrade
from moderation.domain import agreement
from moderation.models import Moderation, Regrade
from moderation.models.moderation import ModerationQuerySet

Graded = TypeVar("Graded", DomainGrade, Regrade)


class OverallGrades(NamedTuple):
    """The auditor's own overall grade and the moderator's, on the headline axis."""

    own: Grade
    moderated: Grade


def with_grades(moderations: ModerationQuerySet) -> ModerationQuerySet:
    """With `own_grade` and `moderated_grade` on each row; both None before the commit.

    Before it nothing of the auditor's work reaches a blind moderator (domain rule 12).
    """
    own = DomainGrade.objects.filter(audit_return=OuterRef("audit_return"))
    moderated = Regrade.objects.filter(moderation=OuterRef("pk"))
    return moderations.annotate(
        own_grade=_once_committed(own), moderated_grade=_once_committed(moderated)
    )


def overall_grades(moderation: Moderation) -> OverallGrades:
    """Both grades of one committed moderation."""
    row: Any = with_grades(Moderation.objects.filter(pk=moderation.pk)).get()
    return OverallGrades(Grade(row.own_grade), Grade(row.moderated_grade))


def governing_grade(audit: Audit) -> Grade | None:
    """The overall grade that governs actions and re-audit; None while the audit is not returned.

    The standing grade, or until a committed moderation is settled the lower one (rule 13).
    """
    in_force = audit.returns.in_force()
    standing = _headline(DomainGrade.objects.filter(audit_return__in=in_force))
    grade = standing.values_list("standing", flat=True).first()
    waiting = Moderation.objects.filter(
        audit_return__in=in_force, committed_at__isnull=False, settled_at__isnull=True
    ).first()
    if grade is None:
        return None
    if waiting is None:
        return Grade(grade)
    return agreement.governing(grade, overall_grades(waiting).moderated)


def settled_returns(
    returns: QuerySet[AuditReturn], *, at: datetime.datetime
) -> QuerySet[Moderation, int]:
    """Which of the returns had a settled moderation at the moment, by key."""
    return (
        Moderation.objects.committed_at_moment(at)
        .filter(settled_at__lt=at, audit_return__in=returns)
        .order_by()
        .values_list("audit_return", flat=True)
    )


def still_blind(user: User) -> QuerySet[Moderation, int]:
    """The audits, by key, that this person still has to moderate blind.

    Figures shown to them leave these audits out, and say so (permissions.md rule 13).
    """
    return (
        Moderation.objects.filter(
            moderator=user, is_blind=True, committed_at__isnull=True, withdrawn_at__isnull=True
        )
        .order_by()
        .values_list("audit_return__audit", flat=True)
    )


def _once_committed(grades: QuerySet[Graded]) -> Case:
    grade = Subquery(_headline(grades).values("grade")[:1])
    return Case(When(committed_at__isnull=False, then=grade), output_field=IntegerField())


def _headline(grades: QuerySet[Graded]) -> QuerySet[Graded]:
    return grades.filter(domain__is_overall=True, axis=F("domain__version__headline_axis"))
