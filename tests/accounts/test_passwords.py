"""Passwords that anybody would try are refused without asking anyone outside."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "qwerty123456",
        "password1234",
        "P@ssw0rd2023!",
        "letmeinletmein",
        "Leeds United 1992",
        "aaaaaaaaaaaab",
        "abcabcabcabc",
        "abcdefghijklm",
        "asdfghjklzxcv",
    ],
)
def test_a_common_password_is_refused_however_it_is_decorated(password):
    with pytest.raises(ValidationError, match="too easily guessed"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["a long walk by the river", "my dog likes tea", "84!7#92$1%66x", "8392-5710-abc!"],
)
def test_a_phrase_and_a_random_password_are_taken(password):
    validate_password(password)


def test_eleven_characters_are_too_few():
    validate_password("a dog at sea")
    with pytest.raises(ValidationError, match="12 characters"):
        validate_password("a dog at se")
