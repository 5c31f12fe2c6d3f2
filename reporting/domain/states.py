"""The lives of a report run and of its report: which step is possible in which state.

Each step of a run is a conditional update, because workers race for it (architecture: jobs as
rows); the table says what those hold.
"""

import datetime

from kit.transitions import Step, TransitionTable
from reporting.choices import ReportStatus
from reporting.models import ReportRun

_WAITING, _HELD, _PUBLISHED, _FAILED = "waiting", "held", "published", "failed"

RUN = TransitionTable(
    name="report run",
    words={
        _WAITING: "waiting for a worker",
        _HELD: "held by a worker",
        _PUBLISHED: "published",
        _FAILED: "failed",
    },
    steps=(
        Step("claim", (_WAITING,), _HELD),
        Step("heartbeat", (_HELD,), _HELD),
        Step("let_go", (_HELD,), _WAITING),
        Step("publish", (_HELD,), _PUBLISHED),
        Step("fail", (_HELD,), _FAILED),
    ),
)

REPORT = TransitionTable(
    name="report",
    words={
        ReportStatus.DRAFT.value: "a draft",
        ReportStatus.APPROVED.value: "approved, and being printed for release",
        ReportStatus.PUBLISHED.value: "published",
    },
    steps=(
        Step("approve", (ReportStatus.DRAFT.value,), ReportStatus.APPROVED.value),
        Step("release", (ReportStatus.APPROVED.value,), ReportStatus.PUBLISHED.value),
    ),
)

TABLES = (RUN, REPORT)


def state_of(run: ReportRun, *, now: datetime.datetime) -> str:
    """The state at a moment: a run whose lease has run out waits again."""
    if run.published_at:
        return _PUBLISHED
    if run.failed_at:
        return _FAILED
    held = run.lease_until is not None and run.lease_until >= now
    return _HELD if held else _WAITING
