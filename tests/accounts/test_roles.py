import datetime
from functools import partial

import pytest
from django.utils import timezone

from accounts.choices import NOT_WITH_ADMINISTRATOR, SENSITIVE, ManagerLevel, Role
from accounts.domain import roles
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, RoleGrant, User
from accounts.permissions import holds
from kit.exceptions import NotPossible
from tests.addresses import undone
from tests.factories.accounts import LONG_AGO, RoleGrantFactory
from tests.matrix import COLUMNS, cell, refusal_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def someone(world):
    return world.person("Someone", None, world.team)


def grant(world, someone, role=Role.QA_MANAGER, **values):
    given = {"unit": world.authority, "from_on": LONG_AGO, "by": world.administrator}
    return roles.grant_role(someone, role=role, **given | values)


def test_an_ordinary_role_counts_at_once(world, someone):
    grant(world, someone, Role.QA_OFFICER)

    assert holds(someone, Role.QA_OFFICER, at=world.team)


def test_a_sensitive_role_counts_once_another_confirms_it(world, someone):
    asked = grant(world, someone, session="desk")
    assert not holds(someone, Role.QA_MANAGER)

    for who, session in ((world.administrator, "phone"), (world.information_governance, "desk")):
        with pytest.raises(Refused, match="takes two people"):
            roles.confirm_role(asked, by=who, session=session)
    assert not holds(someone, Role.QA_MANAGER)

    roles.confirm_role(asked, by=world.information_governance, session="phone")
    assert holds(someone, Role.QA_MANAGER, at=world.team)


def test_only_the_system_sets_up_what_was_agreed_elsewhere(world, someone):
    second = world.information_governance
    grant(world, someone, confirmed_by=second)
    assert not holds(someone, Role.QA_MANAGER)

    grant(world, someone, Role.DIRECTOR, by=system_user(), confirmed_by=second)
    assert holds(someone, Role.DIRECTOR)


def test_a_refused_role_never_counts_and_can_be_asked_for_again(world, someone):
    asked = grant(world, someone)
    roles.refuse_role(asked, by=world.information_governance)

    with pytest.raises(NotPossible, match="refused or taken back"):
        roles.confirm_role(asked, by=world.information_governance)
    assert not holds(someone, Role.QA_MANAGER)
    assert grant(world, someone).pk != asked.pk


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_grant_is_what_the_matrix_says(world, someone, column):
    by = getattr(world, column)
    for role in Role:
        action = "role.grant_sensitive" if role in SENSITIVE else "role.grant_ordinary"
        right = "" if cell(action, column) != "none" else "role_grant_not_yours"
        with undone():
            granting = partial(grant, world, someone, role, by=by)
            assert (role, refusal_of(granting)) == (role, right)


def test_nobody_changes_their_own_roles(world):
    own, colleague = world.administrator, world.information_governance
    asked = grant(world, own, Role.DIRECTOR, by=colleague)
    held = own.grants.get(role=Role.ADMINISTRATOR)
    for step in (
        lambda: grant(world, own, Role.QA_OFFICER),
        lambda: roles.confirm_role(asked, by=own),
        lambda: roles.end_role(held, by=own),
    ):
        with pytest.raises(Refused, match="your own roles"):
            step()


@pytest.mark.parametrize("role", sorted(NOT_WITH_ADMINISTRATOR))
def test_an_administrator_holds_no_qa_or_governance_role(world, someone, role):
    first = grant(world, someone, role)
    with pytest.raises(NotPossible, match="no quality assurance"):
        grant(world, someone, Role.ADMINISTRATOR)

    roles.end_role(
        first, by=world.information_governance if role in SENSITIVE else first.granted_by
    )
    grant(world, someone, Role.ADMINISTRATOR)
    with pytest.raises(NotPossible, match="no quality assurance"):
        grant(world, someone, role)


def test_roles_that_follow_one_another_do_not_clash(world, someone):
    today = timezone.localdate()
    grant(world, someone, Role.QA_OFFICER, from_on=today, until_on=today)

    assert grant(world, someone, Role.ADMINISTRATOR, from_on=today + DAY)


def test_a_clash_is_found_again_when_it_is_confirmed(world, someone):
    asked = grant(world, someone, Role.ADMINISTRATOR)
    RoleGrantFactory(user=someone, role=Role.QA_OFFICER, unit=world.authority)

    with pytest.raises(NotPossible, match="no quality assurance"):
        roles.confirm_role(asked, by=world.information_governance)


def test_an_ended_role_counts_no_more_and_did_until_then(world, someone):
    held = grant(world, someone, Role.QA_OFFICER)
    roles.end_role(held, by=world.administrator)

    yesterday = timezone.localdate() - DAY
    assert not holds(someone, Role.QA_OFFICER)
    assert RoleGrant.objects.in_force(yesterday).filter(pk=held.pk).exists()
    with pytest.raises(NotPossible, match="ended already"):
        roles.end_role(held, by=world.administrator)


def test_a_role_can_end_after_a_day_to_come(world, someone):
    today = timezone.localdate()
    held = grant(world, someone, Role.QA_OFFICER)
    with pytest.raises(NotPossible, match="today or later"):
        roles.end_role(held, by=world.administrator, on=today - DAY)

    roles.end_role(held, by=world.administrator, on=today)

    assert holds(someone, Role.QA_OFFICER)
    assert not RoleGrant.objects.in_force(today + DAY).filter(pk=held.pk).exists()


def test_what_was_asked_for_can_be_taken_back(world, someone):
    asked = grant(world, someone)
    roles.end_role(asked, by=world.administrator)

    with pytest.raises(NotPossible, match="taken back"):
        roles.confirm_role(asked, by=world.information_governance)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"until_on": LONG_AGO - DAY}, "last day lies before"),
        ({"role": Role.QA_OFFICER}, "holds the role there already"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_in_words(world, someone, values, words):
    grant(world, someone, Role.QA_OFFICER)
    with pytest.raises(NotPossible, match=words):
        grant(world, someone, **{"role": Role.DIRECTOR} | values)


def test_a_leaver_and_a_closed_unit_get_no_role(world, someone):
    world.care_team.closed_on = LONG_AGO
    with pytest.raises(NotPossible, match="is closed"):
        grant(world, someone, unit=world.care_team)
    type(someone).objects.filter(pk=someone.pk).update(is_active=False)
    with pytest.raises(NotPossible, match="no longer works here"):
        grant(world, someone)


def test_each_change_of_a_role_ends_sessions_but_asking_does_not(world, someone):
    asked = grant(world, someone)
    assert someone.session_epoch == 0

    confirmed = roles.confirm_role(asked, by=world.information_governance)
    assert confirmed.user.session_epoch == 1
    assert roles.end_role(confirmed, by=world.administrator).user.session_epoch == 2


def test_each_step_is_in_the_history(world, someone):
    asked = grant(world, someone)
    roles.confirm_role(asked, by=world.information_governance)
    roles.end_role(asked, by=world.administrator)

    verbs = HistoryEntry.objects.filter(subject_id=someone.public_id).values_list(
        "verb", "by__name"
    )
    assert list(verbs) == [
        ("role_asked", world.administrator.name),
        ("role_confirmed", world.information_governance.name),
        ("role_ended", world.administrator.name),
    ]
    assert HistoryEntry.objects.last().facts["role"] == "qa_manager"


@pytest.mark.parametrize(
    ("held", "level"),
    [
        ([], ManagerLevel.OTHER),
        ([Role.QA_OFFICER], ManagerLevel.OTHER),
        ([Role.TEAM_MANAGER], ManagerLevel.TEAM),
        ([Role.TEAM_MANAGER, Role.SERVICE_MANAGER], ManagerLevel.SERVICE),
        ([Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER], ManagerLevel.HEAD),
        ([Role.DIRECTOR, Role.HEAD_OF_SERVICE], ManagerLevel.DIRECTOR),
    ],
)
def test_the_level_is_the_highest_held(world, someone, held, level):
    for role in held:
        RoleGrantFactory(user=someone, role=role, unit=world.team)

    assert roles.manager_level(someone) == level


def test_the_level_is_that_of_the_day(world, someone):
    promoted = datetime.date(2025, 4, 1)
    RoleGrantFactory(user=someone, role=Role.SERVICE_MANAGER, unit=world.team, from_on=promoted)
    before = promoted - datetime.timedelta(days=1)

    levels = [roles.manager_level(someone, on=day) for day in (before, promoted)]

    assert levels == [ManagerLevel.OTHER, ManagerLevel.SERVICE]


def test_nobody_learns_who_works_here_by_asking_for_a_role(world):
    asked = {"role": Role.DIRECTOR, "unit": world.team, "from_on": timezone.localdate()}
    with pytest.raises(Refused, match="Ask two of them"):
        roles.ask_by_address(**asked, email="nobody@aireborough.example", by=world.qa_manager)
    with pytest.raises(NotPossible, match="Nobody who works here"):
        roles.ask_by_address(**asked, email="nobody@aireborough.example", by=world.administrator)


def test_a_new_address_has_each_confirmed_sensitive_role_asked_for_again(world, someone):
    held = roles.confirm_role(grant(world, someone), by=world.information_governance)
    grant(world, someone, Role.TEAM_MANAGER)
    today, moment = timezone.localdate(), timezone.now()

    roles.ask_anew(someone, by=world.administrator, session="desk", moment=moment)

    held.refresh_from_db()
    again = RoleGrant.objects.pending().get()
    assert (held.ended_by, again.role) == (world.administrator, Role.QA_MANAGER)
    assert (again.from_on, again.granted_session) == (today, "desk")
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.facts["role"], entry.at) == ("role_asked", "qa_manager", moment)


@pytest.mark.parametrize(
    ("role", "by", "verb", "epoch"),
    [
        (Role.QA_OFFICER, "administrator", "role_granted", 1),
        (Role.QA_MANAGER, "administrator", "role_asked", 0),
        (Role.QA_MANAGER, "system", "role_granted", 1),
    ],
)
def test_what_counts_at_once_is_granted_and_what_waits_is_asked(
    world, someone, role, by, verb, epoch
):
    who = system_user() if by == "system" else world.administrator
    grant(world, someone, role, by=who, confirmed_by=world.information_governance)

    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.by, entry.facts["role"]) == (verb, who, role)
    assert User.objects.get(pk=someone.pk).session_epoch == epoch


def test_a_role_to_come_that_is_asked_for_again_begins_when_it_would_have(world, someone):
    later = timezone.localdate() + 9 * DAY
    RoleGrantFactory(
        user=someone, role=Role.DIRECTOR, unit=world.authority, from_on=later, until_on=later + DAY
    )
    roles.ask_anew(someone, by=world.administrator, session="", moment=timezone.now())

    again = RoleGrant.objects.pending().get()
    assert (again.from_on, again.until_on) == (later, later + DAY)
