"""Lists of actions by state, by how long they are overdue, by the owner's post and by unit."""

import datetime

import pytest
from django.utils import timezone
from django.utils.text import slugify

from actions.choices import ActionState
from actions.domain import progress, worklist
from actions.filters import ActionFilters
from tests.factories.actions import done, raised
from tests.pages import asks_again, client_of, statements, text_of


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def due(world, day: datetime.date, **values):
    action = raised(world, **values)
    type(action).objects.filter(pk=action.pk).update(due_on=day)
    return action


def found(user, **asked) -> set:
    return set(ActionFilters(asked, queryset=worklist.seen(user, now=timezone.now())).rows)


def listed(user, **asked) -> str:
    return text_of(client_of(user).get("/actions/", asked))


@pytest.mark.parametrize(("days", "band"), [(1, "1"), (10, "1"), (11, "2"), (30, "2"), (31, "3")])
def test_a_band_of_overdue_actions_is_by_calendar_days(world, days, band):
    late = due(world, days_ago(days))
    due(world, days_ago(0))

    bands = {code: found(world.team_manager, overdue=code) for code in ("any", "1", "2", "3")}

    assert bands == {code: {late} if code in ("any", band) else set() for code in bands}


def test_what_is_done_is_overdue_no_more(world):
    late = due(world, days_ago(20))
    progress.finish(late, evidence="Case note.", by=world.practitioner)

    assert found(world.team_manager, overdue="any") == set()
    assert found(world.team_manager, state=ActionState.DONE) == {late}


def test_not_done_is_open_or_in_progress(world):
    begun, waiting = raised(world), raised(world)
    progress.start(begun, by=world.practitioner)
    done(world)

    assert found(world.team_manager, state="not_done") == {begun, waiting}
    assert found(world.team_manager, state=ActionState.IN_PROGRESS) == {begun}


def test_owners_are_chosen_by_their_post(world):
    theirs = raised(world)
    mine = raised(world, owners=[world.team_manager])

    assert found(world.team_manager, owner="team-manager") == {mine}
    assert found(world.team_manager, owner=slugify(world.practitioner.post)) == {theirs}


def test_the_page_lists_what_fits_and_how_many(world):
    due(world, days_ago(3), what="Ring the school.")
    due(world, days_ago(-3), what="Agree the plan.")

    page = listed(world.team_manager, overdue="any", unit=str(world.team.public_id))

    assert "1 action<" in page
    assert "Ring the school." in page
    assert "Agree the plan." not in page


def test_units_and_posts_out_of_reach_are_not_offered(world):
    raised(world)
    stranger = world.other_head_of_service
    page = listed(stranger, state="open")

    assert world.team.name not in page
    assert "0 actions" in page
    asked = client_of(stranger).get("/actions/", {"unit": str(world.team.public_id)})
    assert asks_again(asked)
    assert "Choose from the list: Service or team." in text_of(asked)


def test_more_actions_take_no_more_statements(world):
    raised(world)
    one = statements(world.team_manager, "actions")
    for _ in range(2):
        raised(world)

    assert statements(world.team_manager, "actions") == one
