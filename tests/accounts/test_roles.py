import datetime

import pytest

from accounts.choices import ManagerLevel, MembershipKind, Role
from accounts.domain import roles
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from accounts.permissions import holds
from tests.factories.accounts import LONG_AGO, RoleGrantFactory


@pytest.fixture
def someone(world):
    return world.person("Someone", None, world.team)


def grant(world, someone, role=Role.QA_MANAGER, **values):
    given = {"unit": world.authority, "from_on": LONG_AGO, "by": world.administrator}
    return roles.grant_role(someone, role=role, **given | values)


def test_an_ordinary_role_counts_at_once(world, someone):
    grant(world, someone, Role.QA_OFFICER)

    assert holds(someone, Role.QA_OFFICER, at=world.team)


def test_a_sensitive_role_takes_two_people(world, someone):
    grant(world, someone)
    assert not holds(someone, Role.QA_MANAGER)

    with pytest.raises(Refused, match="takes two people"):
        grant(world, someone, Role.DIRECTOR, confirmed_by=world.administrator)

    grant(world, someone, Role.DIRECTOR, confirmed_by=world.information_governance)
    assert holds(someone, Role.DIRECTOR)


def test_nobody_changes_their_own_roles(world, someone):
    with pytest.raises(Refused, match="your own roles"):
        grant(world, someone, by=someone)


def test_joining_a_unit_is_in_the_history(world, someone):
    lead = MembershipKind.LEAD
    roles.join_unit(someone, unit=world.care_team, kind=lead, from_on=LONG_AGO, by=system_user())

    facts = HistoryEntry.objects.get(verb="unit_joined").facts
    assert facts == {"unit": str(world.care_team.public_id), "kind": "lead"}


@pytest.mark.parametrize(
    ("held", "level"),
    [
        ([], ManagerLevel.OTHER),
        ([Role.QA_OFFICER], ManagerLevel.OTHER),
        ([Role.TEAM_MANAGER], ManagerLevel.TEAM),
        ([Role.TEAM_MANAGER, Role.SERVICE_MANAGER], ManagerLevel.SERVICE),
        ([Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER], ManagerLevel.HEAD),
        ([Role.DIRECTOR, Role.HEAD_OF_SERVICE], ManagerLevel.DIRECTOR),
    ],
)
def test_the_level_is_the_highest_held(world, someone, held, level):
    for role in held:
        RoleGrantFactory(user=someone, role=role, unit=world.team)

    assert roles.manager_level(someone) == level


def test_the_level_is_that_of_the_day(world, someone):
    promoted = datetime.date(2025, 4, 1)
    RoleGrantFactory(user=someone, role=Role.SERVICE_MANAGER, unit=world.team, from_on=promoted)
    before = promoted - datetime.timedelta(days=1)

    levels = [roles.manager_level(someone, on=day) for day in (before, promoted)]

    assert levels == [ManagerLevel.OTHER, ManagerLevel.SERVICE]
