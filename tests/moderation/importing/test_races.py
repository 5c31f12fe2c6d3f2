"""Two imports at once follow one another: each audit is there once."""

import threading

import pytest
from django.db import connection

from accounts.domain import history
from audits.models import Audit, Round
from moderation.models import AuditImport
from tests.factories.import_files import MODERATED, RETURNED, ROW, bring

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(world, *files):
    """Each file in a connection of its own, all at the same moment; what went wrong."""
    start, wrong = threading.Barrier(len(files)), []

    def call(rows):
        start.wait(10)
        try:
            bring(world, *rows)
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=[rows]) for rows in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_the_same_file_twice_at_once(world):
    rows = [MODERATED | {"case_reference": f"C{number}"} for number in range(20)]
    assert world.qa_manager.is_active
    assert at_once(world, rows, rows) == []
    assert (Audit.objects.count(), AuditImport.objects.count()) == (20, 1)
    assert history.verify() == []


def test_two_files_of_one_month_and_team(world):
    assert world.qa_manager.is_active
    assert at_once(world, [ROW], [RETURNED | {"case_reference": "C2"}]) == []
    assert (Audit.objects.count(), Round.objects.count()) == (2, 1)
    assert Audit.objects.values("team").distinct().count() == 1
