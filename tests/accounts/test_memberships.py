import datetime

import pytest
from django.utils import timezone

from accounts.choices import MembershipKind
from accounts.domain import memberships
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, User
from kit.exceptions import NotPossible
from tests.factories.accounts import LONG_AGO
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import client_of

DAY = datetime.timedelta(days=1)
LEAD, MEMBER = MembershipKind.LEAD, MembershipKind.MEMBER


def moved(world, someone, **values):
    given = {"unit": world.care_team, "kind": MEMBER, "on": timezone.localdate()}
    return memberships.move(someone, **given | {"by": world.administrator} | values)


@pytest.fixture
def someone(world):
    return world.person("Someone", None, world.team)


def test_joining_a_unit_is_in_the_history(world, someone):
    memberships.join_unit(
        someone, unit=world.care_team, kind=LEAD, from_on=LONG_AGO, by=system_user()
    )

    facts = HistoryEntry.objects.get(verb="unit_joined").facts
    assert facts == {"unit": str(world.care_team.public_id), "kind": "lead"}


def test_who_moves_belongs_to_the_new_unit_from_that_day(world, someone):
    today = timezone.localdate()
    moved(world, someone, kind=LEAD)

    before, after = someone.memberships.order_by("from_on")
    assert (before.unit, before.until_on) == (world.team, today - DAY)
    assert (after.unit, after.kind, after.from_on) == (world.care_team, LEAD, today)
    assert list(someone.memberships.on(today)) == [after]


def test_a_move_ends_sessions(world, someone):
    client = client_of(someone)
    assert client.get("/").status_code == 200

    moved(world, someone)

    assert client.get("/").status_code == 302


def test_nobody_moves_to_before_they_came(world, someone):
    with pytest.raises(NotPossible, match="Choose a later day"):
        moved(world, someone, on=LONG_AGO)


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_move_people_is_what_the_matrix_says(world, someone, column):
    may = cell("user.manage", column) != "none"
    reason = refusal_of(lambda: moved(world, someone, by=getattr(world, column)))

    assert reason == ("" if may else "user_manage_not_yours")


def test_nobody_changes_their_own_memberships(world):
    own = world.administrator
    for step in (
        lambda: moved(world, own),
        lambda: memberships.leave_unit(own.memberships.get(), by=own),
        lambda: memberships.join_unit(own, unit=world.team, kind=LEAD, from_on=LONG_AGO, by=own),
    ):
        with pytest.raises(Refused, match="your own record"):
            step()


def test_a_membership_ends_on_its_last_day(world, someone):
    held = memberships.leave_unit(someone.memberships.get(), by=world.administrator)

    assert held.until_on == timezone.localdate()
    with pytest.raises(NotPossible, match="ended already"):
        memberships.leave_unit(held, by=world.administrator)


def test_a_membership_cannot_end_before_it_begins(world, someone):
    with pytest.raises(NotPossible, match="It begins on 1 January 2020"):
        memberships.leave_unit(someone.memberships.get(), by=world.administrator, on=LONG_AGO - DAY)


def test_nobody_belongs_twice_or_where_it_is_closed(world, someone):
    with pytest.raises(NotPossible, match="already"):
        memberships.join_unit(
            someone, unit=world.team, kind=MEMBER, from_on=LONG_AGO, by=world.administrator
        )
    closed = world.care_team
    closed.closed_on = LONG_AGO
    for step in (
        lambda: moved(world, someone),
        lambda: memberships.join_unit(
            someone, unit=closed, kind=MEMBER, from_on=LONG_AGO, by=world.administrator
        ),
    ):
        with pytest.raises(NotPossible, match="is closed"):
            step()


def test_joining_and_leaving_a_unit_end_sessions(world, someone):
    joined = memberships.join_unit(
        someone, unit=world.care_team, kind=LEAD, from_on=LONG_AGO, by=world.administrator
    )
    assert User.objects.get(pk=someone.pk).session_epoch == 1

    memberships.leave_unit(joined, by=world.administrator)

    assert User.objects.get(pk=someone.pk).session_epoch == 2


@pytest.mark.parametrize(("ended", "later"), [(DAY, False), (0 * DAY, True), (-DAY, True)])
def test_a_move_ends_what_lasts_until_its_day_or_beyond(world, someone, ended, later):
    today = timezone.localdate()
    last = today - ended
    someone.memberships.update(until_on=last)

    moved(world, someone)

    before = someone.memberships.earliest("from_on")
    assert before.until_on == (today - DAY if later else last)


def test_leaving_a_unit_is_in_the_history_with_the_last_day(world, someone):
    memberships.leave_unit(someone.memberships.get(), by=world.administrator)

    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id) == ("unit_left", someone.public_id)
    today = timezone.localdate().isoformat()
    assert entry.facts == {"unit": str(world.team.public_id), "until_on": today}


@pytest.mark.parametrize("days", [0, -1])
def test_somebody_can_join_for_a_day_and_not_for_less(world, someone, days):
    last = LONG_AGO + datetime.timedelta(days=days)
    given = {"unit": world.care_team, "kind": MEMBER, "from_on": LONG_AGO, "until_on": last}
    if days == 0:
        assert memberships.join_unit(someone, **given, by=world.administrator).until_on == last
        return
    with pytest.raises(NotPossible, match="The last day lies before the first"):
        memberships.join_unit(someone, **given, by=world.administrator)
