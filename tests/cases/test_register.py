import datetime

import pytest

from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from cases.choices import PlanKind
from cases.domain import register
from cases.models import Case
from kit.exceptions import NotPossible

OPENED = datetime.date(2024, 3, 4)


def open_case(world, **values) -> Case:
    given = {
        "reference": "AB123456",
        "initials": "KL",
        "team": world.team,
        "plan_kind": PlanKind.PROTECTION,
        "opened_on": OPENED,
        "born_on": datetime.date(2016, 2, 29),
        "by": world.qa_manager,
    }
    return register.open_case(**given | values)


def test_a_case_is_opened_and_its_reference_stays_out_of_history(world):
    case = open_case(world)

    entry = HistoryEntry.objects.get(verb="case_opened")
    assert entry.subject_id == case.public_id
    assert case.reference not in str(entry.facts)


def test_a_command_may_open_cases_and_a_team_manager_may_not(world):
    assert open_case(world, by=system_user()).pk

    with pytest.raises(Refused, match="QA manager"):
        open_case(world, reference="AB2", by=world.team_manager)


def test_a_reference_is_used_once_and_the_refusal_does_not_repeat_it(world):
    open_case(world)

    with pytest.raises(NotPossible, match="exists") as refused:
        open_case(world)

    assert "AB123456" not in refused.value.sentence


def test_a_child_not_yet_born_is_expected(world):
    expected = {"born_on": None, "expected_on": datetime.date(2024, 9, 1)}
    assert open_case(world, **expected).expected_on

    with pytest.raises(NotPossible, match="expected"):
        open_case(world, reference="AB2", born_on=None)


def test_brothers_and_sisters_share_a_group(world):
    with pytest.raises(Refused, match="QA manager"):
        register.know_siblings(by=world.team_manager)
    group = register.know_siblings(by=world.qa_manager)

    both = {open_case(world, reference=name, sibling_group=group) for name in ("AB1", "AB2")}

    assert set(group.cases.all()) == both


def test_a_case_is_closed_once_on_a_day_after_it_was_opened(world):
    case = open_case(world)
    with pytest.raises(Refused, match="team manager or the QA manager"):
        register.close_case(case, closed_on=OPENED, by=world.auditor)
    with pytest.raises(NotPossible, match="before the case was opened"):
        register.close_case(
            case, closed_on=OPENED - datetime.timedelta(days=1), by=world.team_manager
        )

    closed = register.close_case(case, closed_on=OPENED, by=world.team_manager)

    assert closed.closed_on == OPENED
    with pytest.raises(NotPossible, match="closed already"):
        register.close_case(case, closed_on=OPENED, by=world.team_manager)


def test_known_siblings_and_a_closed_case_are_in_the_history(world):
    moment = datetime.datetime(2026, 3, 3, 9, tzinfo=datetime.UTC)
    group = register.know_siblings(by=world.qa_manager, now=moment)
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id, entry.at) == ("siblings_known", group.public_id, moment)

    case = register.close_case(
        open_case(world), closed_on=OPENED, by=world.team_manager, now=moment
    )

    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id, entry.at) == ("case_closed", case.public_id, moment)
    assert entry.facts == {"closed_on": OPENED.isoformat()}
