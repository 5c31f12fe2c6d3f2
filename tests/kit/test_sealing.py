"""Sealed text is unreadable, differs at each call, and outlives a rotated secret."""

import pytest

from kit.exceptions import NotSealed
from kit.sealing import seal, unseal


def test_what_is_sealed_is_read_back_and_hidden():
    sealed = seal("a secret")
    assert "a secret" not in sealed
    assert sealed != seal("a secret")
    assert unseal(sealed) == "a secret"


def test_a_former_secret_still_opens(settings):
    sealed = seal("a secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret " * 5
    assert unseal(sealed) == "a secret"


@pytest.mark.parametrize("text", ["", "nothing of ours"])
def test_anything_else_is_refused(text):
    with pytest.raises(NotSealed):
        unseal(text)


def test_an_unknown_secret_does_not_open(settings):
    sealed = seal("a secret")
    settings.SECRET_KEY = "another secret " * 5
    with pytest.raises(NotSealed):
        unseal(sealed)
