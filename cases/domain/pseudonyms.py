"""Study numbers: what stands for a case where nobody needs to know whose it is.

Somebody from outside (`accounts.permissions.is_guest`) reads every page so. Who reads is set for
each request by a middleware, so that no page has to remember it.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.permissions import is_guest
from cases.models import Case

LENGTH = 10

_reader: ContextVar[User | None] = ContextVar("reader", default=None)


@contextmanager
def reading_as(user: User) -> Iterator[None]:
    """Within the block cases are shown as this person may know them."""
    token = _reader.set(user)
    try:
        yield
    finally:
        _reader.reset(token)


def reads_pseudonyms() -> bool:
    """Whether whoever reads now is to see study numbers alone."""
    user = _reader.get()
    return user is not None and is_guest(user)


def study_number(case: Case) -> str:
    """The same for a case in every file of this installation; without its key it says nothing.

    From the record's key and not from the reference, so that a corrected reference changes nothing.
    """
    digest = salted_hmac("cases.study_number", str(case.public_id), algorithm="sha256").digest()
    return "N" + base64.b32encode(digest).decode()[: LENGTH - 1]
