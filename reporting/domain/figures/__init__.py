"""The figures of a monthly report: frozen counts and pure arithmetic, without the database.

`reporting.domain.counting` fills them from the records; pages, the PDF and the CSV print the
same objects; `Report.figures` keeps them as a document.
"""

from reporting.domain.figures.actions import ActionFigures, OverdueBands
from reporting.domain.figures.grades import (
    DomainGrades,
    GradeCounts,
    GradeMatrix,
    GradeMonth,
    GradeTable,
)
from reporting.domain.figures.learning import ContributionCounts, LearningFigures, ThemeCount
from reporting.domain.figures.moderation import (
    ComparisonCounts,
    ModerationFigures,
    ModerationMonth,
    ModerationReason,
)
from reporting.domain.figures.monthly import MonthlyFigures, Period, UsedSettings
from reporting.domain.figures.re_audits import ReAuditFigures
from reporting.domain.figures.returns import (
    ExemptionCount,
    LevelReturns,
    MonthReturns,
    ReturnCounts,
    ReturnTable,
    ServiceReturns,
    StandingCount,
)
from reporting.domain.figures.safety import SafetyFigures, SafetyMonth

__all__ = [
    "ActionFigures",
    "ComparisonCounts",
    "ContributionCounts",
    "DomainGrades",
    "ExemptionCount",
    "GradeCounts",
    "GradeMatrix",
    "GradeMonth",
    "GradeTable",
    "LearningFigures",
    "LevelReturns",
    "ModerationFigures",
    "ModerationMonth",
    "ModerationReason",
    "MonthReturns",
    "MonthlyFigures",
    "OverdueBands",
    "Period",
    "ReAuditFigures",
    "ReturnCounts",
    "ReturnTable",
    "SafetyFigures",
    "SafetyMonth",
    "ServiceReturns",
    "StandingCount",
    "ThemeCount",
    "UsedSettings",
]
