"""Inadequate audits and the re-audits that follow them (domain rule 16)."""

import datetime
from dataclasses import dataclass

from kit.shares import Share
from reporting.domain.figures.grades import GradeCounts


@dataclass(frozen=True)
class ReAuditFigures:
    """Re-audits of the period's audits that stand at Inadequate.

    `due` fell due by the report's moment (held, late or ended), `held` of them were made, `late`
    are past their date and not made, `ended` stopped for another reason. `after` are the grades
    of those held; `forecast` is how many fall due in the month of the moment, from its day on, and
    in each of the two months after it.
    """

    inadequate: int
    scheduled: int
    due: int
    held: int
    late: int
    ended: int
    after: GradeCounts
    forecast: tuple[tuple[datetime.date, int], ...]

    @property
    def better(self) -> Share:
        """Better than Inadequate, of those held."""
        return Share(self.after.total - self.after.inadequate, self.after.total)

    @property
    def held_share(self) -> Share:
        return Share(self.held, self.due)
