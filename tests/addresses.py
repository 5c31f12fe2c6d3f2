"""Every address of docs/urls.csv, opened with its samples by every role of docs/permissions.csv."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from accounts.permissions import holds
from tests.samples import NOBODYS, SAMPLES, missing
from tests.world import World

DOCS = settings.BASE_DIR / "docs"
NOBODY = "anonymous"
ANYBODY = ("public", "signed_in")
MISSING = "missing"
"""In place of a sample: its address with an id that no record has."""


@dataclass(frozen=True)
class Address:
    """A row of docs/urls.csv."""

    name: str
    method: str
    action: str
    samples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}-{self.method}"

    def answer(self, user: User | None, arguments: dict[str, Any]) -> HttpResponse:
        """To someone, or to nobody who is signed in."""
        client = Client()
        if user:
            client.force_login(user)
        return client.generic(self.method, reverse(self.name, kwargs=arguments))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file in docs/."""
    with (DOCS / name).open(newline="") as file:
        return list(csv.DictReader(file))


def _address(row: dict[str, str]) -> Address:
    samples = tuple(filter(None, (row["in_scope_sample"], row["out_of_scope_sample"])))
    return Address(row["url_name"], row["method"], row["action"], samples)


ADDRESSES = [_address(row) for row in rows("urls.csv")]
GUARDED = [known for known in ADDRESSES if known.action != "public"]
MATRIX = {row.pop("action"): row for row in rows("permissions.csv")}
ROLES = list(next(iter(MATRIX.values())))


def cells() -> int:
    """Addresses with their methods, by role and anonymous, in scope, out of scope and missing."""
    asked = sum(len(known.samples or ("",)) for known in ADDRESSES) * (len(ROLES) + 1)
    return asked + sum(len(ROLES) for known in ADDRESSES if known.samples)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within leaves no trace, so that one sample serves every role."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def made_up(name: str) -> dict[str, Any]:
    """Arguments that make an address of that name, and that no record has."""
    *_, converters = get_resolver().reverse_dict[name]
    return {argument: NOBODYS[argument] for argument in converters}


@dataclass(frozen=True)
class Visit:
    """What one role got at an address made of a sample, or of an id that nobody has."""

    role: str
    sample: str
    answer: HttpResponse


def visits(
    world: World, address: Address, *, before: Callable[[], object] = lambda: None
) -> Iterator[Visit]:
    """Of every role and of nobody, to each sample and to an id that nobody has.

    What a sample assigns is assigned to each who may have it. `before` is called once the sample
    is there; what a visit leaves is undone after it.
    """
    people = {role: getattr(world, role) for role in ROLES} | {NOBODY: None}
    for sample in address.samples or ("",):
        yield from _visits(world, address, sample, people, before)


def _visits(
    world: World,
    address: Address,
    sample: str,
    people: dict[str, User | None],
    before: Callable[[], object],
) -> Iterator[Visit]:
    with undone():
        made = deepcopy(world)
        arguments = _arguments(made, sample)
        before()
        theirs = [role for role, user in people.items() if _is_own(made, user)]
        for role in people.keys() - theirs:
            with undone():
                yield Visit(role, sample, address.answer(people[role], arguments))
        if sample and sample == address.samples[0]:
            yield from _misses(address, missing(arguments), people)
    for role in theirs:
        with undone():
            made = deepcopy(world)
            made.asking = people[role]
            arguments = _arguments(made, sample)
            before()
            yield Visit(role, sample, address.answer(people[role], arguments))


def _misses(
    address: Address, arguments: dict[str, Any], people: dict[str, User | None]
) -> Iterator[Visit]:
    """What is open to whoever has signed in is one's own, and asked by one role."""
    for role in ("qa_manager",) if address.action in ANYBODY else ROLES:
        with undone():
            yield Visit(role, MISSING, address.answer(people[role], arguments))


def _arguments(world: World, sample: str) -> dict[str, Any]:
    """What the address of a sample is made of; the record is made for it."""
    return SAMPLES[sample](world) if sample else {}


def _is_own(world: World, user: User | None) -> bool:
    roles = world.own_to
    return bool(user) and roles is not None and (not roles or holds(user, *roles))


def address_of(world: World, address: Address) -> str:
    """The address of the first sample."""
    sample = next(iter(address.samples), "")
    return reverse(address.name, kwargs=_arguments(world, sample))
