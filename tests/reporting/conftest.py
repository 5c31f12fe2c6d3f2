"""Rows that tests of reports stand on."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.reporting.records import Records


@pytest.fixture
def records(db) -> Records:
    return Records()


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demonstration authority, loaded once for a module's tests and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", today="2026-03-03", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(demonstration, db) -> None:
    """The demonstration authority; what a test changes in it is taken back."""
