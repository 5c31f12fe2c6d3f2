"""Who is shown whom: those who keep people, units and roles, and nobody else."""

import datetime

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.domain import directory
from accounts.models import Invitation, User
from tests.factories.accounts import RoleGrantFactory, UserFactory

NOW = timezone.now()


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


def test_people_are_listed_as_working_invited_or_left(world):
    def invited(name, **values):
        return Invitation.objects.create(
            user=UserFactory(name=name),
            invited_at=NOW,
            invited_by=world.administrator,
            expires_at=NOW + datetime.timedelta(days=7),
            **values,
        ).user

    new = invited("New")
    invited("Came", accepted_at=NOW)
    invited("Withdrawn", withdrawn_at=NOW, withdrawn_by=world.administrator)
    gone = UserFactory(name="Gone", is_active=False)

    found = User.objects.filter(name__in=["New", "Came", "Withdrawn", "Gone", "Amira Auditor"])
    assert world.auditor in found
    assert list(directory.in_state(found, directory.INVITED)) == [new]
    assert list(directory.in_state(found, directory.LEFT)) == [gone]
    assert set(directory.in_state(found, directory.WORKING)) == {*found} - {gone}


def test_an_administrator_who_grants_no_sensitive_role_sees_the_roles_of_others(world):
    keeper = world.person("Kay", Role.ADMINISTRATOR, world.team)
    assert world.auditor.grants.get() in directory.grants_of_others(keeper)
    assert not directory.grants_of_others(keeper).filter(user=keeper).exists()
