"""What an audit was at a moment, as joins and conditions: the one place for figures and lists.

`before` is strict (domain rule 1). The joins have fixed names, which the conditions use: `in_force`
(the return in force), `exemption` (the one in force), `first` (the first return).
"""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from audits.domain.moments import in_force
from audits.models import Extension
from audits.models.audit import AuditQuerySet
from kit.months import LONDON, london_day

GRADES = "in_force__grades"

RETURNED = Q(in_force__pk__isnull=False)
EXEMPTED = Q(exemption__pk__isnull=False)
OUTSTANDING = Q(in_force__pk__isnull=True, exemption__pk__isnull=True)
EXTENDED = OUTSTANDING & Q(is_extended=True)
LATE = RETURNED & Q(first_on__gt=F("first_due"))


def overdue(at: datetime.datetime) -> Q:
    """Scheduled, not returned and past the due date: from the day after it."""
    return OUTSTANDING & Q(due__lt=london_day(at))


def with_return(audits: AuditQuerySet, at: datetime.datetime) -> AuditQuerySet:
    """Planned at the moment. `in_force` joins the return in force, at most one an audit."""
    joined = in_force("returns", at, since="returned_at", until="sent_back_at")
    return audits.planned_at(at).alias(in_force=joined)


def with_exemption(audits: AuditQuerySet, at: datetime.datetime) -> AuditQuerySet:
    """`exemption` joins the exemption in force, at most one an audit."""
    joined = in_force("exemptions", at, since="approved_at", until="withdrawn_at")
    return audits.alias(exemption=joined)


def with_due_dates(audits: AuditQuerySet, at: datetime.datetime) -> AuditQuerySet:
    """The first return and its due date as it then was; the due date at the moment."""
    today = london_day(at)
    first = FilteredRelation(
        "returns", condition=Q(returns__version=1, returns__returned_at__lt=at)
    )
    extended = Extension.objects.filter(
        audit=OuterRef("pk"), approved_at__lt=at, old_due_on__lt=today
    )
    return audits.alias(first=first).alias(
        first_on=TruncDate("first__returned_at", tzinfo=LONDON),
        first_due=_due_on(OuterRef("first__returned_at")),
        due=_due_on(at),
        is_extended=Exists(extended.filter(new_due_on__gte=today)),
    )


def headline(path: str, overall: Iterable[tuple[int, str]]) -> Q:
    """That the DomainGrade at `path` is the overall grade on its tool's headline axis.

    `overall` are the keys of the overall sections of the tools in question, each with that axis.
    """
    condition = Q(**{f"{path}__pk__in": []})
    for domain, axis in overall:
        condition |= Q(**{f"{path}__domain": domain, f"{path}__axis": axis})
    return condition


def _due_on(moment: datetime.datetime | OuterRef) -> Coalesce:
    """When the audit was due, as known before the moment (or the one an OuterRef names).

    `Audit.due_on` is the last extension's date; what was approved later is taken back.
    """
    later = Extension.objects.filter(audit=OuterRef("pk"), approved_at__gte=moment)
    return Coalesce(Subquery(later.order_by("old_due_on").values("old_due_on")[:1]), "due_on")
