"""The demonstration authority, loaded once for all the tests in this folder."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.reporting.demo.rows import TODAY


@pytest.fixture(scope="package")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once, for it takes a minute, and taken back after the folder's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", today=TODAY.isoformat(), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(demonstration, db) -> None:
    """The demonstration authority; what a test changes in it is taken back."""
