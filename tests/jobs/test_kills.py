"""A worker killed at any point of the job: exactly one edition, taken up again in time."""

import itertools
import time
from random import Random

import pytest

from accounts.models import HistoryEntry
from reporting.choices import RunStage
from reporting.models import Report, ReportFile, ReportRun
from tests.factories.reporting import programme, seconds_later
from tests.machine import JOB_SECONDS, START_SECONDS, is_published, stage_of, wait_for

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]

COMMAND = ("build_report", "monthly", "--month", "2023-11")
LEASE_SECONDS, TICK_SECONDS = 3, 1
STAGES = [RunStage.WAITING, RunStage.COUNTING, RunStage.DRAWING, RunStage.PRINTING]
KILLS_IN = {RunStage.WAITING: 1, RunStage.COUNTING: 2, RunStage.DRAWING: 2, RunStage.PRINTING: 5}


@pytest.fixture
def editions():
    """Asks for one edition after another of the same report, each as at another moment."""
    made = programme()
    moments = (seconds_later(step) for step in itertools.count())

    def ask() -> ReportRun:
        moment = next(moments)
        return made.request(as_at=moment, now=moment)

    return ask


def lengths(run: ReportRun) -> dict[str, float]:
    """How many seconds each stage of an undisturbed job takes."""
    entered = []
    for stage in [*STAGES, RunStage.PUBLISHED]:
        wait_for(lambda at=stage: reached(run, at), f"stage {stage}", seconds=JOB_SECONDS)
        entered.append(time.monotonic())
    spans = [later - earlier for earlier, later in itertools.pairwise(entered)]
    return dict(zip(STAGES, spans, strict=True))


def reached(run: ReportRun, stage: str) -> bool:
    order = [*STAGES, RunStage.PUBLISHED]
    return order.index(stage_of(run)) >= order.index(stage)


def kill_points(spans: dict[str, float]) -> list[tuple[str, float]]:
    """Ten points, seeded: a stage, and the seconds after it was entered."""
    chance = Random(2023)
    points = [
        (stage, chance.uniform(0, spans[stage]))
        for stage, count in KILLS_IN.items()
        for _ in range(count)
    ]
    chance.shuffle(points)
    return points


def let_pass(seconds: float) -> None:
    moment = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() >= moment, "the moment of the kill")


def check_one_edition(run: ReportRun) -> None:
    report = Report.objects.get(run=run)
    issued = HistoryEntry.objects.filter(verb="report_issued", subject_id=report.public_id)
    assert (issued.count(), ReportFile.objects.filter(report=report).count()) == (1, 2)
    assert Report.objects.get(is_current=True) == report


def test_worker_killed_at_ten_points_issues_each_edition_once(machine, editions):
    worker = machine.start_worker()
    machine.start_schedule()
    first = editions()
    wait_for(lambda: reached(first, RunStage.COUNTING), "the first claim", seconds=START_SECONDS)
    points = kill_points(lengths(first))
    assert len(points) == 10
    for stage, seconds in points:
        run = editions()
        wait_for(lambda run=run, stage=stage: reached(run, stage), f"stage {stage}")
        let_pass(seconds)
        machine.kill(worker)
        killed = time.monotonic()
        run.refresh_from_db()
        worker = machine.start_worker()
        wait_for(lambda run=run: is_held_again(run), "taken up again")
        assert time.monotonic() - killed < LEASE_SECONDS + TICK_SECONDS + START_SECONDS
        wait_for(lambda run=run: is_published(run), "published")
        check_one_edition(run)
    assert Report.objects.count() == 11


def is_held_again(run: ReportRun) -> bool:
    """Whether another claim followed the one that was killed, or nothing was left to do."""
    again = ReportRun.objects.filter(pk=run.pk, claim__gt=run.claim)
    return is_published(run) or again.exists()


def test_command_takes_up_what_a_killed_worker_left(machine, editions):
    # Long enough for the command to start on a busy machine while the dead worker's lease lasts.
    machine.environ["LEASE_SECONDS"] = str(START_SECONDS)
    worker = machine.start_worker()
    machine.start_schedule()
    run = editions()
    wait_for(lambda: reached(run, RunStage.DRAWING), "drawing", seconds=START_SECONDS)
    machine.kill(worker)
    command = machine.manage(*COMMAND, "--as-at", run.as_at.isoformat())
    said, _ = command.communicate(timeout=2 * START_SECONDS + JOB_SECONDS)
    assert "Waiting: a worker has it in hand" in said
    assert "Issued as MR-2023-11/1" in said
    check_one_edition(run)


def test_request_wakes_a_worker_without_any_schedule(machine):
    programme()
    machine.start_worker()
    said, _ = machine.manage(*COMMAND, "--no-wait").communicate(timeout=START_SECONDS)
    assert "edition 1, as at" in said
    run = ReportRun.objects.get()
    wait_for(lambda: is_published(run), "published", seconds=START_SECONDS + JOB_SECONDS)


def test_two_commands_and_a_worker_at_once_make_one_edition(machine):
    programme()
    machine.start_worker()
    commands = [machine.manage(*COMMAND) for _ in range(2)]
    said = [command.communicate(timeout=START_SECONDS + JOB_SECONDS)[0] for command in commands]
    assert [command.returncode for command in commands] == [0, 0]
    assert len({text.splitlines()[-1] for text in said}) == 1
    check_one_edition(ReportRun.objects.get())
