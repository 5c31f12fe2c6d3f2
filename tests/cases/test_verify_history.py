"""`manage.py verify_history`: whole or broken, in words."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.domain import append_only, history
from accounts.models import HistoryEntry
from tests.factories.accounts import UnitFactory

pytestmark = pytest.mark.django_db


def verify() -> str:
    said = io.StringIO()
    call_command("verify_history", stdout=said, stderr=said)
    return said.getvalue()


def test_whole_history_is_said_with_its_head():
    UnitFactory()
    assert verify() == f"The history is whole: 1 entry, head {history.head().hash}.\n"


def test_broken_history_is_said_entry_by_entry():
    UnitFactory.create_batch(2)
    with append_only.lifted():
        HistoryEntry.objects.filter(position=1).update(verb="unit_closed")
    with pytest.raises(CommandError, match="broken in 1 place: keep a copy"):
        verify()
