"""Every address, role, method and sample against docs/urls.csv and docs/permissions.csv."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.samples import SAMPLES, missing
from tests.world import World

DOCS = settings.BASE_DIR / "docs"
ANYBODY = ("public", "signed_in")
NOT_YET = ("external_reviewer",)
"""They see nothing until reviewers are named by round."""
CLOSED = ("none", "break_glass")
"""Nobody has broken the glass here."""


@dataclass(frozen=True)
class Address:
    """A row of docs/urls.csv."""

    name: str
    method: str
    action: str
    samples: tuple[str, ...]


def rows(name: str) -> list[dict[str, str]]:
    with (DOCS / name).open(newline="") as file:
        return list(csv.DictReader(file))


MATRIX = {row.pop("action"): row for row in rows("permissions.csv")}
ROLES = list(next(iter(MATRIX.values())))


def addresses() -> Iterator[Address]:
    for row in rows("urls.csv"):
        samples = tuple(filter(None, (row["in_scope_sample"], row["out_of_scope_sample"])))
        yield Address(row["url_name"], row["method"], row["action"], samples)


def cells() -> Iterator[tuple[Address, str]]:
    return ((address, role) for address in addresses() for role in (*ROLES, "anonymous"))


def allowed(address: Address, role: str, sample: str) -> bool:
    if address.action in ANYBODY:
        return True
    scope = "none" if role in NOT_YET else MATRIX[address.action][role]
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


def client_of(world: World, role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(world, role))
    return client


@pytest.mark.parametrize(
    ("address", "role"), [pytest.param(a, r, id=f"{a.name}-{a.method}-{r}") for a, r in cells()]
)
def test_each_role_gets_what_the_matrix_says(world, address, role):
    client = client_of(world, role)
    world.asking = getattr(world, role, None)
    for sample in address.samples or ("",):
        arguments = SAMPLES[sample](world) if sample else {}
        answer = client.generic(address.method, reverse(address.name, kwargs=arguments))
        assert answer.status_code in expected(address, role, sample), (sample, answer.status_code)
        if role == "anonymous" and address.action != "public":
            assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", [a for a in addresses() if a.samples], ids=str)
def test_an_id_that_nobody_has_is_not_found(world, address):
    arguments = missing(SAMPLES[address.samples[0]](world))
    answer = client_of(world, "qa_manager").generic(
        address.method, reverse(address.name, kwargs=arguments)
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("address", [a for a in addresses() if a.action != "public"], ids=str)
def test_a_method_without_a_row_is_refused(world, address):
    other = "POST" if address.method == "GET" else "GET"
    rows = {(known.name, known.method) for known in addresses()}
    arguments = SAMPLES[address.samples[0]](world) if address.samples else {}
    answer = client_of(world, "qa_manager").generic(other, reverse(address.name, kwargs=arguments))
    assert (answer.status_code == 405) == ((address.name, other) not in rows)
