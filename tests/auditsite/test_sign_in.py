"""Signing in by e-mail and password; nobody signs themselves up."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

PASSWORD = "a long enough phrase"


@pytest.fixture
def person(db):
    user = get_user_model()(email="moira.penn@aireborough.example", name="Moira Penn")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, person, password):
    return client.post("/sign-in/", {"login": person.email.upper(), "password": password})


def test_right_password_signs_in(client, person):
    response = sign_in(client, person, PASSWORD)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_wrong_password_does_not(client, person):
    response = sign_in(client, person, "some other phrase")
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_deactivated_person_is_told(client, person):
    person.is_active = False
    person.save()
    response = sign_in(client, person, PASSWORD)
    assert response.url == "/sign-in/deactivated/"
    assert "_auth_user_id" not in client.session


def test_signing_out_ends_the_session(client, person):
    client.force_login(person)
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/sign-up/", "/accounts/signup/", "/admin/"])
def test_there_is_no_signing_up(client, db, address):
    assert client.get(address).status_code == 404


def test_short_password_is_refused():
    validate_password(PASSWORD)
    with pytest.raises(ValidationError, match="12 characters"):
        validate_password("aireborough")
