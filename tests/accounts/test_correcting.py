"""Correcting name, post and e-mail address; a new one may put somebody else behind an account."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.domain import correcting, inviting, roles
from accounts.domain.correcting import Particulars
from accounts.domain.telling import told_of
from accounts.models import HistoryEntry, Invitation, RoleGrant, User
from accounts.permissions import holds
from accounts.tasks import send
from kit.exceptions import NotPossible
from tests.factories.accounts import LONG_AGO
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import asks_again, client_of, opened, sent, text_of

NEW = "amira.new@aireborough.example"


@pytest.fixture
def by(world):
    return world.administrator


def correct(person, by, **changes) -> User:
    now = {"name": person.name, "post": person.post, "email": person.email}
    return correcting.correct(person, to=Particulars(**now | changes), by=by)


def mailed() -> list[str]:
    mail.outbox.clear()
    send()
    return sorted(message.to[0] for message in mail.outbox)


def test_name_and_post_are_corrected_and_the_session_goes_on(world, by):
    browser = client_of(world.auditor)
    held = correct(world.auditor, by, name="Amira O'Audit", post="Team manager, Care")
    assert (held.name, held.post) == ("Amira O'Audit", "Team manager, Care")
    assert browser.get("/").status_code == 200
    assert mailed() == []
    told = told_of(held, reader=by)[0].sentence
    assert told == "You corrected who Amira O'Audit is: the name, the post."


def test_a_new_address_ends_sessions_and_both_addresses_are_told(world, by):
    person, browser = world.auditor, client_of(world.auditor)
    old = person.email
    EmailAddress.objects.create(user=person, email=old, verified=True, primary=True)

    held = correct(person, by, email=f" {NEW.upper()} ")

    assert held.email == NEW
    assert browser.get("/").status_code == 302
    assert not EmailAddress.objects.exists()
    assert mailed() == sorted([old, NEW])
    for message in mail.outbox:
        assert message.subject == "Your e-mail address for Case audits was changed"
        assert "tell an administrator of Case audits at once" in message.body
        assert NEW not in message.body
    facts = HistoryEntry.objects.get(verb="person_corrected").facts
    assert facts == {"has_name": False, "has_post": False, "has_address": True}


def test_a_role_that_takes_two_people_waits_for_the_second_again(world, by):
    director, officer = world.director, world.qa_officer
    correct(officer, by, email="olga.new@aireborough.example")
    assert holds(officer, Role.QA_OFFICER)

    correct(director, by, post="Director of children's services")
    assert holds(director, Role.DIRECTOR)
    correct(director, by, email="dara.new@aireborough.example")
    assert not holds(director, Role.DIRECTOR)
    [asked] = RoleGrant.objects.pending()
    assert refusal_of(lambda: roles.confirm_role(asked, by=by)) == "needs_two_people"

    roles.confirm_role(asked, by=world.information_governance)
    assert holds(director, Role.DIRECTOR)


def test_an_invitation_to_the_old_address_is_void_and_another_is_sent(world, by):
    first = inviting.invite(
        email="typo@aireborough.example",
        name="New Person",
        post_title="",
        unit=world.team,
        from_on=LONG_AGO,
        by=by,
    )
    correct(first.user, by, email="right@aireborough.example")
    with pytest.raises(NotPossible, match="no longer counts"):
        inviting.invited_by_link(inviting.token_of(first))
    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 1
    mailed()
    invited = [each.to for each in mail.outbox if "/invitations/" in each.body]
    assert invited == [["right@aireborough.example"]]


def test_what_is_taken_the_same_or_gone_is_refused_in_words(world, by):
    taken = world.second_auditor.email.upper()
    for changes, why in (({}, "Nothing is different"), ({"email": taken}, "Somebody else has")):
        with pytest.raises(NotPossible, match=why):
            correct(world.auditor, by, **changes)
    User.objects.filter(pk=world.auditor.pk).update(is_active=False)
    with pytest.raises(NotPossible, match="no longer works here"):
        correct(world.auditor, by, name="Amira")
    assert not HistoryEntry.objects.filter(verb="person_corrected").exists()


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_is_what_the_matrix_says(world, column):
    may = cell("user.manage", column) != "none"
    reason = refusal_of(lambda: correct(world.auditor, getattr(world, column), name="Amira"))
    assert reason == ("" if may else "user_manage_not_yours")


def test_nobody_corrects_themselves(world, by):
    assert refusal_of(lambda: correct(by, by, name="Adam")) == "own_record"
    assert opened(by, "person_correct", by.public_id).status_code == 403


def test_the_page_starts_with_what_is_there_and_says_what_is_wrong(world, by):
    person, address = world.auditor, "person_correct"
    page = text_of(opened(by, address, person.public_id))
    assert f'value="{person.email}"' in page
    form = {"name": person.name, "post": person.post, "email": "nothing"}
    answer = sent(by, address, person.public_id, **form)
    assert asks_again(answer)
    assert "Enter an e-mail address" in text_of(answer)

    answer = sent(by, address, person.public_id, **form | {"email": NEW})
    assert answer["Location"] == reverse("person", args=[person.public_id])
    assert NEW in text_of(opened(by, "person", person.public_id))


def test_who_has_chosen_a_password_is_sent_no_link_to_a_new_address(world, by):
    came = inviting.invite(
        email="first@aireborough.example",
        name="New",
        post_title="",
        unit=world.team,
        from_on=LONG_AGO,
        by=by,
    )
    held = correct(came.user, by, email="second@aireborough.example")
    assert Invitation.objects.filter(user=held).count() == 2
    last = Invitation.objects.open(timezone.now()).get()
    inviting.accept(last, password="a quiet heron by the weir")

    correct(held, by, email="third@aireborough.example")

    assert Invitation.objects.filter(user=held).count() == 2
