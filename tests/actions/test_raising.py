from datetime import date

import pytest

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from actions.choices import ActionScope
from actions.domain import raising
from actions.models import Action, ActionSettings
from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import CaseAccess
from kit.exceptions import NotPossible
from tests.factories.actions import raised


def test_an_action_is_raised_with_its_owners_and_history(world):
    colleague = world.person("Colleague", Role.PRACTITIONER, world.team)
    action = raised(world, owners=[world.practitioner, colleague, world.practitioner])
    assert {owner.user for owner in action.owners.all()} == {world.practitioner, colleague}
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id) == ("action_raised", action.public_id)
    assert action.what not in str(entry.facts)


def test_owners_of_a_childs_action_get_business_with_the_case(world):
    action = raised(world)
    held = CaseAccess.objects.get(capacity=AccessCapacity.OWNER)
    assert (held.user, held.case) == (world.practitioner, world.case)
    assert held.because_of == action.public_id


def test_an_action_for_a_team_gives_nobody_business_with_a_case(world):
    raised(world, scope=ActionScope.TEAM, case=None)
    assert not CaseAccess.objects.filter(capacity=AccessCapacity.OWNER).exists()


def test_a_manager_of_another_team_cannot_raise_one_here_until_they_audit_the_case(world):
    auditor = world.auditor
    with pytest.raises(Refused) as refusal:
        raised(world, by=auditor)
    assert refusal.value.reason == "cannot_raise_here"
    access.grant(
        auditor,
        case=world.case,
        capacity=AccessCapacity.AUDITOR,
        because_of=world.case.public_id,
    )
    assert raised(world, by=auditor).raised_by == auditor


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"what": "  "}, "nothing_to_do"),
        ({"owners": []}, "no_owner"),
        ({"case": None}, "case_and_scope"),
        ({"scope": ActionScope.TEAM}, "case_and_scope"),
        ({"due_on": date(2023, 11, 13)}, "due_before_raised"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(world, change, reason):
    with pytest.raises(NotPossible) as refusal:
        raised(world, **change)
    assert refusal.value.reason == reason
    assert not Action.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "from_inadequate", "draw", "expected"),
    [
        (ActionScope.SERVICE, False, 0.99, True),
        (ActionScope.CHILD, True, 0.99, True),
        (ActionScope.TEAM, True, 0.99, True),
        (ActionScope.CHILD, False, 0.1999, True),
        (ActionScope.CHILD, False, 0.2, False),
        (ActionScope.TEAM, False, 0.2, False),
    ],
)
def test_all_of_the_service_and_from_inadequate_and_a_fifth_of_the_rest_is_verified(
    scope, from_inadequate, draw, expected
):
    assert raising.needs_verification(scope, from_inadequate, draw) is expected


@pytest.mark.django_db
def test_the_share_to_verify_is_a_setting():
    ActionSettings.objects.create(verification_percent=50)
    assert raising.needs_verification(ActionScope.CHILD, False, 0.49)
    assert not raising.needs_verification(ActionScope.CHILD, False, 0.5)
