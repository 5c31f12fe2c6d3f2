from reporting.views.builds import report_build, report_run
from reporting.views.dashboard import dashboard, dashboard_chart
from reporting.views.editions import report_file, reports
from reporting.views.figures import report, report_chart
from reporting.views.start import start

__all__ = [
    "dashboard",
    "dashboard_chart",
    "report",
    "report_build",
    "report_chart",
    "report_file",
    "report_run",
    "reports",
    "start",
]
