"""Rows that tests of reports stand on."""

import pytest

from tests.reporting.records import Records


@pytest.fixture
def records(db) -> Records:
    return Records()
