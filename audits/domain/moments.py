"""What was in force at a moment, as joins: what happened at the moment itself is not before it."""

import datetime

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from audits.models import StandingGradeChange


def in_force(
    relation: str, moment: datetime.datetime, *, since: str, until: str
) -> FilteredRelation:
    """The row of `relation` that began before the moment and had not ended before it.

    `since` and `until` are its fields. The records themselves see to it that there is one at most.
    """
    return FilteredRelation(relation, condition=_held(moment, relation, since=since, until=until))


def planned(moment: datetime.datetime, audit: str = "") -> Q:
    """That the audit at the path was allocated before the moment and not voided before it."""
    return _held(moment, audit, since="allocated_at", until="voided_at")


def standing(moment: datetime.datetime, audit_return: str = "") -> Q:
    """That the return at the path was in force: at most one an audit (domain rule 1)."""
    return _held(moment, audit_return, since="returned_at", until="sent_back_at")


def _held(moment: datetime.datetime, path: str = "", *, since: str, until: str) -> Q:
    place = f"{path}__" if path else ""
    not_ended = Q(**{f"{place}{until}__isnull": True}) | Q(**{f"{place}{until}__gte": moment})
    return Q(**{f"{place}{since}__lt": moment}) & not_ended


def change_in_force(grade: str, moment: datetime.datetime) -> FilteredRelation:
    """The StandingGradeChange in force of the DomainGrade at the path `grade` (domain rule 14)."""
    return in_force(f"{grade}__changes", moment, since="at", until="superseded_at")


def standing_grade_of(grade: str, moment: datetime.datetime) -> Coalesce:
    """The standing grade of the DomainGrade at the path `grade`, for many grades at once.

    Looked up grade by grade, so that what it takes follows the grades in view: as a join,
    PostgreSQL reads every change there ever was.
    """
    changes = StandingGradeChange.objects.filter(
        _held(moment, since="at", until="superseded_at"), domain_grade=OuterRef(grade)
    )
    return Coalesce(Subquery(changes.order_by().values("new")[:1]), F(f"{grade}__grade"))


def standing_grade(grade: str, *, change: str) -> Coalesce:
    """The standing grade: what the change in force says, else the auditor's own."""
    return Coalesce(f"{change}__new", f"{grade}__grade")
