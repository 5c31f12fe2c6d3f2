"""What was true at a moment ("before" is strict, domain rule 1), as querysets that compose.

Start from `Audit.objects.visible_to(user)` and pass the queryset through; the moment is an aware
datetime, and nothing here reads the clock.
"""

import datetime

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from audits.models import (
    Audit,
    AuditReturn,
    DomainGrade,
    Exemption,
    IndependenceOverride,
)
from audits.models.audit import AuditQuerySet


def annotate_ledger(audits: AuditQuerySet, *, at: datetime.datetime) -> AuditQuerySet:
    """Adds `is_exempted` and `is_returned` as at the moment; scheduled is not exempted."""
    exempted = Exemption.objects.in_force_at(at).filter(audit=OuterRef("pk"))
    returned = AuditReturn.objects.standing_at(at).filter(audit=OuterRef("pk"))
    return audits.annotate(is_exempted=Exists(exempted), is_returned=Exists(returned))


def annotate_first_returned(audits: AuditQuerySet, *, at: datetime.datetime) -> AuditQuerySet:
    """Adds `first_returned_at`, by which on time is judged; empty when never returned before."""
    first = (
        AuditReturn.objects.filter(audit=OuterRef("pk"), returned_at__lt=at)
        .values("audit")
        .annotate(first=Min("returned_at"))
        .values("first")
    )
    return audits.annotate(first_returned_at=Subquery(first))


def annotate_overridden(audits: AuditQuerySet) -> AuditQuerySet:
    """Adds `is_overridden`: the auditor had leave to audit without independence."""
    leave = IndependenceOverride.objects.filter(
        round=OuterRef("round"),
        case=OuterRef("case"),
        auditor=OuterRef("auditor"),
        confirmed_at__isnull=False,
    )
    return audits.annotate(is_overridden=Exists(leave))


def grades_of(audits: QuerySet[Audit], *, at: datetime.datetime) -> QuerySet[DomainGrade]:
    """The grades of the returns in force at the moment, each with `standing_at`.

    `standing_at` is the grade that stood then: the newest change made before the moment, or the
    auditor's own where there was none. Not applicable has neither and is left out.
    """
    returns = AuditReturn.objects.standing_at(at).filter(audit__in=audits)
    in_force = Q(changes__at__lt=at) & (
        Q(changes__superseded_at__isnull=True) | Q(changes__superseded_at__gte=at)
    )
    return (
        DomainGrade.objects.filter(audit_return__in=returns, grade__isnull=False)
        .annotate(change=FilteredRelation("changes", condition=in_force))
        .annotate(standing_at=Coalesce("change__new", "grade"))
    )


def headline(grades: QuerySet[DomainGrade]) -> QuerySet[DomainGrade]:
    """The overall grade on each tool's headline axis: one row an audit."""
    return grades.filter(domain__is_overall=True, axis=F("domain__version__headline_axis"))
