import datetime

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from cases.choices import InvolvementKind
from cases.domain.involvement import note_involvement

DAY = datetime.date(2025, 6, 2)


def note(world, by):
    kind = InvolvementKind.DECIDED
    return note_involvement(world.case, user=world.director, kind=kind, happened_on=DAY, by=by)


def test_the_same_decision_is_noted_once(world):
    first = note(world, world.qa_manager)

    assert note(world, world.team_manager) == first
    assert HistoryEntry.objects.filter(verb="involvement_noted").count() == 1


def test_a_stranger_to_the_team_notes_nothing(world):
    with pytest.raises(Refused, match="kept by its team manager"):
        note(world, world.auditor)
