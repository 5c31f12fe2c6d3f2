"""One effect, however many press the button at the same moment."""

import pytest

from accounts.choices import Role
from accounts.domain import inviting, leaving, roles
from accounts.models import HistoryEntry, User
from kit.exceptions import NotPossible
from tests.factories.accounts import LONG_AGO
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def asked_for(world, role=Role.QA_MANAGER):
    return roles.grant_role(
        world.auditor, role=role, unit=world.authority, from_on=LONG_AGO, by=world.administrator
    )


def one_effect(ends: list, kind: type) -> None:
    refused = [end for end in ends if isinstance(end, Exception)]
    assert len(refused) == len(ends) - 1
    assert {type(end) for end in refused} == {kind}


def test_a_role_is_confirmed_once(world):
    asked = asked_for(world)
    others = world.information_governance, world.person("Ivo", Role.ADMINISTRATOR, world.authority)
    ends = at_once([lambda who=who: roles.confirm_role(asked, by=who) for who in others * 2])

    one_effect(ends, NotPossible)
    assert HistoryEntry.objects.filter(verb="role_confirmed").count() == 1


def test_a_role_is_confirmed_or_refused(world):
    asked, second = asked_for(world), world.information_governance
    ends = at_once(
        [
            lambda: roles.confirm_role(asked, by=second),
            lambda: roles.refuse_role(asked, by=second),
        ]
    )

    one_effect(ends, NotPossible)


def test_clashing_roles_asked_at_once_are_not_both_granted(world):
    governance, administrator = world.information_governance, world.administrator
    given = {"unit": world.authority, "from_on": LONG_AGO}
    ends = at_once(
        [
            lambda: roles.grant_role(
                world.auditor, role=Role.ADMINISTRATOR, by=governance, **given
            ),
            lambda: roles.grant_role(
                world.auditor, role=Role.QA_OFFICER, by=administrator, **given
            ),
        ]
    )

    one_effect(ends, NotPossible)


def test_an_invitation_is_accepted_once(world):
    invitation = inviting.invite(
        email="new@aireborough.example",
        name="New",
        post_title="",
        unit=world.team,
        from_on=LONG_AGO,
        by=world.administrator,
    )
    phrases = [f"a quiet heron number {count}" for count in range(4)]
    ends = at_once(
        [lambda each=each: inviting.accept(invitation, password=each) for each in phrases]
    )

    one_effect(ends, NotPossible)
    (chosen,) = [each for each, end in zip(phrases, ends, strict=True) if isinstance(end, User)]
    assert User.objects.get(pk=invitation.user_id).check_password(chosen)


def test_who_leaves_while_a_role_is_confirmed_ends_without_it(world):
    asked, second = asked_for(world), world.information_governance
    at_once(
        [
            lambda: roles.confirm_role(asked, by=second),
            lambda: leaving.deactivate(world.auditor, by=world.administrator),
        ]
    )

    asked.refresh_from_db()
    assert asked.ended_at
    assert not User.objects.get(pk=asked.user_id).is_active
