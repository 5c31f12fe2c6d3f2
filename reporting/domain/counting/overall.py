"""Returned audits by their overall grades on both axes, own and standing: one query for many."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, Value, When

from audits.choices import Axis
from audits.domain.moments import change_in_force, standing_grade
from moderation.domain.queries import settled_returns
from reporting.domain.counting.grades import matrix_of, overall_on
from reporting.domain.counting.rows import counted_by
from reporting.domain.figures import GradeCounts, GradeMatrix
from reporting.domain.ledger import Ledger


class Overall(NamedTuple):
    """How many returned audits of a month and team (by key) have these grades and answer.

    Grades are the overall ones, None where the tool has no such axis; `judgement` is the safety
    answer, None without one; `is_moderated` once the moderation is settled.
    """

    month: datetime.date
    team: int
    judgement: str | None
    own_practice: int | None
    practice: int | None
    own_outcome: int | None
    outcome: int | None
    is_moderated: bool
    audits: int

    def standing(self, axis: Axis) -> int | None:
        return self.practice if axis == Axis.PRACTICE else self.outcome

    def own(self, axis: Axis) -> int | None:
        return self.own_practice if axis == Axis.PRACTICE else self.own_outcome

    def is_lowered(self, axis: Axis) -> bool:
        """Moderated, and standing below the auditor's grade."""
        own, standing = self.own(axis), self.standing(axis)
        return self.is_moderated and bool(own and standing) and (standing or 0) < (own or 0)


def count_overall(ledger: Ledger) -> list[Overall]:
    """The returns in force at the ledger's moment that its reader may know the grades of, by
    everything that `Overall` names."""
    settled = Q(pk__in=settled_returns(ledger.graded(), at=ledger.as_at))
    axes = {f"{axis}_row": overall_on(ledger, axis) for axis in Axis}
    changes = {f"{axis}_change": change_in_force(f"{axis}_row", ledger.as_at) for axis in Axis}
    rows = (
        ledger.graded()
        .alias(**axes)
        .alias(**changes)
        .annotate(
            month=F("audit__month"),
            team=F("audit__team"),
            judgement=F("safety_answer__judgement"),
            own_practice=F("practice_row__grade"),
            practice=standing_grade("practice_row", change="practice_change"),
            own_outcome=F("outcome_row__grade"),
            outcome=standing_grade("outcome_row", change="outcome_change"),
            is_moderated=Case(When(settled, then=Value(True)), default=Value(False)),
        )
        .order_by()
        .values_list(*Overall._fields[:-1])
        .annotate(audits=Count("pk"))
    )
    return [Overall(*row) for row in rows]


def standing_counts(rows: Iterable[Overall], axis: Axis) -> GradeCounts:
    return counted_by((row.standing(axis), row.audits) for row in rows)


def own_counts(rows: Iterable[Overall], axis: Axis) -> GradeCounts:
    return counted_by((row.own(axis), row.audits) for row in rows)


def practice_by_outcome(rows: Iterable[Overall]) -> GradeMatrix:
    """Standing overall practice grades in rows, outcome grades in columns."""
    pairs: dict[tuple[int | None, int | None], int] = {}
    for row in rows:
        pair = (row.practice, row.outcome)
        pairs[pair] = pairs.get(pair, 0) + row.audits
    return matrix_of((one, other, count) for (one, other), count in pairs.items())
