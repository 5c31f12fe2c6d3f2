"""The report job against its floor: a fresh process that writes the same HTML with WeasyPrint.

    python manage.py load_demo && python -m benchmarks.report_job

The job is all that a worker does between claiming the run and the published edition: counting,
sentences, charts, HTML, the PDF in its own process, two files stored. Both are timed in turn, so
that a machine whose speed drifts does not decide.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from django.utils import timezone

from accounts.domain.people import system_user
from accounts.domain.units import authority
from reporting import issuing
from reporting.choices import ReportKind, RequestSource
from reporting.domain import leases, requesting
from reporting.models import Report, ReportRun
from reporting.printing import monthly_html

TURNS = 5
TARGET = 1.15
MAY, NOVEMBER = date(2023, 5, 1), date(2023, 11, 1)


def main() -> int:
    """Print both medians and their ratio; the exit code says whether the target is kept."""
    job(requested())
    html, css = monthly_html(Report.objects.latest("pk"))
    wanted = json.dumps({"html": html, "css": css, "title": "Floor"})
    floors, jobs = [], []
    for _ in range(TURNS):
        floors.append(seconds(lambda: floor(wanted)))
        run = requested()
        jobs.append(seconds(lambda run=run: job(run)))
    least, whole = statistics.median(floors), statistics.median(jobs)
    ratio = whole / least
    sys.stdout.write(
        f"floor {least:.2f} s, job {whole:.2f} s, ratio {ratio:.2f} (target {TARGET})\n"
    )
    return 0 if ratio <= TARGET else 1


def requested() -> ReportRun:
    """The next edition of May to November 2023, as at now."""
    return requesting.request_report(
        kind=ReportKind.MONTHLY,
        first_month=MAY,
        last_month=NOVEMBER,
        scope=authority(),
        as_at=timezone.now(),
        by=system_user(),
        source=RequestSource.COMMAND,
    )


def job(run: ReportRun) -> None:
    issuing.attempt(leases.claim(run))


def floor(wanted: str) -> None:
    command = [sys.executable, "-m", "kit.render", "1500", str(os.getpid())]
    subprocess.run(command, input=wanted, text=True, check=True, stdout=subprocess.DEVNULL)


def seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
