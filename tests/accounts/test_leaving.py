import contextlib
import datetime

import pytest
from django.utils import timezone

from accounts.choices import MembershipKind, Role
from accounts.domain import inviting, leaving, memberships, roles
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, Invitation, RoleGrant, Unit, User
from accounts.permissions import holds
from kit.exceptions import NotPossible
from tests.factories.accounts import LONG_AGO, MembershipFactory, UserFactory
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import client_of


def test_a_leaver_is_signed_out_and_holds_nothing(world):
    leaver, today = world.team_manager, timezone.localdate()
    client = client_of(leaver)
    assert client.get("/").status_code == 200

    leaving.deactivate(leaver, by=world.administrator)

    assert client.get("/").status_code == 302
    leaver = User.objects.get(pk=leaver.pk)
    assert not holds(leaver)
    assert leaver.memberships.get().until_on == today
    assert not RoleGrant.objects.standing(today).filter(user=leaver).exists()


def test_a_leaver_cannot_accept_an_invitation(world):
    invitation = inviting.invite(
        email="new@aireborough.example",
        name="New",
        post_title="",
        unit=world.team,
        from_on=LONG_AGO,
        by=world.administrator,
    )
    leaving.deactivate(invitation.user, by=world.administrator)

    with pytest.raises(NotPossible, match="no longer counts"):
        inviting.accept(invitation, password="a quiet heron by the weir")


def test_a_role_that_waits_ends_with_the_leaver(world):
    asked = roles.grant_role(
        world.auditor,
        role=Role.DIRECTOR,
        unit=world.authority,
        from_on=LONG_AGO,
        by=world.administrator,
    )
    leaving.deactivate(world.auditor, by=world.administrator)

    assert not RoleGrant.objects.pending().filter(pk=asked.pk).exists()


def test_units_without_a_lead_are_listed_until_somebody_leads_them(world):
    leaver = world.team_manager
    left = leaving.deactivate(leaver, by=world.administrator)
    assert [each.unit for each in leaving.units_left(left)] == [world.team]

    memberships.join_unit(
        world.practitioner,
        unit=world.team,
        kind=MembershipKind.LEAD,
        from_on=timezone.localdate(),
        by=world.administrator,
    )

    assert not leaving.units_left(left).exists()


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_deactivate_is_what_the_matrix_says(world, column):
    may = cell("user.manage", column) != "none"
    leaver = world.second_auditor
    reason = refusal_of(lambda: leaving.deactivate(leaver, by=getattr(world, column)))

    assert reason == ("" if may else "user_manage_not_yours")


def test_nobody_deactivates_themselves_or_somebody_twice(world):
    with pytest.raises(Refused, match="your own record"):
        leaving.deactivate(world.administrator, by=world.administrator)
    leaving.deactivate(world.auditor, by=world.administrator)
    with pytest.raises(NotPossible, match="left already"):
        leaving.deactivate(world.auditor, by=world.administrator)


def test_leaving_is_in_the_history(world):
    leaving.deactivate(world.auditor, by=world.administrator)

    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.subject_id) == ("person_deactivated", world.auditor.public_id)


def test_a_leavers_open_invitation_is_withdrawn_and_would_not_do_without(world):
    invitation = inviting.invite(
        email="new@aireborough.example",
        name="New",
        post_title="",
        unit=world.team,
        from_on=LONG_AGO,
        by=world.administrator,
    )
    token = inviting.token_of(invitation)
    leaving.deactivate(invitation.user, by=world.administrator)

    invitation.refresh_from_db()
    assert (invitation.withdrawn_by, bool(invitation.withdrawn_at)) == (world.administrator, True)
    Invitation.objects.update(withdrawn_at=None, withdrawn_by=None)
    with pytest.raises(NotPossible, match="no longer counts"):
        inviting.invited_by_link(token)


@pytest.mark.parametrize(("days", "is_left"), [(0, True), (1, False)])
def test_a_second_lead_takes_a_unit_up_who_stays_beyond_the_leavers_last_day(world, days, is_left):
    today = timezone.localdate()
    MembershipFactory(
        user=world.practitioner,
        unit=world.team,
        kind=MembershipKind.LEAD,
        until_on=today + datetime.timedelta(days=days),
    )
    left = leaving.deactivate(world.team_manager, by=world.administrator)

    assert leaving.units_left(left).exists() == is_left


def test_what_a_leaver_led_before_and_what_is_closed_is_nobodys_now(world):
    leaver, yesterday = world.team_manager, timezone.localdate() - datetime.timedelta(days=1)
    assert not leaving.units_left(leaver).exists()
    for unit, until_on in ((world.second_team, yesterday), (world.care_team, None)):
        MembershipFactory(user=leaver, unit=unit, kind=MembershipKind.LEAD, until_on=until_on)
    Unit.objects.filter(pk=world.care_team.pk).update(closed_on=yesterday)

    left = leaving.deactivate(leaver, by=world.administrator)

    assert [each.unit for each in leaving.units_left(left)] == [world.team]


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("second_auditor", ""),
        ("system", "person_left"),
        ("left", "person_left"),
        ("team_manager", "to_themselves"),
        ("administrator", "administrator"),
    ],
)
def test_work_goes_to_somebody_else_who_works_here_and_sees_cases(world, who, reason):
    others = {"system": system_user, "left": lambda: UserFactory(is_active=False)}
    to = others[who]() if who in others else getattr(world, who)
    ending = pytest.raises(NotPossible) if reason else contextlib.nullcontext()
    with ending as refused:
        leaving.check_successor(to, world.team_manager)
    assert reason == (refused.value.reason if refused else "")
