"""Taking second steps away from somebody who has lost them all."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.domain import second_factors
from accounts.models import HistoryEntry, Notice
from accounts.tasks import send
from kit.exceptions import NotPossible
from tests.factories.sign_in import make_factor
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import asks_again, client_of, opened, sent, text_of

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


def test_the_person_is_told_by_mail(world, locked_out):
    second_factors.reset(locked_out, by=world.administrator)
    send()
    [told] = mail.outbox
    assert told.to == [locked_out.email]
    assert told.subject == "Case audits: your second step was reset"
    assert "An administrator took away every second step" in told.body
    assert "tell an administrator of Case audits at once" in told.body


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_is_what_the_matrix_says(world, locked_out, column):
    may = cell("user.manage", column) != "none"
    by = getattr(world, column)
    reason = refusal_of(lambda: second_factors.reset(locked_out, by=by))
    assert reason == ("" if may else "user_manage_not_yours")
    assert Authenticator.objects.exists() != may


def test_nobody_resets_their_own(world, locked_out):
    make_factor(world.administrator, "totp")
    own = world.administrator
    assert refusal_of(lambda: second_factors.reset(own, by=own)) == "own_record"
    assert opened(own, "person_second_step", own.public_id).status_code == 403
    assert Authenticator.objects.filter(user=own).exists()
    assert not Notice.objects.exists()


def test_who_has_none_or_has_left_has_none_to_lose(world, locked_out):
    with pytest.raises(NotPossible, match="has set up no second step"):
        second_factors.reset(world.auditor, by=world.administrator)
    locked_out.is_active = False
    locked_out.save()
    with pytest.raises(NotPossible, match="no longer works here"):
        second_factors.reset(locked_out, by=world.administrator)


def test_the_page_says_what_goes_and_who_did_it(world, locked_out):
    by, key = world.administrator, locked_out.public_id
    held = "an authenticator app, a passkey and recovery codes"
    page = text_of(opened(by, "person", key))
    assert f"A{held[1:]}" in page
    assert reverse("person_second_step", args=[key]) in page
    assert f"What is removed: {held}." in text_of(opened(by, "person_second_step", key))

    assert sent(by, "person_second_step", key)["Location"] == reverse("person", args=[key])
    page = text_of(opened(by, "person", key))
    assert "You took away every second step of Dara Director, who had lost them." in page
    assert reverse("person_second_step", args=[key]) not in page
    assert asks_again(sent(by, "person_second_step", key))


def test_the_command_says_what_it_did(world, locked_out):
    said = StringIO()
    call_command("reset_second_factor", locked_out.email, by=world.administrator.email, stdout=said)
    assert "All of it is removed" in said.getvalue()
    for email, by, why in (
        ("nobody@aireborough.example", None, "Nobody active here"),
        (locked_out.email, world.qa_manager.email, "kept by the administrator"),
        (locked_out.email, None, "has set up no second step"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("reset_second_factor", email, by=by)
