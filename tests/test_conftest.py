"""What the tests stand on holds too."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

from accounts.domain import append_only

LIST_PEOPLE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "auditsite.settings"
import django
django.setup()
from accounts.models import User
print([user.name for user in User.objects.people()])
"""


@pytest.mark.parametrize("turn", ["first", "second"])
def test_triggers_are_back_after_tables_were_emptied(transactional_db, turn):
    assert append_only.missing() == []


def test_real_process_works_on_the_tests_own_database(process_environ):
    get_user_model().objects.create(email="moira.penn@aireborough.example", name="Moira Penn")
    command = [sys.executable, "-c", LIST_PEOPLE]
    told = subprocess.run(
        command, cwd=settings.BASE_DIR, env=process_environ, capture_output=True, text=True
    )
    assert told.stdout == "['Moira Penn']\n", told.stderr
    assert "test" in str(connection.settings_dict["NAME"])
