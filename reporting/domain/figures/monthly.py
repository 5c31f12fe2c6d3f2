"""The whole of a monthly report's figures, and the document it is kept as."""

import datetime
from dataclasses import dataclass
from typing import Any

from cattrs.preconf.json import make_converter

from reporting.domain.figures.actions import ActionFigures
from reporting.domain.figures.grades import GradeTable
from reporting.domain.figures.learning import LearningFigures
from reporting.domain.figures.moderation import ModerationFigures
from reporting.domain.figures.re_audits import ReAuditFigures
from reporting.domain.figures.returns import ReturnTable
from reporting.domain.figures.safety import SafetyFigures

_CONVERTER = make_converter()


@dataclass(frozen=True)
class Period:
    """From the first to the last month, both included, each by its first day."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class UsedSettings:
    """The settings that the figures depend on, frozen with them."""

    independence_months: int
    capacity_percent: int
    random_percent: int
    re_audit_months: int
    verification_percent: int


@dataclass(frozen=True)
class MonthlyFigures:
    """The figures of a period, for a scope, as at a moment ("before" is strict).

    Only months that have a round in the ledger have rows.
    """

    period: Period
    as_at: datetime.datetime
    scope: str
    returns: ReturnTable
    grades: GradeTable
    moderation: ModerationFigures
    safety: SafetyFigures
    re_audits: ReAuditFigures
    actions: ActionFigures
    learning: LearningFigures
    settings: UsedSettings

    def as_document(self) -> dict[str, Any]:
        """The figures as plain JSON values, to be frozen on the Report."""
        document: dict[str, Any] = _CONVERTER.unstructure(self)
        return document

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "MonthlyFigures":
        """The figures as they were frozen."""
        return _CONVERTER.structure(document, cls)
