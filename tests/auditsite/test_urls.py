"""Every address, role, method and sample against docs/urls.csv and docs/permissions.csv."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.permissions import holds
from tests.samples import SAMPLES, missing
from tests.world import World

DOCS = settings.BASE_DIR / "docs"
ANYBODY = ("public", "signed_in")
NOT_YET = ("external_reviewer",)
"""They see nothing until reviewers are named by round."""
ONES_OWN = ("history.own",)
CLOSED = ("none", "break_glass")
"""Nobody has broken the glass here."""


@dataclass(frozen=True)
class Address:
    """A row of docs/urls.csv."""

    name: str
    method: str
    action: str
    samples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}-{self.method}"

    def answer(self, user: User | None, arguments: dict) -> HttpResponse:
        client = Client()
        if user:
            client.force_login(user)
        return client.generic(self.method, reverse(self.name, kwargs=arguments))


def rows(name: str) -> list[dict[str, str]]:
    with (DOCS / name).open(newline="") as file:
        return list(csv.DictReader(file))


MATRIX = {row.pop("action"): row for row in rows("permissions.csv")}
ROLES = list(next(iter(MATRIX.values())))


def address(row: dict[str, str]) -> Address:
    samples = tuple(filter(None, (row["in_scope_sample"], row["out_of_scope_sample"])))
    return Address(row["url_name"], row["method"], row["action"], samples)


ADDRESSES = [address(row) for row in rows("urls.csv")]
GUARDED = [known for known in ADDRESSES if known.action != "public"]


def allowed(address: Address, role: str, sample: str) -> bool:
    if address.action in ANYBODY:
        return True
    closed = role in NOT_YET and address.action not in ONES_OWN
    scope = "none" if closed else MATRIX[address.action][role]
    if scope.startswith(("all", "second_person")):
        return True
    return scope not in CLOSED and not sample.endswith(":out")


def expected(address: Address, role: str, sample: str) -> range | tuple[int, ...]:
    """Which answers are right; out of sight is 404, in sight without the right is 403."""
    if role == "anonymous":
        return range(200, 303) if address.action == "public" else (302,)
    if allowed(address, role, sample):
        return (*range(200, 303), 422)
    return (403, 404) if sample else (403,)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within leaves no trace, so that one sample serves every role."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def arguments_of(world: World, sample: str) -> dict:
    return SAMPLES[sample](world) if sample else {}


def answers(
    world: World, address: Address, sample: str, *, before: Callable[[], object] = lambda: None
) -> Iterator[tuple[str, HttpResponse]]:
    """To every role and to nobody; what a sample assigns is assigned to each who may have it.

    `before` is called once the sample is there.
    """
    people = {role: getattr(world, role) for role in ROLES} | {"anonymous": None}
    with undone():
        made = deepcopy(world)
        arguments = arguments_of(made, sample)
        theirs = [role for role, user in people.items() if is_own(made, user)]
        before()
        for role in people.keys() - theirs:
            with undone():
                yield role, address.answer(people[role], arguments)
    for role in theirs:
        with undone():
            made = deepcopy(world)
            made.asking = people[role]
            arguments = arguments_of(made, sample)
            before()
            yield role, address.answer(people[role], arguments)


def is_own(world: World, user: User | None) -> bool:
    roles = world.own_to
    return bool(user) and roles is not None and (not roles or holds(user, *roles))


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_each_role_gets_what_the_matrix_says(world, address):
    wrong = [
        (sample, role, answer.status_code)
        for sample in address.samples or ("",)
        for role, answer in answers(world, address, sample)
        if answer.status_code not in expected(address, role, sample)
    ]
    assert wrong == []


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_nobody_is_sent_to_sign_in(world, address):
    arguments = arguments_of(world, next(iter(address.samples), ""))
    assert address.answer(None, arguments)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.samples], ids=str)
def test_an_id_that_nobody_has_is_not_found(world, address):
    arguments = missing(arguments_of(world, address.samples[0]))
    assert address.answer(world.qa_manager, arguments).status_code == 404


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_a_method_without_a_row_is_refused(world, address):
    other = "POST" if address.method == "GET" else "GET"
    known = {(row.name, row.method) for row in ADDRESSES}
    asked = Address(address.name, other, address.action, address.samples)
    answer = asked.answer(world.qa_manager, arguments_of(world, next(iter(address.samples), "")))
    assert (answer.status_code == 405) == ((address.name, other) not in known)
