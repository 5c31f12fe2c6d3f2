"""The worker's loop: claim a run, count, draw, print, publish (architecture: jobs as rows).

Killed at any point, nothing is lost and nothing comes twice: the lease runs out, the next tick
claims the run again, and publishing is fenced.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from kit.pdf import RenderFailed, RenderRefused, render_pdf
from reporting.choices import RunStage
from reporting.domain import editions, leases, publishing, releasing
from reporting.domain.leases import Claimed
from reporting.exceptions import CannotBuild, LostLease
from reporting.models import Report, ReportRun
from reporting.printing import monthly_csv, monthly_html

MOST_TRIES = 3
"""Tries that ended with an error before the run fails with its sentence."""

MOST_CLAIMS = 10
"""Claims before a run fails that takes its worker down each time."""

RENDER_SECONDS = 300
RENDER_MB = 1500

WORN_OUT = (
    f"The worker stopped {MOST_CLAIMS} times while it made this report. Look into the worker's "
    "log and its memory, then ask for the report again."
)
UNEXPECTED = (
    "Something went wrong that the program did not foresee. The worker's log has the details "
    "under this run's number; mend it, then ask for the report again."
)

logger = logging.getLogger(__name__)


def work() -> int:
    """Take up every run that waits, one after another; how many there were."""
    taken = 0
    while claimed := leases.claim_next():
        attempt(claimed)
        taken += 1
    for report in releasing.waiting():
        release(report)
    return taken


def release(report: Report) -> None:
    """Print an approved edition for its recipients; what fails is tried again at the next tick."""
    try:
        pdf, csv = _printed(report)
        releasing.release(report, pdf=pdf, csv=csv)
    except (OperationalError, InterfaceError) as error:
        logger.warning(
            "Report %s: the database was lost (%s).", report.number, type(error).__name__
        )
        connection.close()
    except Exception:
        logger.exception("Report %s: not released, to be tried again.", report.number)


def attempt(claimed: Claimed) -> None:
    """Build the report once. An error ends in a sentence on the run, or in another try later."""
    name = claimed.run.public_id
    try:
        if claimed.claim > MOST_CLAIMS:
            raise CannotBuild(WORN_OUT)
        build(claimed)
    except LostLease:
        logger.warning("Run %s: the lease was lost, another worker has it.", name)
    except (OperationalError, InterfaceError) as error:
        logger.warning("Run %s: the database was lost (%s).", name, type(error).__name__)
        connection.close()
        _try_again(claimed)
    except (CannotBuild, RenderRefused) as refusal:
        _give_up(claimed, str(refusal))
    except RenderFailed as failure:
        _try_again_or_give_up(claimed, str(failure))
    except Exception:
        logger.exception("Run %s: unexpected.", name)
        _try_again_or_give_up(claimed, UNEXPECTED)


def build(claimed: Claimed) -> None:
    """From the claim to the published edition, with a heartbeat at least at every stage.

    Raises LostLease, CannotBuild, RenderFailed, and what the database raises.
    """
    leases.enter(claimed, RunStage.COUNTING)
    report = editions.freeze(claimed.run)
    leases.enter(claimed, RunStage.DRAWING)
    html, css = monthly_html(report)
    csv = monthly_csv(report)
    leases.enter(claimed, RunStage.PRINTING)
    pdf = _pdf(claimed.run, html, css, on_wait=leases.Pulse(claimed))
    leases.heartbeat(claimed)
    publishing.publish(claimed, report, pdf=pdf, csv=csv)


def _printed(report: Report) -> tuple[bytes, bytes]:
    """PDF and CSV of an edition as it stands now."""
    html, css = monthly_html(report)
    return _pdf(report.run, html, css), monthly_csv(report)


def _pdf(run: ReportRun, html: str, css: str, on_wait: Callable[[], None] | None = None) -> bytes:
    return render_pdf(
        html,
        css=css,
        title=editions.title(run),
        timeout=RENDER_SECONDS,
        memory_mb=RENDER_MB,
        on_wait=on_wait,
    )


def _try_again_or_give_up(claimed: Claimed, sentence: str) -> None:
    if claimed.claim >= MOST_TRIES:
        _give_up(claimed, sentence)
    else:
        _try_again(claimed)


def _try_again(claimed: Claimed) -> None:
    try:
        leases.let_go(claimed)
    except DatabaseError:
        # The lease runs out by itself.
        connection.close()


def _give_up(claimed: Claimed, sentence: str) -> None:
    try:
        publishing.fail(claimed, sentence)
    except LostLease:
        logger.warning("Run %s: the lease was lost before it failed.", claimed.run.public_id)
