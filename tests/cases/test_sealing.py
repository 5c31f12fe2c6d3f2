"""Looks of past days are sealed into the history: what is done to them later is found."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command

from accounts.domain import append_only, history
from cases.domain import sealing, viewing
from cases.models import CaseView
from tests.races import at_once

MONDAY = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def looked(world):
    """Two looks on Monday and one on Tuesday, sealed on Wednesday."""
    for at in (MONDAY, MONDAY, MONDAY + DAY):
        look(world, at)
    sealing.seal_owed(now=MONDAY + 2 * DAY)
    return world


def look(world, at) -> None:
    viewing.write(
        [world.case.pk], by=world.auditor, route="start", content_type="text/html", now=at
    )


def test_past_days_are_sealed_once_and_today_is_not(looked):
    entry = history.HistoryEntry.objects.latest("position")
    assert (entry.verb, entry.facts["rows"]) == ("views_sealed", 3)
    assert (entry.facts["from_on"], entry.facts["until_on"]) == ("2026-03-02", "2026-03-03")
    look(looked, MONDAY + 2 * DAY)
    assert sealing.seal_owed(now=MONDAY + 2 * DAY) is None
    assert sealing.seal_owed(now=MONDAY + 3 * DAY).facts["rows"] == 1
    assert sealing.verify() == []


def test_a_day_is_left_open_until_its_last_requests_are_written(world):
    look(world, MONDAY)
    midnight = datetime.datetime(2026, 3, 3, tzinfo=datetime.UTC)
    assert sealing.seal_owed(now=midnight + datetime.timedelta(minutes=59)) is None
    assert sealing.seal_owed(now=midnight + datetime.timedelta(minutes=60)).facts["rows"] == 1


def test_without_looks_nothing_is_sealed(world):
    assert sealing.seal_owed() is None


def test_a_row_that_is_missing_changed_or_made_up_is_found(looked):
    between = "Looks of 2 March 2026 to 3 March 2026"
    with append_only.lifted():
        first = CaseView.objects.earliest("pk")
        CaseView.objects.filter(pk=first.pk).update(route="dashboard")
        assert sealing.verify() == [f"{between} were changed after they were sealed."]
        first.delete()
    assert sealing.verify() == [f"{between}: 3 were sealed, and there are 2."]
    look(looked, MONDAY)
    assert sealing.verify() == [f"{between} were changed after they were sealed."]
    look(looked, MONDAY)
    assert sealing.verify() == [f"{between}: 3 were sealed, and there are 4."]


def test_the_command_says_what_is_broken(looked):
    said = io.StringIO()
    with append_only.lifted():
        CaseView.objects.earliest("pk").delete()
    with pytest.raises(CommandError, match="broken in 1 place"):
        call_command("verify_history", stderr=said)
    assert said.getvalue() == (
        "Looks of 2 March 2026 to 3 March 2026: 3 were sealed, and there are 2.\n"
    )


def test_a_missing_trigger_on_looks_is_said(looked):
    said = io.StringIO()
    append_only.remove()
    with pytest.raises(CommandError):
        call_command("verify_history", stderr=said)
    assert "The trigger cases_caseview_no_delete is missing." in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_seal_once(world):
    look(world, MONDAY)
    seals = at_once([lambda: sealing.seal_owed(now=MONDAY + DAY)] * 2)
    assert sorted(seal is None for seal in seals) == [False, True]
    assert sealing.verify() == history.verify() == []


@pytest.mark.parametrize(("minutes", "rows"), [(-1, 0), (0, 1), (24 * 60 - 1, 1), (24 * 60, 0)])
def test_a_days_seal_is_over_its_looks_from_midnight_to_midnight(world, minutes, rows):
    midnight = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
    look(world, midnight + datetime.timedelta(minutes=minutes))
    assert sealing.digest(midnight.date(), midnight.date())[0] == rows
