"""One audit as a file tells it, and whether it agrees with itself (domain rules 1, 10 and 12)."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from audits.choices import Axis, ExemptionReason, Grade
from kit.months import add_months, long_date, month_name
from kit.spreadsheets.problems import Problem
from moderation.domain.importing.columns import DomainColumn
from moderation.domain.importing.grades import Mark

MOST_MONTHS_APART = 6

Key = tuple[str, datetime.date]


@dataclass(frozen=True)
class AuditRow:
    """Each attribute is the column of that name; empty cells are None or "".

    The same type says what a line of the file tells and what is recorded, so that the two can
    be compared column by column. `line` is 0 for what is recorded.
    """

    line: int
    case_reference: str
    month: datetime.date
    team: tuple[str, ...]
    planned_on: datetime.date
    auditor_email: str = ""
    exempted_on: datetime.date | None = None
    exemption_reason: ExemptionReason | None = None
    returned_on: datetime.date | None = None
    overall_practice_grade: Grade | None = None
    overall_outcome_grade: Grade | None = None
    moderated_on: datetime.date | None = None
    moderator_email: str = ""
    moderated_practice_grade: Grade | None = None
    moderated_outcome_grade: Grade | None = None
    domain_grades: Mapping[DomainColumn, Mark] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> Key:
        """What makes it one audit: a case once in a month's round."""
        return self.case_reference, self.month

    @property
    def overall(self) -> dict[Axis, Grade]:
        """The auditor's own overall grades, by axis."""
        pair = {
            Axis.PRACTICE: self.overall_practice_grade,
            Axis.OUTCOME: self.overall_outcome_grade,
        }
        return {axis: grade for axis, grade in pair.items() if grade is not None}

    @property
    def moderated(self) -> dict[Axis, Grade]:
        """The moderator's overall grades, by axis."""
        pair = {
            Axis.PRACTICE: self.moderated_practice_grade,
            Axis.OUTCOME: self.moderated_outcome_grade,
        }
        return {axis: grade for axis, grade in pair.items() if grade is not None}

    @property
    def standing(self) -> dict[Axis, Grade]:
        """The overall grades that stand: the moderator's where one was given (rule 14)."""
        return {axis: self.moderated.get(axis, own) for axis, own in self.overall.items()}


def check_row(row: AuditRow, *, today: datetime.date) -> Iterator[Problem]:
    """Everything in which the row contradicts itself or the calendar."""
    for column, sentence in (
        *_calendar(row, today),
        *_exemption(row),
        *_return(row),
        *_moderation(row),
    ):
        yield Problem(row.line, column, sentence)


Found = Iterator[tuple[str, str]]


def _calendar(row: AuditRow, today: datetime.date) -> Found:
    if row.month > today:
        yield "month", f"{month_name(row.month)} is still to come: only past audits are imported."
    for column in ("planned_on", "exempted_on", "returned_on", "moderated_on"):
        day = getattr(row, column)
        if day and day > today:
            yield column, f"{long_date(day)} is still to come: check the year."
        elif day and column != "planned_on" and day < row.planned_on:
            planned = long_date(row.planned_on)
            yield column, f"{long_date(day)} is before the audit was planned, {planned}."
    first = add_months(row.month, -MOST_MONTHS_APART)
    if not first <= row.planned_on < add_months(row.month, MOST_MONTHS_APART + 1):
        planned, month = long_date(row.planned_on), month_name(row.month)
        yield "planned_on", f"{planned} is more than half a year from {month}: check the year."


def _exemption(row: AuditRow) -> Found:
    if row.exempted_on and not row.exemption_reason:
        yield "exemption_reason", "An exempted audit needs a reason: write why it was excused."
    if row.exemption_reason and not row.exempted_on:
        yield "exempted_on", "There is a reason for an exemption: write the day it was agreed."
    if row.exempted_on and row.returned_on:
        yield "exempted_on", "An audit is exempted or returned, not both: leave one of them empty."


def _return(row: AuditRow) -> Found:
    if row.returned_on and row.overall_practice_grade is None:
        yield "overall_practice_grade", "A returned audit needs its overall grade: write it."
    if row.returned_on or not (row.overall or row.domain_grades):
        return
    yield "returned_on", "There are grades: write the day the audit was returned, or take them out."


def _moderation(row: AuditRow) -> Found:
    if not (row.moderated_on or row.moderated or row.moderator_email):
        return
    if not row.moderated_on:
        yield "moderated_on", "There is a moderation: write the day it was made."
    if row.moderated_practice_grade is None:
        yield "moderated_practice_grade", "A moderation needs its overall grade: write it."
    if row.moderated_outcome_grade and row.overall_outcome_grade is None:
        yield "overall_outcome_grade", "Its moderator graded the outcome: write the auditor's too."
    if not row.returned_on:
        yield "returned_on", "Only returned audits are moderated: write the day it was returned."
    elif row.moderated_on and row.moderated_on < row.returned_on:
        returned = long_date(row.returned_on)
        yield "moderated_on", f"It is before the audit was returned, {returned}: check both days."
    if row.moderator_email and row.moderator_email == row.auditor_email:
        yield "moderator_email", "Nobody moderates an audit of their own: check both addresses."
