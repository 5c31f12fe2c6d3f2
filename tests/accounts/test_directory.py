"""Who is shown whom: those who keep people, units and roles, and nobody else."""

import pytest

from accounts.domain import directory
from tests.factories.accounts import RoleGrantFactory


@pytest.mark.parametrize("listed", [directory.people, directory.units, directory.memberships])
def test_people_and_units_are_listed_to_the_administrator_alone(world, listed):
    assert world.auditor in directory.people(world.administrator)
    assert listed(world.administrator).exists()
    for other in (world.qa_manager, world.information_governance):
        assert not listed(other).exists()


@pytest.mark.parametrize("listed", [directory.grants_of_others, directory.waiting])
def test_roles_are_listed_to_those_who_grant_or_confirm_them(world, listed):
    waits = RoleGrantFactory(
        user=world.auditor, role="director", unit=world.team, confirmed_at=None, confirmed_by=None
    )
    for user in (world.administrator, world.information_governance):
        assert waits in listed(user)
    assert not listed(world.qa_manager).exists()
