import datetime

import pytest
from django.utils import timezone

from accounts.choices import UnitKind
from accounts.domain import tree
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, Unit, User
from accounts.permissions import holds
from kit.exceptions import NotPossible
from tests.factories.accounts import (
    MembershipFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import client_of


@pytest.fixture
def by(world):
    return world.administrator


def test_a_unit_is_added_below_another(world, by):
    added = tree.add(name="Duty", kind=UnitKind.TEAM, parent=world.east_area, by=by)

    assert added.path == f"{world.east_area.path}{added.pk}/"


def test_two_units_in_one_place_have_two_names(world, by):
    other = world.second_team
    for step in (
        lambda: tree.add(name=other.name, kind=UnitKind.TEAM, parent=world.east_area, by=by),
        lambda: tree.rename(world.team, name=other.name, by=by),
    ):
        with pytest.raises(NotPossible, match="unit of that name"):
            step()

    assert tree.rename(world.team, name="Duty", by=by).name == "Duty"


def test_a_moved_unit_takes_all_below_it_along(world, by):
    teams = {world.team, world.second_team}
    tree.move(world.east_area, below=world.care_service, by=by)

    moved = Unit.objects.get(pk=world.east_area.pk)
    assert moved.path == f"{world.care_service.path}{moved.pk}/"
    assert set(Unit.objects.within(moved)) == {moved, *teams}
    for team in Unit.objects.filter(pk__in=[each.pk for each in teams]):
        assert team.path == f"{moved.path}{team.pk}/"


def test_who_answers_for_a_unit_changes_with_its_place(world, by):
    before, after = world.head_of_service, world.other_head_of_service
    client = client_of(world.team_manager)
    assert client.get("/").status_code == 200

    tree.move(world.team, below=world.care_service, by=by)

    team = Unit.objects.get(pk=world.team.pk)
    assert not holds(before, at=team)
    assert holds(after, at=team)
    assert client.get("/").status_code == 302


def test_a_unit_cannot_stand_below_itself_and_the_root_stays(world, by):
    with pytest.raises(NotPossible, match="below itself"):
        tree.move(world.protection_service, below=world.team, by=by)
    for step in (
        lambda: tree.move(world.authority, below=world.care_team, by=system_user()),
        lambda: tree.close(world.authority, by=system_user()),
    ):
        with pytest.raises(NotPossible, match="the authority itself"):
            step()


def test_a_unit_closes_once_nobody_and_nothing_is_in_it(world, by):
    assert world.team_manager
    with pytest.raises(NotPossible, match="open units below it"):
        tree.close(world.east_area, by=by)
    with pytest.raises(NotPossible, match="People belong to it"):
        tree.close(world.team, by=by)

    assert tree.close(world.second_team, by=by).closed_on
    for step in (
        lambda: tree.move(world.team, below=world.second_team, by=by),
        lambda: tree.move(world.second_team, below=world.care_service, by=by),
        lambda: tree.close(world.second_team, by=by),
        lambda: tree.add(name="Duty", kind=UnitKind.TEAM, parent=world.second_team, by=by),
    ):
        with pytest.raises(NotPossible, match="is closed"):
            step()


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_keep_units_is_what_the_matrix_says(world, column):
    may, by = cell("unit.manage", column) != "none", getattr(world, column)
    for step in (
        lambda: tree.rename(world.second_team, name="Renamed", by=by),
        lambda: tree.add(name="Duty", kind=UnitKind.TEAM, parent=world.east_area, by=by),
    ):
        assert refusal_of(step) == ("" if may else "unit_manage_not_yours")


def test_nobody_changes_the_unit_they_belong_to(world, by):
    own = by.memberships.get().unit
    with pytest.raises(Refused, match="unit that you belong to"):
        tree.rename(own, name="Mine", by=by)


def test_each_step_is_in_the_history(world, by):
    unit = UnitFactory(parent=world.authority)
    tree.rename(unit, name="Duty", by=by)
    tree.move(unit, below=world.east_area, by=by)
    tree.close(unit, by=by)

    verbs = HistoryEntry.objects.filter(subject_id=unit.public_id).values_list("verb", flat=True)
    assert list(verbs) == ["unit_added", "unit_renamed", "unit_moved", "unit_closed"]


def test_a_moved_unit_ends_the_sessions_of_all_who_belong_to_it_or_hold_roles_there(world, by):
    member = UserFactory()
    MembershipFactory(user=member, unit=world.team)
    holder = RoleGrantFactory(unit=world.east_area).user
    elsewhere = MembershipFactory(unit=world.care_team).user

    tree.move(world.east_area, below=world.care_service, by=by)

    epochs = [User.objects.get(pk=user.pk).session_epoch for user in (member, holder, elsewhere)]
    assert epochs == [1, 1, 0]


@pytest.mark.parametrize(("days", "is_held"), [(None, True), (1, True), (0, False)])
def test_whoever_belongs_to_a_unit_beyond_today_holds_it_open(world, by, days, is_held):
    today = timezone.localdate()
    until = None if days is None else today + datetime.timedelta(days=days)
    MembershipFactory(unit=world.second_team, until_on=until)
    if not is_held:
        assert tree.close(world.second_team, by=by).closed_on == today
        return
    with pytest.raises(NotPossible, match="People belong to it"):
        tree.close(world.second_team, by=by)


def test_a_role_held_there_holds_a_unit_open(world, by):
    held = RoleGrantFactory(unit=world.second_team)
    with pytest.raises(NotPossible, match="hold roles there"):
        tree.close(world.second_team, by=by)
    held.delete()
    assert tree.close(world.second_team, by=by).closed_on
