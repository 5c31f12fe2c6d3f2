"""Asking for a report: one verb, one unfinished run, one current edition."""

import datetime
import threading

import pytest
from django.db import connection

from accounts.choices import Role
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from auditsite.celery import app as celery_app
from kit.exceptions import NotPossible
from kit.months import LONDON
from reporting.domain import leases, publishing
from reporting.models import ReportRun
from tests.factories.accounts import RoleGrantFactory
from tests.factories.reporting import MAY, NOVEMBER, NOW, issue, programme, seconds_later

pytestmark = pytest.mark.django_db

MAY_2022, JUNE = datetime.date(2022, 5, 1), datetime.date(2023, 6, 1)


def test_request_opens_the_first_edition_as_at_now():
    made = programme()
    run = made.request()
    assert (run.edition, run.as_at, run.requested_by) == (1, NOW, made.qa_manager)
    assert HistoryEntry.objects.last().verb == "report_requested"


def test_request_rings_for_a_worker(django_capture_on_commit_callbacks):
    celery_app.control.purge()
    with django_capture_on_commit_callbacks(execute=True):
        programme().request()
    assert celery_app.control.purge() == 1


def test_unfinished_run_answers_every_request():
    made = programme()
    assert made.request() == made.request() == made.request(as_at=seconds_later(-60))


def test_current_edition_answers_the_same_request():
    made = programme()
    run = made.request()
    issue(run)
    assert made.request(now=seconds_later(3600)) == run
    assert made.request(as_at=run.as_at, now=seconds_later(3600)) == run


def test_another_moment_opens_the_next_edition():
    made = programme()
    issue(made.request())
    later = seconds_later(3600)
    run = made.request(as_at=later, now=later)
    assert (run.edition, run.as_at) == (2, later)


def test_request_after_a_failure_opens_the_next_edition():
    made = programme()
    claimed = leases.claim(made.request(), now=NOW)
    publishing.fail(claimed, "Ask again.", now=NOW)
    assert made.request().edition == 2


def test_other_months_are_another_report():
    made = programme()
    assert made.request(first_month=JUNE) != made.request(first_month=MAY)


def test_period_begins_with_the_first_of_twelve_months_that_have_a_round():
    made = programme(first=MAY_2022)
    made.tool.rounds.filter(month=datetime.date(2023, 2, 1)).update(month=datetime.date(2021, 1, 1))
    assert made.request().first_month == datetime.date(2022, 11, 1)


def test_period_begins_with_the_first_round_when_there_are_fewer():
    assert programme().request().first_month == MAY


@pytest.mark.parametrize(
    ("asked", "reason", "words"),
    [
        ({"last_month": MAY_2022}, "no_round", "May 2022: choose a month from May 2023 to Nov"),
        ({"first_month": MAY_2022}, "no_round", "for May 2022"),
        ({"first_month": NOVEMBER, "last_month": JUNE}, "months_not_in_order", "other way"),
        ({"as_at": seconds_later(60)}, "as_at_in_future", "still to come"),
        (
            {"as_at": datetime.datetime(2023, 5, 1, 9, tzinfo=LONDON)},
            "as_at_too_early",
            "allocated on 1 May 2023, 09:00: give a moment after",
        ),
    ],
)
def test_impossible_request_is_refused_with_what_to_do(asked, reason, words):
    made = programme()
    with pytest.raises(NotPossible, match=words) as refusal:
        made.request(**asked)
    assert refusal.value.reason == reason
    assert not ReportRun.objects.exists()


def test_round_without_audits_cannot_be_reported():
    made = programme(first=NOVEMBER)
    december = datetime.date(2023, 12, 1)
    made.add_round(december).audits.update(month=NOVEMBER)
    with pytest.raises(NotPossible, match="allocate the round first"):
        made.request(first_month=december, last_month=december)


@pytest.mark.parametrize("role", [Role.QA_OFFICER, Role.DIRECTOR, Role.HEAD_OF_SERVICE])
def test_only_qa_managers_and_the_program_itself_may_ask(role):
    made = programme()
    with pytest.raises(Refused, match="Only a QA manager"):
        made.request(by=RoleGrantFactory(unit=made.root, role=role).user)
    assert made.request(by=system_user()).requested_by.is_system


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_make_one_run():
    made = programme()
    start, runs = threading.Barrier(4), []

    def ask():
        start.wait()
        runs.append(made.request().pk)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert runs == [ReportRun.objects.get().pk] * 4


def test_an_issued_edition_rings_for_nobody(django_capture_on_commit_callbacks):
    made = programme()
    issue(made.request())
    with django_capture_on_commit_callbacks() as callbacks:
        made.request(now=seconds_later(3600))
    assert callbacks == []


def test_history_says_what_was_asked_for():
    made = programme()
    made.request(first_month=JUNE)
    entry = HistoryEntry.objects.last()
    assert (entry.by, entry.at) == (made.qa_manager, NOW)
    assert entry.facts == {
        "kind": "monthly",
        "first_month": "2023-06-01",
        "last_month": "2023-11-01",
        "edition": 1,
        "as_at": NOW.isoformat(),
        "source": "person",
    }


def test_editions_are_counted_within_a_month_and_scope():
    made = programme()
    assert made.request(first_month=JUNE).edition == 1
    assert made.request(first_month=MAY).edition == 2
    assert made.request(scope=made.team).edition == 1
    assert made.request(last_month=JUNE).edition == 1


def test_the_moment_may_be_now_and_a_second_after_the_first_audit():
    made = programme()
    first = datetime.datetime(2023, 5, 1, 9, tzinfo=LONDON)
    assert made.request(as_at=NOW).as_at == NOW
    later = first + datetime.timedelta(seconds=1)
    assert made.request(first_month=MAY, last_month=MAY, as_at=later).as_at == later
