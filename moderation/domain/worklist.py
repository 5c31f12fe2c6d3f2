"""What a moderator has to do, and what waits for two people.

Before the commit a line carries the case and a day, and nothing of the auditor's work: neither
the auditor, nor a grade, nor why the audit was chosen (domain rule 12).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import reach
from audits.choices import Grade
from cases.domain.strip import CaseStrip, strips_of
from kit.months import london_day
from kit.working_days import add_working_days, due_when
from moderation.domain import agreement
from moderation.domain.queries import with_grades
from moderation.models import ImportedAudit, Moderation, ModerationSettings
from moderation.models.moderation import ModerationQuerySet
from moderation.permissions import SETTLERS

TEAM = "audit_return__audit__team"


@dataclass(frozen=True)
class WorkLine:
    """A moderation not yet committed: which case, by when, how many sections have a grade."""

    moderation: Moderation
    strip: CaseStrip
    due: str
    graded: int
    of: int


@dataclass(frozen=True)
class SettlingLine:
    """A committed moderation that is not settled: both overall grades on the headline axis."""

    moderation: Moderation
    strip: CaseStrip
    own: Grade
    moderated: Grade

    @property
    def needs_two_people(self) -> bool:
        return agreement.needs_two_people(self.own, self.moderated)

    @property
    def waits_for(self) -> str:
        """Who does what next, in words."""
        if self.moderation.proposed_by:
            return f"A second person, after {self.moderation.proposed_by}"
        return "A proposal" if self.needs_two_people else "Its moderator's reason"

    @property
    def order(self) -> tuple[bool, bool, int]:
        """As a panel takes them: Inadequate, across the Good line, then by steps apart."""
        inadequate = Grade.INADEQUATE in (self.own, self.moderated)
        one_side = (self.own >= Grade.GOOD) == (self.moderated >= Grade.GOOD)
        return (not inadequate, one_side, -abs(self.own - self.moderated))


@dataclass(frozen=True)
class SettledLine:
    """A settled moderation whose auditor has no feedback yet."""

    moderation: Moderation
    strip: CaseStrip


@dataclass(frozen=True)
class MyModerations:
    """What one moderator has before them, in the order in which their page shows it."""

    to_do: list[WorkLine]
    in_progress: list[WorkLine]
    to_settle: list[SettlingLine]
    without_feedback: list[SettledLine]


def due_on(moderation: Moderation, *, days: int) -> datetime.date:
    """The day by which to moderate: so many working days after it was given out."""
    return add_working_days(london_day(moderation.assigned_at), days)


def my_moderations(user: User, *, on: datetime.date) -> MyModerations:
    """The user's own moderations that still ask for something, in their seeded order."""
    mine = Moderation.objects.visible_to(user).filter(moderator=user, withdrawn_at__isnull=True)
    lines = _work_lines(mine.filter(committed_at__isnull=True), on)
    return MyModerations(
        to_do=[line for line in lines if not line.graded],
        in_progress=[line for line in lines if line.graded],
        to_settle=_settling_lines(mine, on),
        without_feedback=_settled_lines(mine, on),
    )


def to_settle(user: User, *, on: datetime.date) -> list[SettlingLine]:
    """All that waits to be settled where the user settles, as a panel would take it."""
    roles = (*SETTLERS, Role.EXTERNAL_REVIEWER)
    seen = Moderation.objects.visible_to(user).filter(reach(user, *roles, field=TEAM))
    return sorted(_settling_lines(seen, on), key=lambda line: line.order)


def strip_of(moderation: Moderation, *, on: datetime.date) -> CaseStrip:
    """The strip of a moderation's case."""
    case = moderation.audit_return.audit.case
    return strips_of([case], on=on)[case.pk]


def _work_lines(moderations: ModerationQuerySet, on: datetime.date) -> list[WorkLine]:
    days = ModerationSettings.objects.in_use().moderation_days
    domains = "audit_return__audit__round__tool_version__domains"
    counted = _with_case(moderations).annotate(
        graded=Count("regrades__domain", distinct=True),
        of=Count(domains, filter=Q(**{f"{domains}__is_graded": True}), distinct=True),
    )
    rows: list[Any] = list(counted.order_by("position", "pk"))
    strips = _strips(rows, on)
    return [
        WorkLine(row, strips[row.pk], due_when(due_on(row, days=days), on), row.graded, row.of)
        for row in rows
    ]


def _settling_lines(moderations: ModerationQuerySet, on: datetime.date) -> list[SettlingLine]:
    waiting = moderations.filter(
        committed_at__isnull=False, settled_at__isnull=True, withdrawn_at__isnull=True
    )
    graded = _with_case(with_grades(waiting)).select_related("proposed_by", "moderator")
    rows: list[Any] = list(graded.order_by("committed_at", "pk"))
    strips = _strips(rows, on)
    return [
        SettlingLine(row, strips[row.pk], Grade(row.own_grade), Grade(row.moderated_grade))
        for row in rows
    ]


def _settled_lines(moderations: ModerationQuerySet, on: datetime.date) -> list[SettledLine]:
    came_from_a_file = ImportedAudit.objects.filter(moderation=OuterRef("pk"))
    settled = moderations.filter(~Exists(came_from_a_file), settled_at__isnull=False, feedback=None)
    rows = list(_with_case(settled).order_by("settled_at", "pk"))
    strips = _strips(rows, on)
    return [SettledLine(row, strips[row.pk]) for row in rows]


def _with_case(moderations: ModerationQuerySet) -> "QuerySet[Moderation]":
    return moderations.select_related("audit_return__audit__case__team")


def _strips(moderations: Iterable[Moderation], on: datetime.date) -> dict[int, CaseStrip]:
    """The strips by the moderations' keys."""
    cases = {row.pk: row.audit_return.audit.case for row in moderations}
    strips = strips_of(cases.values(), on=on)
    return {key: strips[case.pk] for key, case in cases.items()}
