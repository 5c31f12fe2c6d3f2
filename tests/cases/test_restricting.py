"""Restricted cases: who sees them (permissions.md rule 11), naming people, lifting."""

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from cases.choices import AccessCapacity
from cases.domain import access, restricting
from cases.models import Case, Restriction
from kit.exceptions import NotPossible
from tests.factories.accounts import RoleGrantFactory, UserFactory

WHY = "A relative works in the service."
SEERS = ("practitioner", "team_manager", "service_manager", "head_of_service", "director")


def restricted(world, **more):
    return restricting.restrict(world.case, reason=WHY, **({"by": world.qa_manager} | more))


def sees(world, who) -> bool:
    return Case.objects.visible_to(getattr(world, who)).filter(pk=world.case.pk).exists()


@pytest.mark.parametrize("who", SEERS)
def test_whoever_saw_the_case_by_role_or_as_its_worker_does_so_again_once_it_is_lifted(world, who):
    assert sees(world, who)

    restricted(world)

    assert not sees(world, who)
    assert not Case.objects.listed_to(getattr(world, who)).exists()

    restricting.lift(world.case, reason="They left.", by=world.information_governance)

    assert sees(world, who)


def test_its_auditor_and_the_qa_manager_see_it_and_nobody_by_role_alone(world):
    world.audit()
    restricted(world, by=world.information_governance)

    seers = [who for who in (*SEERS, "auditor", "qa_officer", "qa_manager") if sees(world, who)]

    assert seers == ["auditor", "qa_manager"]


@pytest.mark.parametrize("capacity", [AccessCapacity.OWNER, AccessCapacity.MODERATOR])
def test_business_with_the_case_is_not_enough(world, capacity):
    access.grant(
        world.second_auditor, case=world.case, capacity=capacity, because_of=world.case.public_id
    )
    assert sees(world, "second_auditor")

    restricted(world)

    assert not sees(world, "second_auditor")
    assert [row.user for row in restricting.shut_out(world.case)] == [
        world.second_auditor,
        world.practitioner,
    ]


def test_a_qa_manager_of_one_service_who_manages_a_team_of_another_gains_nothing_there(world):
    RoleGrantFactory(user=world.team_manager, role="qa_manager", unit=world.care_service)
    assert sees(world, "team_manager")

    restricted(world)

    assert not sees(world, "team_manager")


def test_somebody_named_sees_it_until_struck_off(world):
    restricted(world)
    assert not sees(world, "practitioner")

    restricting.name_person(world.case, person=world.practitioner, by=world.qa_manager)

    assert sees(world, "practitioner")
    assert [row.user for row in restricting.named_on(world.case)] == [world.practitioner]
    assert restricting.shut_out(world.case) == []
    with pytest.raises(NotPossible, match="named on this case already"):
        restricting.name_person(world.case, person=world.practitioner, by=world.qa_manager)

    struck = world.practitioner.public_id
    restricting.strike_person(world.case, person=struck, by=world.qa_manager)

    assert not sees(world, "practitioner")
    with pytest.raises(NotPossible, match="not named"):
        restricting.strike_person(world.case, person=struck, by=world.qa_manager)


def test_lifting_ends_what_people_were_named_for(world):
    restricted(world)
    outsider = UserFactory()
    restricting.name_person(world.case, person=outsider, by=world.qa_manager)

    restricting.lift(world.case, reason="They left.", by=world.qa_manager)

    assert not Case.objects.visible_to(outsider).exists()
    lifted = Restriction.objects.get()
    assert (lifted.reason, lifted.lifted_reason) == (WHY, "They left.")
    world.case.refresh_from_db()
    assert world.case.restricted_at is None


def test_nobody_names_themselves(world):
    restricted(world)
    with pytest.raises(Refused) as refused:
        restricting.name_person(
            world.case, person=world.information_governance, by=world.information_governance
        )
    assert refused.value.reason == "own_name"

    restricting.name_person(world.case, person=world.director, by=world.information_governance)

    assert sees(world, "director")


@pytest.mark.parametrize("who", ["administrator", "leaver"])
def test_who_sees_no_cases_cannot_be_named(world, who):
    person = UserFactory(is_active=False) if who == "leaver" else world.administrator
    restricted(world)

    with pytest.raises(Refused) as refused:
        restricting.name_person(world.case, person=person, by=world.qa_manager)

    assert refused.value.reason == "no_case_content"


@pytest.mark.parametrize("who", ["team_manager", "director", "administrator", "qa_officer"])
def test_who_may_neither_restrict_nor_lift_nor_name(world, who):
    by = getattr(world, who)
    with pytest.raises(Refused, match="information governance"):
        restricted(world, by=by)
    restricted(world)
    with pytest.raises(Refused, match="information governance"):
        restricting.lift(world.case, reason=WHY, by=by)
    with pytest.raises(Refused, match="information governance"):
        restricting.name_person(world.case, person=world.practitioner, by=by)
    restricting.name_person(world.case, person=world.practitioner, by=world.qa_manager)
    with pytest.raises(Refused, match="information governance"):
        restricting.strike_person(world.case, person=world.practitioner.public_id, by=by)
    assert not Case.objects.restrictable_by(by).exists()


def test_reasons_are_needed_and_states_are_checked(world):
    with pytest.raises(NotPossible, match="Say why"):
        restricting.restrict(world.case, reason=" ", by=world.qa_manager)
    with pytest.raises(NotPossible, match="not restricted now"):
        restricting.lift(world.case, reason=WHY, by=world.qa_manager)
    restricted(world)
    with pytest.raises(NotPossible, match="restricted already"):
        restricted(world)
    with pytest.raises(NotPossible, match="Say why"):
        restricting.lift(world.case, reason="", by=world.qa_manager)


def test_each_step_is_in_the_history_without_a_reason_s_words(world):
    restricted(world)
    restricting.name_person(world.case, person=world.practitioner, by=world.qa_manager)
    restricting.strike_person(world.case, person=world.practitioner.public_id, by=world.qa_manager)
    restricting.lift(world.case, reason="They left.", by=world.qa_manager)

    entries = HistoryEntry.objects.filter(subject_id=world.case.public_id)

    assert [entry.verb for entry in entries.order_by("position")][-4:] == [
        "case_restricted",
        "person_named_on_case",
        "person_struck_from_case",
        "case_restriction_lifted",
    ]
    assert "relative" not in str([entry.facts for entry in entries])


def test_only_the_one_who_is_named_is_struck(world):
    restricted(world)
    people = [world.second_auditor, world.other_head_of_service]
    for person in people:
        restricting.name_person(world.case, person=person, by=world.qa_manager)

    restricting.strike_person(world.case, person=people[0].public_id, by=world.qa_manager)

    assert [row.user for row in restricting.named_on(world.case)] == [people[1]]
