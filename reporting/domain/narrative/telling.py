"""From figures to sentences: pure, and right for any figures."""

from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import (
    follow_up,
    grades,
    learning,
    moderation,
    returns,
    safety,
    summary,
)
from reporting.domain.narrative.document import Narrative


def narrate(figures: MonthlyFigures) -> Narrative:
    """Every sentence that the report of these figures prints."""
    return Narrative(
        headline=returns.headline(figures),
        summary=summary.summary(figures),
        returns=returns.returns(figures),
        services=returns.services(figures),
        levels=returns.levels(figures),
        grades=grades.grades(figures),
        own_grades=grades.own_grades(figures),
        domains=grades.domains(figures),
        axes=grades.axes(figures),
        moderation=moderation.moderation(figures),
        chosen=moderation.chosen(figures),
        learning=learning.learning(figures),
        safety=safety.safety(figures),
        re_audits=follow_up.re_audits(figures),
        actions=follow_up.actions(figures),
    )
