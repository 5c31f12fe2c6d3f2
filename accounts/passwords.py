"""Passwords that anybody would try: a common one as it is, decorated, or repeated.

The list is Django's own, of twenty thousand; nothing is asked of anyone outside.
"""

import re
from collections.abc import Iterator

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from accounts.models import User

LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
WALKS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "a")
"""Along the alphabet, the digits and the keyboard, or on one key."""
LONGEST_REST = 5
"""So many letters or digits beside a common password still make no phrase."""
SHORTEST_KNOWN = 4
LONGEST_REPEATED = 4
"""What is this short and repeated is no phrase, whatever it is."""


class UncommonPasswordValidator(CommonPasswordValidator):
    """Refuses common passwords, and common ones with digits, signs or themselves put after."""

    def validate(self, password: str, user: User | None = None) -> None:
        if any(self._is_common(form) for form in _forms(password.lower().strip())):
            raise ValidationError(
                "This password is too easily guessed. Use three or four words that don't belong "
                "together, such as a line only you would think of.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return "Three words that don't belong together are easy to remember and hard to guess."

    def _is_common(self, form: str) -> bool:
        ends = range(max(len(form) - LONGEST_REST, SHORTEST_KNOWN), len(form) + 1)
        return _is_walk(form) or any(
            form[:end] in self.passwords or form[-end:] in self.passwords for end in ends
        )


def _forms(password: str) -> Iterator[str]:
    """The password as it is, as it reads, its letters alone, and the shortest text it repeats."""
    for form in (password, password.translate(LOOKALIKES)):
        yield form
        letters = re.sub(r"[\W\d_]+", "", form)
        if len(letters) >= len(form) - LONGEST_REST - 1:
            yield letters
        repeated = re.fullmatch(r"(.{1,}?)\1+.{0,2}", form)
        if repeated:
            yield "a" if len(repeated[1]) <= LONGEST_REPEATED else repeated[1]


def _is_walk(form: str) -> bool:
    return any(form in walk * 3 or form in walk[::-1] * 3 for walk in WALKS)
