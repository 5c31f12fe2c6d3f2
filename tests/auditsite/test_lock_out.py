"""Guessing passwords: the same answer for anyone, and an end to it after a few."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.pages import text_of

PASSWORD = "a long walk by the river"
hashed = []


class CountingHasher(MD5PasswordHasher):
    """Notes each password that is hashed."""

    def encode(self, password, salt):
        hashed.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def counting(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]


@pytest.fixture
def person(db):
    user = UserFactory(email="moira.penn@aireborough.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(email, password="another password", *, browser=None, address="10.0.0.1"):
    """The answer, and how many passwords were hashed for it."""
    hashed.clear()
    sent = {"login": email, "password": password}
    answer = (browser or Client()).post("/sign-in/", sent, REMOTE_ADDR=address)
    return answer, len(hashed)


def body(answer, email):
    """The page without what differs from one request to the next."""
    return re.sub(r'value="\w{64}"', "", text_of(answer)).replace(email, "")


@pytest.mark.parametrize("kind", ["nobody", "without_password", "deactivated"])
def test_a_wrong_password_answers_as_an_unknown_person_does(person, kind):
    emails = {"nobody": "nobody@aireborough.example"}
    other = UserFactory()
    if kind == "deactivated":
        other.set_password(PASSWORD)
        other.is_active = False
    else:
        other.set_unusable_password()
    other.save()
    email = emails.get(kind, other.email)
    known, known_hashes = attempt(person.email)
    unknown, unknown_hashes = attempt(email)
    assert (known.status_code, known_hashes) == (unknown.status_code, unknown_hashes) == (200, 1)
    assert body(known, person.email) == body(unknown, email)
    assert "The e-mail address or the password is not right." in text_of(known)


@pytest.mark.parametrize("exists", [True, False])
def test_the_fifth_wrong_password_locks_out_here(person, exists):
    email = person.email if exists else "nobody@aireborough.example"
    for _ in range(4):
        assert attempt(email)[0].status_code == 200
    for password in ("another password", PASSWORD):
        answer, _ = attempt(email.upper(), password)
        assert answer.status_code == 429
        assert "Too many attempts" in text_of(answer)
        assert email not in text_of(answer)
    assert "_auth_user_id" not in answer.client.session


def test_from_another_address_the_person_still_signs_in(person):
    for _ in range(5):
        attempt(person.email)
    assert attempt(person.email, PASSWORD, address="10.0.0.2")[0].url == "/"


def test_other_people_at_the_address_still_sign_in(person):
    for _ in range(5):
        attempt("nobody@aireborough.example")
    assert attempt(person.email, PASSWORD)[0].url == "/"


def test_it_ends_after_a_quarter_of_an_hour(person, time_machine):
    time_machine.move_to("2026-03-03 09:00", tick=False)
    for _ in range(6):
        attempt(person.email)
    time_machine.move_to("2026-03-03 09:14", tick=False)
    assert attempt(person.email, PASSWORD)[0].status_code == 429
    time_machine.move_to("2026-03-03 09:16", tick=False)
    assert attempt(person.email, PASSWORD)[0].url == "/"


def test_signing_in_forgets_the_wrong_ones(person):
    for _ in range(4):
        attempt(person.email)
    attempt(person.email, PASSWORD)
    assert attempt(person.email)[0].status_code == 200


def test_ten_wrong_ones_from_everywhere_end_it_for_all(person):
    for number in range(10):
        attempt(person.email, address=f"10.0.1.{number}")
    answer, hashes = attempt(person.email, PASSWORD, address="10.0.2.1")
    assert "Wait 15 minutes" in text_of(answer)
    assert hashes == 0


def test_what_is_kept_of_an_attempt_holds_no_password(person):
    from axes.models import AccessAttempt

    attempt(person.email, "my secret guess")
    kept = AccessAttempt.objects.get()
    assert kept.username == person.email
    assert "my secret guess" not in str(vars(kept))
