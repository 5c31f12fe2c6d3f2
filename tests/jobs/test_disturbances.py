"""The broker goes, the database's connections drop, the schedule sleeps: one edition each time."""

import sqlite3
import time

import pytest
from django.db import connection

from accounts.domain.people import system_user
from reporting.choices import RequestSource, RunStage
from reporting.domain import schedule
from reporting.models import Report, ReportRun
from tests.factories.reporting import NOVEMBER, programme, seconds_later
from tests.machine import (
    JOB_SECONDS,
    START_SECONDS,
    is_published,
    stage_of,
    wait_for,
    wait_for_signs,
)
from tests.servers import Redis, running

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]
LOCK_SECONDS = 1
DISTURBED = [RunStage.COUNTING, RunStage.DRAWING, RunStage.PRINTING]


@pytest.fixture
def redis():
    with running(Redis) as server:
        yield server


def wait_until_published(*runs: ReportRun) -> None:
    for run in runs:
        wait_for(
            lambda run=run: is_published(run), "published", seconds=START_SECONDS + JOB_SECONDS
        )


def test_broker_stopped_and_started_again_during_the_job(machine, redis):
    made = programme()
    machine.environ["BROKER_URL"] = redis.url
    machine.start_worker()
    machine.start_schedule()
    wait_for_signs(1)
    under_way = made.request()
    wait_for(lambda: stage_of(under_way) == RunStage.PRINTING, "printing")
    redis.stop()
    wait_until_published(under_way)
    missed = made.request(as_at=seconds_later(1), now=seconds_later(1))
    redis.start()
    wait_until_published(missed)
    assert Report.objects.count() == 2


def drop_connections() -> None:
    """PostgreSQL ends every other connection; SQLite's file is locked by another writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        return
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, timeout=10)
    other.execute("BEGIN IMMEDIATE")
    free_at = time.monotonic() + LOCK_SECONDS
    wait_for(lambda: time.monotonic() >= free_at, "the lock's end")
    other.execute("ROLLBACK")
    other.close()


def test_database_disturbed_in_each_stage(machine):
    made = programme()
    machine.start_worker()
    machine.start_schedule()
    wait_for_signs(1)
    for step, stage in enumerate(DISTURBED):
        run = made.request(as_at=seconds_later(step), now=seconds_later(step))
        wait_for(lambda run=run, at=stage: stage_of(run) in (at, RunStage.PUBLISHED), stage)
        drop_connections()
        wait_until_published(run)
    assert Report.objects.count() == len(DISTURBED)
    lost = ReportRun.objects.filter(claim__gt=1).exists()
    assert lost == (connection.vendor == "postgresql"), "A lock is waited for, a loss is not."
    assert Report.objects.get(is_current=True).run == run


def test_schedule_that_was_down_over_the_day_catches_up_once(machine):
    made = programme()
    october = made.tool.rounds.get(month="2023-10-01").month
    schedule.switch_on(first_month=october, by=system_user())
    machine.start_worker()
    assert not ReportRun.objects.exists()
    machine.start_schedule()
    wait_for(lambda: ReportRun.objects.count() == 2, "asked for", seconds=2 * START_SECONDS)
    wait_until_published(*ReportRun.objects.all())
    wait_for_signs(3)
    runs = ReportRun.objects.order_by("last_month")
    assert [(run.last_month, run.source) for run in runs] == [
        (october, RequestSource.SCHEDULE),
        (NOVEMBER, RequestSource.SCHEDULE),
    ]
    assert Report.objects.count() == 2
