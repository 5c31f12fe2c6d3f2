from accounts.choices import UnitKind
from accounts.domain import units
from accounts.models import Unit
from tests.factories.accounts import UnitFactory


def test_a_path_leads_from_the_root_to_the_unit(world):
    team = world.team

    ids = [unit.pk for unit in (world.authority, world.protection_service, world.east_area, team)]
    assert team.path == "/" + "".join(f"{pk}/" for pk in ids)


def test_within_is_the_unit_and_all_below_it(world):
    below = {world.protection_service, world.east_area, world.team, world.second_team}

    assert world.care_team not in below
    assert set(Unit.objects.within(world.protection_service)) == below


def test_the_tenth_unit_is_not_within_the_first(world):
    units_made = UnitFactory.create_batch(10, parent=world.authority)

    for unit in units_made:
        assert list(Unit.objects.within(unit)) == [unit]


def test_the_service_of_a_team_is_the_nearest_above_it(world):
    assert units.service_of(world.team) == world.protection_service
    assert units.service_of(world.protection_service) == world.protection_service


def test_a_team_without_a_service_stands_for_itself(world):
    alone = UnitFactory(parent=world.authority, kind=UnitKind.TEAM)

    assert units.service_of(alone) == alone


def test_the_root_is_the_authority(world):
    assert world.team.pk
    assert units.authority() == world.authority
