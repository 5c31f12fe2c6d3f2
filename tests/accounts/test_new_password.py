"""Whoever forgot their password chooses another by a link; the old one no longer counts."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.domain import inviting
from accounts.models import HistoryEntry, User
from accounts.tasks import send
from kit.exceptions import NotPossible
from tests.factories.sign_in import make_factor
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import asks_again, client_of, opened, sent, text_of

OLD, NEW = "a long walk by the river", "a quiet heron by the weir"


@pytest.fixture
def by(world):
    return world.administrator


@pytest.fixture
def forgetful(world):
    person = world.auditor
    person.set_password(OLD)
    person.last_login = timezone.now()
    person.save()
    return person


def test_the_old_password_and_sessions_end_and_a_link_gives_a_new_one(by, forgetful, client):
    browser = client_of(forgetful)
    make_factor(forgetful, "totp")
    inviting.renew_password(forgetful, by=by)
    assert browser.get("/").status_code == 302
    assert not User.objects.get(pk=forgetful.pk).check_password(OLD)

    send()
    (letter,) = mail.outbox
    assert letter.to == [forgetful.email]
    assert letter.subject == "Choose a new password for Case audits"
    assert "a link to choose a new password" in letter.body
    assert "has invited you" not in letter.body
    link = next(line for line in letter.body.splitlines() if "/invitations/" in line)
    path = f"/invitations/{link.partition('/invitations/')[2]}"
    client.post(path, {"password": NEW, "again": NEW})
    held = User.objects.get(pk=forgetful.pk)
    assert held.check_password(NEW)
    assert held.authenticator_set.count() == 1


def test_who_has_none_or_has_left_is_refused_in_words(world, by, forgetful):
    with pytest.raises(NotPossible, match="has no password yet"):
        inviting.renew_password(world.second_auditor, by=by)
    User.objects.filter(pk=forgetful.pk).update(is_active=False)
    with pytest.raises(NotPossible, match="no longer works here"):
        inviting.renew_password(forgetful, by=by)
    assert not HistoryEntry.objects.filter(verb="password_taken").exists()


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_is_what_the_matrix_says(world, forgetful, column):
    may = cell("user.manage", column) != "none"
    reason = refusal_of(lambda: inviting.renew_password(forgetful, by=getattr(world, column)))
    assert reason == ("" if may else "user_manage_not_yours")


def test_nobody_renews_their_own(by):
    assert refusal_of(lambda: inviting.renew_password(by, by=by)) == "own_record"
    assert opened(by, "person_password", by.public_id).status_code == 403


def test_the_page_says_what_ends_and_history_who_did_it(by, forgetful):
    key = forgetful.public_id
    assert reverse("person_password", args=[key]) in text_of(opened(by, "person", key))
    assert "no longer counts from now on" in text_of(opened(by, "person_password", key))

    assert sent(by, "person_password", key)["Location"] == reverse("person", args=[key])
    page = text_of(opened(by, "person", key))
    assert "You had Amira Auditor choose a new password." in page
    assert reverse("person_password", args=[key]) not in page
    assert asks_again(sent(by, "person_password", key))


def test_the_invitation_by_which_they_came_stays_accepted(world, by):
    came = inviting.invite(
        email="new@aireborough.example",
        name="New",
        post_title="",
        unit=world.team,
        from_on=timezone.localdate(),
        by=by,
    )
    person = inviting.accept(came, password=OLD)

    renewed = inviting.renew_password(person, by=by)

    came.refresh_from_db()
    assert (came.withdrawn_at, bool(came.accepted_at)) == (None, True)
    assert inviting.accept(renewed, password=NEW) == person
