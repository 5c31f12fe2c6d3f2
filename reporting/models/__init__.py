from reporting.models.report import Report
from reporting.models.report_file import ReportFile
from reporting.models.run import ReportRun
from reporting.models.settings import ReportSettings
from reporting.models.worker_sign import WorkerSign

__all__ = ["Report", "ReportFile", "ReportRun", "ReportSettings", "WorkerSign"]
