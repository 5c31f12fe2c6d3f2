import datetime

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from cases.domain import workers
from cases.models import Case
from kit.exceptions import NotPossible
from tests.factories.cases import CaseFactory, WorkerFactory

MARCH, MAY = datetime.date(2025, 3, 3), datetime.date(2025, 5, 6)


def hand_over(world, *, worker=None, team=None, from_on=MAY, by=None):
    return workers.allocate_worker(
        world.case,
        worker=worker or WorkerFactory(unit=world.team),
        team=team or world.team,
        from_on=from_on,
        by=by or world.team_manager,
    )


def test_the_next_worker_ends_the_last_ones_time_the_day_before(world):
    first = world.case.allocations.get()

    second = hand_over(world)

    first.refresh_from_db()
    assert (first.until_on, second.from_on) == (datetime.date(2025, 5, 5), MAY)
    assert second.until_on is None


def test_business_with_the_case_moves_to_the_next_worker(world):
    user = world.person("Pat Next", None, world.care_team)
    assert world.practitioner in [access.user for access in world.case.accesses.all()]

    hand_over(world, worker=WorkerFactory(unit=world.team, user=user))

    assert world.case in Case.objects.visible_to(user)
    assert world.case not in Case.objects.visible_to(world.practitioner)


def test_the_worker_s_team_becomes_the_case_s(world):
    hand_over(world, team=world.second_team)

    world.case.refresh_from_db()
    assert world.case.team == world.second_team


def test_a_hand_over_is_later_than_the_last(world):
    hand_over(world)

    for day in (MARCH, MAY):
        with pytest.raises(NotPossible, match="after the present worker"):
            hand_over(world, from_on=day)


def test_another_team_s_manager_does_not_hand_over(world):
    manager = world.auditor

    with pytest.raises(Refused, match="team manager or the QA manager"):
        hand_over(world, by=manager)


def test_a_worker_is_added_once(world):
    given = {"staff_reference": "S1", "name": "Lee", "unit": world.team, "by": world.qa_manager}
    with pytest.raises(Refused, match="QA manager"):
        workers.add_worker(**given | {"by": world.team_manager})
    worker = workers.add_worker(**given)

    assert (worker.name, worker.user) == ("Lee", None)
    with pytest.raises(NotPossible, match="worker already"):
        workers.add_worker(**given)


def test_the_first_worker_of_a_case_ends_nobodys_time(world):
    case = CaseFactory(team=world.team)
    first = workers.allocate_worker(
        case,
        worker=WorkerFactory(unit=world.team),
        team=world.team,
        from_on=MAY,
        by=world.team_manager,
    )
    assert list(case.allocations.all()) == [first]


def test_a_new_worker_is_in_the_history_with_their_unit(world):
    worker = workers.add_worker(
        staff_reference="S1", name="Lee", unit=world.team, by=world.qa_manager
    )
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id, entry.by) == (
        "worker_added",
        worker.public_id,
        world.qa_manager,
    )
    assert entry.facts == {"unit": str(world.team.public_id)}
