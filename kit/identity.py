"""Public ids: what stands for a record in a URL, in the history and on a page.

A public id says nothing about the record: not its age, not its order, not its case.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

_source: ContextVar[Random | None] = ContextVar("public_id_source", default=None)


def new_public_id() -> uuid.UUID:
    """A version 4 UUID, unguessable except inside `seeded`. The default of every `public_id`."""
    source = _source.get()
    if source is None:
        return uuid.uuid4()
    return uuid.UUID(int=source.getrandbits(128), version=4)


@contextmanager
def seeded(seed: int | str) -> Iterator[None]:
    """Make public ids follow from `seed` within the block, so that a demonstration is repeatable.

    Only for invented records: such ids can be guessed. Other threads are not touched.
    """
    token = _source.set(Random(f"public ids of {seed}"))
    try:
        yield
    finally:
        _source.reset(token)
