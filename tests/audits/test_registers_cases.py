"""The register of cases: who finds which, and what was last audited of each."""

import datetime

import pytest
from django.urls import reverse

from accounts.choices import Role
from audits.choices import RoundKind, Standing
from cases import permissions
from cases.domain import restricting
from cases.domain.pseudonyms import study_number
from cases.models import Case
from kit.months import add_months
from tests.factories.cases import SiblingGroupFactory, WorkerAllocationFactory
from tests.factories.registers import listed, signed_in, table_of
from tests.matrix import COLUMNS, cell

CASES = "case_register"


def references(user, **codes) -> list[str]:
    return [row["Case"].split()[0] for row in listed(CASES, user, **codes)]


@pytest.mark.parametrize("role", COLUMNS)
def test_a_list_is_opened_as_the_matrix_says(world, role):
    user = world.person("Someone", Role(role), world.team)
    refused = cell("case.list", role) in ("none", "break_glass")
    assert permissions.can_case_list(user) is not refused


def test_nobody_sees_another_services_cases(world):
    here, there = world.new_case().reference, world.new_case(world.care_team).reference
    assert references(world.head_of_service) == references(world.team_manager) == [here]
    assert references(world.other_head_of_service) == [there]
    for user in (world.qa_officer, world.qa_manager, world.director):
        assert references(user) == [here, there]


def test_filters_offer_the_units_within_reach_and_no_others(world):
    assert {world.team.name, world.care_team.name} == {"Assessment Team 1", "Care Team 1"}
    page = signed_in(world.head_of_service).get(reverse(CASES)).content.decode()
    assert "Assessment Team 1" in page
    assert "Care Team 1" not in page


def test_a_reviewer_lists_the_cases_of_the_rounds_they_review(world):
    world.reviews()
    audit = world.returned_audit()
    world.audit(case=world.new_case())
    [row] = listed(CASES, world.external_reviewer)
    assert study_number(audit.case) in row.values()


def test_who_has_business_with_a_case_finds_it(world):
    assert references(world.practitioner) == []
    reference = world.case.reference
    world.audit()
    assert references(world.practitioner) == references(world.auditor) == [reference]


def test_planning_does_not_open_a_restricted_case(world):
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    assert references(world.qa_officer) == references(world.head_of_service) == []
    assert references(world.qa_manager) == [world.case.reference]


def test_children_with_the_same_initials_are_told_apart_by_age(world):
    world.new_case(born_on=None, expected_on=datetime.date(2031, 3, 3))
    world.new_case(born_on=datetime.date(2016, 1, 1))
    shown = [row["Case"].split(maxsplit=1)[1] for row in listed(CASES, world.team_manager)]
    assert shown[0] == "KL, unborn, due March 2031"
    assert shown[1].endswith(" years")


def test_brothers_and_sisters_are_counted_wherever_they_are_known(world):
    group = SiblingGroupFactory()
    world.new_case(sibling_group=group)
    world.new_case(world.care_team, sibling_group=group)
    world.new_case()
    assert [row["Brothers and sisters"] for row in listed(CASES, world.team_manager)] == [
        "1 of 2 known",
        "Not known",
    ]


def test_a_child_alone_in_a_family_has_no_brothers_or_sisters_known(world):
    world.new_case(sibling_group=SiblingGroupFactory())
    (row,) = listed(CASES, world.qa_manager)
    assert row["Brothers and sisters"] == "None known"


def test_a_team_and_a_plan_narrow_the_list(world):
    first = world.new_case().reference
    second = world.new_case(world.second_team, plan_kind="in_care").reference
    user = world.head_of_service
    assert references(user, unit=world.team.public_id) == [first]
    assert references(user, unit=world.east_area.public_id) == [first, second]
    assert references(user, plan="in_care") == [second]
    assert references(user, plan="in_need") == []


def test_closed_cases_are_found_apart(world):
    case = world.new_case()
    Case.objects.filter(pk=case.pk).update(closed_on=datetime.date(2026, 1, 1))
    assert references(world.team_manager, open="no") == [case.reference]
    assert references(world.team_manager, open="yes") == []


def test_the_last_audit_is_the_last_returned_one_and_its_grade_stands(world):
    old = world.monthly_round(add_months(world.round.month, -1))
    world.returned_audit(world.audit(in_round=old), A=(2, 2), overall=(2, 2))
    world.audit()
    [row] = listed(CASES, world.head_of_service)
    assert row["Standing grade"] == "Requires improvement provisional"
    assert row["Last audit"].split()[0] in old.month.strftime("%B")


def test_benchmarking_is_no_audit_of_the_case(world):
    kind, standing = RoundKind.BENCHMARKING, Standing.INDEPENDENT
    world.returned_audit(world.audit(in_round=world.open_round(kind=kind, standing=standing)))
    [row] = listed(CASES, world.head_of_service)
    assert row["Last audit"] == "None"


def test_the_grade_of_the_last_audit_is_hidden_from_the_qa_team(world):
    world.returned_audit()
    assert [row["Standing grade"] for row in listed(CASES, world.qa_officer)] == ["Not shown yet"]


@pytest.mark.parametrize(("months", "recent"), [(11, True), (12, False)])
def test_audited_in_the_last_12_months_counts_this_month_as_one(world, months, recent):
    old = world.monthly_round(add_months(world.round.month, -months))
    audited = world.returned_audit(world.audit(in_round=old)).case.reference
    never = world.new_case().reference
    user = world.head_of_service
    assert references(user, audited="yes") == ([audited] if recent else [])
    assert references(user, audited="no") == ([never] if recent else [audited, never])


def test_the_worker_is_named_to_the_qa_manager_alone(world):
    WorkerAllocationFactory(case=world.new_case(), worker=world.worker)
    [row] = listed(CASES, world.qa_manager)
    assert row["Worker"] == world.worker.name
    assert "Worker" not in listed(CASES, world.head_of_service)[0]


def test_a_search_finds_the_case_and_stays_out_of_the_address(world):
    wanted, _ = world.new_case(initials="QX"), world.new_case()
    client = signed_in(world.team_manager)
    answer = client.post(reverse("case_register_search"), {"text": "qx"})
    assert answer["Location"] == f"{reverse(CASES)}?search=1"
    assert [row["Case"][:8] for row in table_of(client.get(answer["Location"]))] == [
        wanted.reference
    ]
