"""The sections of a dashboard: what needs doing first, then figures with links to their audits."""

from reporting.printing.dashboard.needs import Need, needs_first
from reporting.printing.dashboard.parts import Beside, Opens
from reporting.printing.dashboard.sections import dashboard_sections

__all__ = ["Beside", "Need", "Opens", "dashboard_sections", "needs_first"]
