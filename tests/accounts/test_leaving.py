import pytest
from django.utils import timezone

from accounts.choices import MembershipKind, Role
from accounts.domain import inviting, leaving, memberships, roles
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, RoleGrant, User
from accounts.permissions import holds
from kit.exceptions import NotPossible
from tests.factories.accounts import LONG_AGO
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
