from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.choices import ActionState
from actions.domain import progress, verification
from actions.domain.queries import annotate_state, overdue_at
from actions.domain.states import state_of
from actions.models import Action
from kit.exceptions import NotPossible
from tests.factories.actions import LONDON, NOON, hours_later, raised
from tests.world import World


def state_at(action, hours):
    return annotate_state(Action.objects.all(), hours_later(hours)).get(pk=action.pk).state


def test_the_state_is_as_at_a_moment_and_before_is_strict(world):
    action = raised(world)
    progress.start(action, by=world.practitioner, now=hours_later(1))
    progress.finish(action, evidence="Note.", by=world.practitioner, now=hours_later(2))
    verification.send_back(action, text="Missing.", by=world.team_manager, now=hours_later(3))
    progress.finish(action, evidence="Note.", by=world.practitioner, now=hours_later(4))
    verification.verify(action, text="Seen.", by=world.team_manager, now=hours_later(5))
    shown = [state_at(action, hours) for hours in (1, 1.5, 2, 2.5, 3.5, 4.5, 5, 5.5)]
    assert shown == [
        ActionState.OPEN,
        ActionState.IN_PROGRESS,
        ActionState.IN_PROGRESS,
        ActionState.DONE,
        ActionState.IN_PROGRESS,
        ActionState.DONE,
        ActionState.DONE,
        ActionState.VERIFIED,
    ]


def test_due_on_a_day_is_due_to_its_end(world):
    action = raised(world)
    last = datetime(2023, 11, 20, 23, 59, 59, tzinfo=LONDON)
    after = datetime(2023, 11, 21, tzinfo=LONDON)
    assert list(overdue_at(Action.objects.all(), last)) == []
    assert list(overdue_at(Action.objects.all(), after)) == [action]


def test_what_is_done_or_withdrawn_is_not_overdue(world):
    done, withdrawn = raised(world), raised(world)
    progress.finish(done, evidence="Note.", by=world.practitioner, now=hours_later(1))
    verification.withdraw(withdrawn, reason="Moved.", by=world.team_manager, now=hours_later(1))
    later = datetime(2023, 12, 1, tzinfo=LONDON)
    assert list(overdue_at(Action.objects.all(), later)) == []


STEPS = {
    "start": lambda action, world, at: progress.start(action, by=world.practitioner, now=at),
    "finish": lambda action, world, at: progress.finish(
        action, evidence="Note.", by=world.practitioner, now=at
    ),
    "send_back": lambda action, world, at: verification.send_back(
        action, text="Missing.", by=world.team_manager, now=at
    ),
    "verify": lambda action, world, at: verification.verify(
        action, text="Seen.", by=world.team_manager, now=at
    ),
    "judge": lambda action, world, at: verification.judge_impact(
        action, shown=True, text="It helped.", by=world.team_manager, now=at
    ),
    "withdraw": lambda action, world, at: verification.withdraw(
        action, reason="Moved.", by=world.team_manager, now=at
    ),
}


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_any_sequence_reads_the_same_afterwards_as_it_did_at_the_time(steps):
    with transaction.atomic():
        world = World()
        action, seen = raised(world), []
        for hour, step in enumerate(steps, start=1):
            try:
                action = STEPS[step](action, world, hours_later(hour))
            except NotPossible:
                action.refresh_from_db()
            seen.append(state_of(action))
        told = [state_at(action, hour + 0.5) for hour in range(1, len(steps) + 1)]
        assert told == seen
        transaction.set_rollback(True)


def test_an_action_raised_later_is_not_there_yet(world):
    raised(world)
    assert not Action.objects.as_at(NOON).exists()
    assert Action.objects.as_at(hours_later(1)).exists()
