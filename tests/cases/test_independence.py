"""Domain rule 3 as a table: what takes independence away, for how long, and from whom."""

import datetime

import pytest

from accounts.choices import MembershipKind
from cases.choices import IndependenceBreach, InvolvementKind
from cases.domain.independence import breaches
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import (
    CaseInvolvementFactory,
    WorkerAllocationFactory,
    WorkerFactory,
)

TODAY = datetime.date(2025, 11, 21)
LAST_DAY_OUTSIDE = datetime.date(2023, 11, 20)
FIRST_DAY_INSIDE = datetime.date(2023, 11, 21)
MEMBER, LEAD = MembershipKind.MEMBER, MembershipKind.LEAD


def kinds(user, case, **values) -> list[str]:
    return [breach.kind for breach in breaches(user, case=case, on=TODAY, **values)]


@pytest.fixture
def anyone(world):
    return world.person("Someone", None, world.care_team)


def belong(anyone, unit, kind=MEMBER, **days):
    MembershipFactory(user=anyone, unit=unit, kind=kind, **days)


def test_someone_of_another_service_is_independent(world, anyone):
    assert kinds(anyone, world.case) == []


@pytest.mark.parametrize(
    ("unit", "kind", "expected"),
    [
        ("team", MEMBER, [IndependenceBreach.TEAM]),
        ("team", LEAD, [IndependenceBreach.TEAM, IndependenceBreach.MANAGER]),
        ("second_team", MEMBER, []),
        ("second_team", LEAD, []),
        ("east_area", MEMBER, []),
        ("east_area", LEAD, [IndependenceBreach.MANAGER]),
        ("protection_service", LEAD, [IndependenceBreach.MANAGER]),
        ("care_service", LEAD, []),
        ("authority", LEAD, []),
    ],
)
def test_who_manages_the_team_up_to_head_of_service_is_not(world, anyone, unit, kind, expected):
    belong(anyone, getattr(world, unit), kind)

    assert kinds(anyone, world.case) == expected


@pytest.mark.parametrize(
    ("until_on", "expected"),
    [(LAST_DAY_OUTSIDE, []), (FIRST_DAY_INSIDE, [IndependenceBreach.TEAM])],
)
def test_a_team_counts_for_twenty_four_months(world, anyone, until_on, expected):
    belong(anyone, world.team, until_on=until_on)

    assert kinds(anyone, world.case) == expected


@pytest.mark.parametrize(
    ("from_on", "expected"),
    [(TODAY, [IndependenceBreach.TEAM]), (TODAY + datetime.timedelta(days=1), [])],
)
def test_a_team_counts_from_the_day_one_joins_it(world, anyone, from_on, expected):
    belong(anyone, world.team, from_on=from_on)

    assert kinds(anyone, world.case) == expected


@pytest.mark.parametrize(
    ("until_on", "expected"),
    [
        (LAST_DAY_OUTSIDE, []),
        (FIRST_DAY_INSIDE, [IndependenceBreach.WORKER]),
        (None, [IndependenceBreach.WORKER]),
    ],
)
def test_the_case_s_worker_is_not_independent(world, anyone, until_on, expected):
    worker = WorkerFactory(user=anyone, unit=world.care_team)
    case = world.new_case()
    WorkerAllocationFactory(case=case, worker=worker, until_on=until_on)

    assert kinds(anyone, case) == expected


def test_a_team_that_had_the_case_counts_too(world, anyone):
    belong(anyone, world.second_team, LEAD)
    case = world.new_case()

    WorkerAllocationFactory(case=case, team=world.second_team, until_on=TODAY)

    assert kinds(anyone, case) == [IndependenceBreach.TEAM, IndependenceBreach.MANAGER]


@pytest.mark.parametrize(
    ("kind", "happened_on", "expected"),
    [
        (InvolvementKind.DECIDED, FIRST_DAY_INSIDE, [IndependenceBreach.DECISION]),
        (InvolvementKind.DECIDED, LAST_DAY_OUTSIDE, []),
        (InvolvementKind.CHAIRED, TODAY, []),
    ],
)
def test_a_decision_in_the_case_takes_independence_even_from_a_director(
    world, kind, happened_on, expected
):
    case = world.new_case()
    CaseInvolvementFactory(case=case, user=world.director, kind=kind, happened_on=happened_on)

    assert kinds(world.director, case) == expected


def test_the_look_back_is_a_setting(world, anyone):
    belong(anyone, world.team, until_on=datetime.date(2024, 6, 1))

    assert kinds(anyone, world.case, months=12) == []


def test_the_sentence_says_what_and_until_when(world, anyone):
    belong(anyone, world.team, LEAD, until_on=datetime.date(2025, 5, 4))

    sentences = [b.sentence for b in breaches(anyone, case=world.case, on=TODAY)]

    assert sentences == [
        "you were in Assessment Team 1 until 4 May 2025",
        "you were the manager of Assessment Team 1 until 4 May 2025",
    ]
