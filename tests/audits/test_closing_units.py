"""A unit is closed once nothing is left without somebody who answers for it."""

import datetime

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.telling import told_of
from accounts.models import Membership, RoleGrant, Unit
from audits.domain.closing_units import close_unit, still_open
from cases.choices import PlanKind
from cases.domain import register
from cases.models import Case, Worker
from kit.exceptions import NotPossible
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.actions import raised
from tests.factories.cases import CaseFactory, WorkerFactory
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import asks_again, opened, sent, text_of
from tests.races import at_once


@pytest.fixture
def by(world):
    return world.administrator


@pytest.fixture
def empty(world):
    """A team below the area in which nobody is."""
    return UnitFactory(name="Duty Team", parent=world.east_area)


def opened_in(team, by, reference="AB123456") -> Case:
    return register.open_case(
        reference=reference,
        initials="KL",
        team=team,
        plan_kind=PlanKind.PROTECTION,
        opened_on=datetime.date(2024, 3, 4),
        born_on=datetime.date(2016, 2, 29),
        by=by,
    )


def refusal(unit, by) -> str:
    with pytest.raises(NotPossible) as refused:
        close_unit(unit, by=by)
    return refused.value.sentence


def test_open_cases_and_workers_keep_it_open_until_they_are_gone(world, by, empty):
    case, worker = CaseFactory(team=empty), WorkerFactory(unit=empty)
    assert refusal(empty, by) == (
        "Duty Team still has 1 open case and 1 worker: ask the QA manager to have them moved to "
        "another team or finished, and close it then."
    )
    Case.objects.filter(pk=case.pk).update(closed_on=timezone.localdate())
    assert "still has 1 worker:" in refusal(empty, by)
    Worker.objects.filter(pk=worker.pk).update(left_on=timezone.localdate())

    assert close_unit(empty, by=by).closed_on == timezone.localdate()


def test_audits_to_be_returned_and_actions_count_until_they_are_done(world, by):
    audit = world.audit()
    raised(world, unit=world.team, case=audit.case)
    told = still_open(world.team)
    assert (told.audits, told.actions) == (1, 1)
    assert told.in_words.endswith(", 1 audit to be returned and 1 action not done")

    world.returned_audit(audit)
    assert still_open(world.team).audits == 0


def test_people_in_it_keep_it_open(world, by, empty):
    world.person("Nadia Newcomer", Role.TEAM_MANAGER, empty)
    assert "People belong to it" in refusal(empty, by)

    RoleGrant.objects.filter(unit=empty).delete()
    Membership.objects.filter(unit=empty).delete()
    assert close_unit(empty, by=by).closed_on


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_is_what_the_matrix_says(world, empty, column):
    may = cell("unit.manage", column) != "none"
    reason = refusal_of(lambda: close_unit(empty, by=getattr(world, column)))
    assert reason == ("" if may else "unit_manage_not_yours")


def test_what_is_left_is_told_to_who_may_close_it_alone(world, by, empty):
    CaseFactory(team=empty)
    asked_by = world.qa_manager
    assert refusal_of(lambda: close_unit(empty, by=asked_by)) == "unit_manage_not_yours"
    assert "still has 1 open case:" in refusal(empty, by)


def test_nothing_new_is_put_into_a_closed_unit(world, by, empty):
    close_unit(empty, by=by)
    with pytest.raises(NotPossible, match="Duty Team is closed"):
        opened_in(empty, world.qa_manager)
    assert opened_in(world.team, world.qa_manager).team == world.team


def test_the_page_says_what_is_left_before_and_after_the_button(world, by, empty):
    case = CaseFactory(team=empty)
    page = text_of(opened(by, "unit_close", empty.public_id))
    assert "Duty Team still has 1 open case" in page
    assert case.reference not in page
    answer = sent(by, "unit_close", empty.public_id)
    assert asks_again(answer)
    assert text_of(answer).count("still has 1 open case") == 1

    Case.objects.all().delete()
    assert "Nothing new is put into" in text_of(opened(by, "unit_close", empty.public_id))
    assert sent(by, "unit_close", empty.public_id).status_code == 302


def test_a_units_page_tells_what_was_done_to_it(world, by, empty):
    close_unit(empty, by=by)
    [closed, added] = [told.sentence for told in told_of(empty, reader=UserFactory())]
    assert closed == "Adam Administrator closed Duty Team."
    page = text_of(opened(by, "unit", empty.public_id))
    assert "You closed Duty Team." in page
    assert added in page


@pytest.mark.django_db(transaction=True)
def test_a_case_and_the_closing_of_its_team_at_once_are_never_both(world, by, empty):
    qa_manager = world.qa_manager
    at_once(
        [
            lambda: close_unit(empty, by=by),
            *(lambda n=n: opened_in(empty, qa_manager, f"AB{n}") for n in range(3)),
        ]
    )
    closed = Unit.objects.get(pk=empty.pk).closed_on is not None
    assert closed != Case.objects.filter(team=empty).exists()
