"""Auditors and moderators that a file names: users who can be named but cannot sign in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class Unnamed:
    """Someone the file does not name; the address belongs to nobody (RFC 2606)."""

    email: str
    name: str


AUDITOR = Unnamed("auditor-not-named@import.invalid", "Auditor not named")
MODERATOR = Unnamed("moderator-not-named@import.invalid", "Moderator not named")
APPROVER = Unnamed("approver-not-named@import.invalid", "Approver not named")

_UNNAMED = {person.email: person for person in (AUDITOR, MODERATOR, APPROVER)}


def named_email(user: User) -> str:
    """The address as a file would give it; "" for someone it did not name."""
    email = str(user.email).lower()
    return "" if email in _UNNAMED else email


def people_by_email() -> dict[str, User]:
    """Everybody there is, by address in small letters."""
    return {str(user.email).lower(): user for user in User.objects.all()}


def make_people(emails: Iterable[str]) -> dict[str, User]:
    """Users for addresses that nobody has: inactive, so that nobody can sign in as them."""
    made = [User(email=email, name=name_of(email), is_active=False) for email in emails]
    for user in made:
        user.set_unusable_password()
    return {str(user.email): user for user in User.objects.bulk_create(made)}


def in_words(email: str) -> str:
    """An address, or for someone unnamed the words for that."""
    return _UNNAMED[email].name if email in _UNNAMED else email


def name_of(email: str) -> str:
    """A name to print: that of the unnamed, or what stands before the @ ("Amira Auditor")."""
    if email in _UNNAMED:
        return _UNNAMED[email].name
    words = re.split(r"[._\-+]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word)[:120] or email[:120]
