"""The figures of a dashboard: frozen counts, made of the same parts as a report's."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from audits.choices import Axis
from kit.shares import Share
from reporting.domain.counting.domains import DomainBeside
from reporting.domain.figures import (
    ActionFigures,
    DomainGrades,
    ExemptionCount,
    GradeCounts,
    GradeMatrix,
    GradeMonth,
    GradeTable,
    LearningFigures,
    LevelReturns,
    ModerationFigures,
    MonthlyFigures,
    MonthReturns,
    Period,
    ReAuditFigures,
    ReturnCounts,
    ReturnTable,
    SafetyFigures,
    UsedSettings,
)


@dataclass(frozen=True)
class TeamRow:
    """A team's returns, and the standing overall grades of its returned audits."""

    public_id: UUID
    name: str
    returns: ReturnCounts
    grades: GradeCounts


@dataclass(frozen=True)
class DashboardFigures:
    """The figures of a unit and what is below it, over a period, on one axis, at a moment.

    `hidden` audits are in none of them, because the reader still has to moderate them blind.
    `ungraded` audits came back and are in no figure of grades, safety answers or actions, because
    the reader may not know their grades yet.
    """

    period: Period
    as_at: datetime.datetime
    scope: str
    axis: Axis
    months: tuple[MonthReturns, ...]
    teams: tuple[TeamRow, ...]
    levels: tuple[LevelReturns, ...]
    exemptions: tuple[ExemptionCount, ...]
    grades: tuple[GradeMonth, ...]
    practice_by_outcome: GradeMatrix
    domains: tuple[DomainBeside, ...]
    actions: ActionFigures
    safety: SafetyFigures
    hidden: int
    ungraded: int

    @property
    def total(self) -> ReturnCounts:
        return sum((row.counts for row in self.months), ReturnCounts())

    @property
    def standing(self) -> GradeCounts:
        return sum((row.standing for row in self.grades), GradeCounts())

    @property
    def own(self) -> GradeCounts:
        return sum((row.own for row in self.grades), GradeCounts())

    @property
    def moderated(self) -> Share:
        """Moderated and settled, of those graded."""
        return Share(sum(row.moderated for row in self.grades), self.standing.total)

    def as_report(self) -> MonthlyFigures:
        """The same counts as a report has them, so that pages say the same sentences.

        What a dashboard does not count is empty there.
        """
        return MonthlyFigures(
            period=self.period,
            as_at=self.as_at,
            scope=self.scope,
            returns=ReturnTable(self.months, (), self.levels, self.exemptions, (), 0),
            grades=GradeTable(
                self.grades, tuple(map(_domain, self.domains)), self.practice_by_outcome
            ),
            moderation=ModerationFigures(self.total.returned, (), (), NO_PAIRS, 0, 0, 0, 0),
            safety=self.safety,
            re_audits=ReAuditFigures(0, 0, 0, 0, 0, 0, GradeCounts(), ()),
            actions=self.actions,
            learning=LearningFigures(self.total.returned, (), (), ()),
            settings=UsedSettings(0, 0, 0, 0, 0),
        )


NO_PAIRS = GradeMatrix(((0, 0, 0, 0),) * 4)


def _domain(row: DomainBeside) -> DomainGrades:
    return DomainGrades(
        code=row.code,
        name=row.name,
        is_overall=False,
        practice=row.practice.unit,
        outcome=row.outcome.unit,
        practice_not_applicable=row.practice.not_applicable,
        outcome_not_applicable=row.outcome.not_applicable,
    )
