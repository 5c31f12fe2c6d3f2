"""Taking second steps away from somebody who has lost them all."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.domain import second_factors
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from tests.factories.sign_in import make_factor
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked_out(world):
    for kind in ("totp", "webauthn", "recovery_codes"):
        make_factor(world.director, kind)
    return world.director


def test_an_administrator_takes_all_and_ends_the_sessions(world, locked_out):
    browser = client_of(locked_out)
    assert browser.get("/").status_code == 200
    assert second_factors.reset(locked_out, by=world.administrator) == 3
    assert not Authenticator.objects.exists()
    assert browser.get("/").status_code == 302
    assert HistoryEntry.objects.get(verb="second_factor_reset").facts == {"count": 3}


def test_nobody_else_and_nobody_their_own(world, locked_out):
    make_factor(world.administrator, "totp")
    for user, by, reason in (
        (locked_out, world.qa_manager, "not_administrator"),
        (world.administrator, world.administrator, "own_second_factor"),
    ):
        with pytest.raises(Refused) as refusal:
            second_factors.reset(user, by=by)
        assert refusal.value.reason == reason
    assert Authenticator.objects.count() == 4


def test_the_command_says_what_it_did(world, locked_out):
    said = StringIO()
    call_command("reset_second_factor", locked_out.email, by=world.administrator.email, stdout=said)
    assert "All of it is removed" in said.getvalue()
    with pytest.raises(CommandError, match="Nobody active here"):
        call_command("reset_second_factor", "nobody@aireborough.example")
    with pytest.raises(CommandError, match="by an administrator"):
        call_command("reset_second_factor", locked_out.email, by=world.qa_manager.email)
