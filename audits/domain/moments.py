"""What was in force at a moment, as joins: what happened at the moment itself is not before it."""

import datetime

from django.db.models import FilteredRelation, Q
from django.db.models.functions import Coalesce


def in_force(
    relation: str, moment: datetime.datetime, *, since: str, until: str
) -> FilteredRelation:
    """The row of `relation` that began before the moment and had not ended before it.

    `since` and `until` are its fields. The records themselves see to it that there is one at most.
    """
    began = Q(**{f"{relation}__{since}__lt": moment})
    not_ended = Q(**{f"{relation}__{until}__isnull": True}) | Q(
        **{f"{relation}__{until}__gte": moment}
    )
    return FilteredRelation(relation, condition=began & not_ended)


def change_in_force(grade: str, moment: datetime.datetime) -> FilteredRelation:
    """The StandingGradeChange in force of the DomainGrade at the path `grade` (domain rule 14)."""
    return in_force(f"{grade}__changes", moment, since="at", until="superseded_at")


def standing_grade(grade: str, *, change: str) -> Coalesce:
    """The standing grade: what the change in force says, else the auditor's own."""
    return Coalesce(f"{change}__new", f"{grade}__grade")
