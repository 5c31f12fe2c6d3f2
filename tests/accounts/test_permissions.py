import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.choices import SENSITIVE, Role
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import Unit
from accounts.permissions import (
    asking,
    check_is_person,
    check_two_people,
    grants,
    grants_read_once,
    holds,
    reach,
    require,
)
from tests.factories.accounts import RoleGrantFactory

MANAGER = Role.TEAM_MANAGER
DAY = datetime.timedelta(days=1)


def test_a_role_reaches_its_unit_and_all_below_it(world):
    user = world.person("Someone", MANAGER, world.east_area)

    assert holds(user, MANAGER, at=world.east_area)
    assert holds(user, MANAGER, at=world.team)
    assert not holds(user, MANAGER, at=world.protection_service)
    assert not holds(user, MANAGER, at=world.care_team)


def test_reach_is_the_same_as_a_condition(world):
    user = world.person("Someone", MANAGER, world.east_area)
    every = [world.team, world.second_team, world.care_team, world.east_area]

    within = Unit.objects.filter(reach(user, MANAGER, field=""))

    assert set(within) == {unit for unit in every if holds(user, MANAGER, at=unit)}


def test_without_a_grant_reach_matches_nothing(world):
    assert world.team.pk
    assert not Unit.objects.filter(reach(world.practitioner, MANAGER, field="")).exists()


@pytest.mark.parametrize(
    ("from_days", "until_days", "counts"),
    [(-9, -1, False), (-9, 0, True), (0, None, True), (1, None, False)],
)
def test_a_grant_counts_from_its_first_day_to_its_last(world, from_days, until_days, counts):
    today, user = timezone.localdate(), world.person("Someone", None, world.team)
    until = None if until_days is None else today + until_days * DAY
    given = {"from_on": today + from_days * DAY, "until_on": until}
    RoleGrantFactory(user=user, role=MANAGER, unit=world.team, **given)

    assert holds(user, MANAGER) is counts


@pytest.mark.parametrize("role", Role)
def test_a_sensitive_grant_counts_once_it_is_confirmed(world, role):
    user = world.person("Someone", None, world.team)
    RoleGrantFactory(user=user, role=role, unit=world.team, confirmed_at=None, confirmed_by=None)

    assert holds(user, role) is (role not in SENSITIVE)


def test_who_left_holds_nothing(world):
    user = world.team_manager
    user.is_active = False

    assert not grants(user).exists()


def test_who_is_not_signed_in_holds_nothing(db):
    assert not holds(AnonymousUser(), *Role)


def test_the_system_is_no_person(world):
    check_is_person(world.auditor)

    with pytest.raises(Refused, match="person's decision"):
        check_is_person(system_user())


def test_two_people_are_two(world):
    check_two_people(world.auditor, world.second_auditor)

    with pytest.raises(Refused, match="takes two people"):
        check_two_people(world.auditor, world.auditor)
    for pair in ((world.auditor, system_user()), (system_user(), world.auditor)):
        with pytest.raises(Refused, match="person's decision"):
            check_two_people(*pair)


def test_asking_answers_what_the_check_refuses():
    def check_even(number: int) -> None:
        require(number % 2 == 0, "odd", "Choose an even number.")

    assert [asking(check_even)(number) for number in (1, 2)] == [False, True]


def test_a_page_reads_grants_once_however_many_roles_it_asks_for(world, django_assert_num_queries):
    user, held = world.team_manager, world.team
    with grants_read_once(), django_assert_num_queries(1):
        assert holds(user, Role.TEAM_MANAGER, at=held)
        assert holds(user)
        assert not holds(user, Role.QA_MANAGER)
        assert not holds(user, Role.TEAM_MANAGER, at=world.team.parent)
    user.grants.update(until_on=datetime.date(2020, 1, 2))
    assert not holds(user)
