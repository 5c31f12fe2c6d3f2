from reporting.views.approving import report_approve
from reporting.views.builds import report_build, report_run
from reporting.views.dashboard import dashboard, dashboard_chart
from reporting.views.dashboard_actions import dashboard_actions
from reporting.views.editions import published_report_file, report_file, reports
from reporting.views.figures import (
    published_report,
    published_report_chart,
    report,
    report_chart,
)
from reporting.views.leaving import person_leave, person_work
from reporting.views.start import start

__all__ = [
    "dashboard",
    "dashboard_actions",
    "dashboard_chart",
    "person_leave",
    "person_work",
    "published_report",
    "published_report_chart",
    "published_report_file",
    "report",
    "report_approve",
    "report_build",
    "report_chart",
    "report_file",
    "report_run",
    "reports",
    "start",
]
