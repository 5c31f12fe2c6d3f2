"""The sections of a dashboard in their order."""

from reporting.domain.dashboard.children import Children
from reporting.domain.dashboard.figures import DashboardFigures
from reporting.domain.narrative import narrate
from reporting.printing.dashboard import follow_up, grades, returns
from reporting.printing.dashboard.parts import Opens, Topic


def dashboard_sections(
    figures: DashboardFigures, children: Children, *, opens: Opens
) -> tuple[Topic, ...]:
    """Returns, grades, practice and outcome, domains, re-audits, actions, safety."""
    report = figures.as_report()
    narrative = narrate(report)
    return (
        returns.returns(figures, report, narrative, opens),
        grades.grades(figures, report, narrative, opens),
        grades.axes(figures, report, narrative, opens),
        grades.domains(figures, report, narrative, opens),
        follow_up.re_audits(children),
        follow_up.actions(figures, report, narrative, opens),
        follow_up.safety(figures, report, narrative, opens),
    )
