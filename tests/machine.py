"""Real workers and a real schedule, in processes of their own, on the test's database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from reporting.models import ReportRun, WorkerSign

START_SECONDS = 20
"""How long a process may take to start on a busy machine."""

JOB_SECONDS = 30
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


class Machine:
    """Celery's processes, each in a process group that dies with whatever it started."""

    def __init__(self, environ: dict[str, str], folder: Path) -> None:
        self.environ = environ
        self.log = folder / "log"
        self.processes: list[subprocess.Popen] = []

    def start_worker(self) -> subprocess.Popen:
        return self._celery("worker", "--loglevel", "WARNING", *QUIET)

    def start_schedule(self) -> subprocess.Popen:
        return self._celery("beat", "--loglevel", "WARNING", "--pidfile=")

    def manage(self, *arguments: str) -> subprocess.Popen:
        """A management command, left running."""
        return self._start([sys.executable, "manage.py", *arguments], subprocess.PIPE)

    def kill(self, process: subprocess.Popen) -> None:
        """kill -9 of the whole group: nothing can be put in order first."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def kill_all(self) -> None:
        for process in list(self.processes):
            self.kill(process)

    def _celery(self, *arguments: str) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return self._start(
                [sys.executable, "-m", "celery", "--quiet", "-A", "auditsite", *arguments], log
            )

    def _start(self, command: list[str], output: object) -> subprocess.Popen:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=self.environ,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        return process


def wait_for(true: Callable[[], object], what: str, *, seconds: float = JOB_SECONDS) -> None:
    """Look every 10 ms until it is so; fail with `what` after the deadline."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"Not within {seconds:g} seconds: {what}"
        time.sleep(0.01)


def is_published(run: ReportRun) -> bool:
    return ReportRun.objects.filter(pk=run.pk, published_at__isnull=False).exists()


def stage_of(run: ReportRun) -> str:
    return ReportRun.objects.values_list("stage", flat=True).get(pk=run.pk)


def wait_for_signs(count: int) -> None:
    """Until a worker has answered that many times from now."""
    for _ in range(count):
        last = WorkerSign.objects.values_list("seen_at", flat=True).first()
        wait_for(
            lambda last=last: WorkerSign.objects.exclude(seen_at=last).exists(),
            "a worker answers",
            seconds=START_SECONDS,
        )
