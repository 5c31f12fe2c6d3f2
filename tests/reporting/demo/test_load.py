"""The demonstration: the same in any database, whole, and with somebody to sign in as."""

import io
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.domain import history
from accounts.models import HistoryEntry, User
from actions.models import Action
from audits.domain import states
from audits.models import (
    Audit,
)
from kit.months import LONDON
from moderation.domain.states import state_of
from moderation.models import Moderation
from reporting.demo.people import SIGN_INS, sign_in_address
from reporting.domain import schedule
from tests.reporting.demo.rows import TODAY, open_round


@pytest.fixture(scope="module")
def second_load(tmp_path_factory):
    """Another process that loads the same into a database of its own, with other hashes."""
    folder = tmp_path_factory.mktemp("second")
    environ = os.environ | {
        "AUDITSITE_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "BROKER_URL": "",
        "PYTHONHASHSEED": "7",
    }
    manage = f"{sys.executable} manage.py"
    steps = f"{manage} migrate --verbosity 0 && {manage} load_demo --today {TODAY}"
    process = subprocess.Popen(steps, shell=True, env=environ, stdout=subprocess.DEVNULL)
    yield process, folder / "db.sqlite3"
    process.kill()
    process.wait()


def test_same_seed_writes_the_same_history_in_another_database(second_load, demo):
    process, path = second_load
    assert process.wait(timeout=900) == 0
    query = "SELECT verb, subject_id, at FROM accounts_historyentry ORDER BY position"
    with sqlite3.connect(path) as other:
        theirs = [(verb, subject, at[:19]) for verb, subject, at in other.execute(query)]
    rows = HistoryEntry.objects.order_by("position").values_list("verb", "subject_id", "at")
    ours = [(verb, subject.hex, at.isoformat(" ")[:19]) for verb, subject, at in rows]
    assert ours == theirs


def test_history_is_whole_and_in_the_order_of_time(demo):
    assert history.verify() == []
    moments = list(HistoryEntry.objects.order_by("position").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < datetime(2026, 3, 3, 8, tzinfo=LONDON)


def test_people_who_sign_in_find_something_in_every_state(demo):
    auditor = User.objects.get(email=sign_in_address("auditor"))
    mine = Audit.objects.filter(round=open_round(), auditor=auditor)
    assert {states.state_of(audit) for audit in mine} == {
        "allocated",
        "started",
        "sent_back",
        "returned",
    }
    officer = User.objects.get(email=sign_in_address("qa.officer"))
    waiting = Moderation.objects.filter(moderator=officer, audit_return__audit__round=open_round())
    found = Counter(state_of(moderation) for moderation in waiting)
    assert found["assigned"] >= 4
    assert {"committed", "proposed", "settled"} <= set(found)
    overdue = Action.objects.filter(owners__user=auditor, done_at=None, due_on__lt=TODAY)
    assert overdue.exists()


def test_sign_ins_work_and_nobody_else_can_sign_in(demo):
    said = run("--sign-ins")
    password = re.search(r"password (\S+) as", said)[1]
    for who, (label, _, _) in SIGN_INS.items():
        user = User.objects.get(email=sign_in_address(who))
        assert user.check_password(password)
        assert label in said
        assert user.email in said
    others = User.objects.exclude(email__in=map(sign_in_address, SIGN_INS))
    assert not any(user.has_usable_password() for user in others)


def test_schedule_issues_nothing_about_2023(demo):
    assert schedule.report_settings().reports_from == TODAY.replace(day=1)
    assert schedule.owed(datetime(2026, 3, 3, 12, tzinfo=LONDON)) == []


def test_a_database_with_rounds_is_refused_or_left_alone(demo):
    with pytest.raises(CommandError, match="This database has rounds already"):
        run()
    assert run("--if-empty") == ""


def run(*options: str) -> str:
    said = io.StringIO()
    call_command("load_demo", *options, stdout=said)
    return said.getvalue()
