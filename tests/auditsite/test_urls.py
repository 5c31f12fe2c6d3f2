"""Every address, role, method and sample against docs/urls.csv and docs/permissions.csv."""

import sys

import pytest
from django.urls import reverse

from tests.addresses import (
    ADDRESSES,
    GUARDED,
    MATRIX,
    NOBODY,
    ROLES,
    Address,
    answers,
    arguments_of,
    cells,
    undone,
)
from tests.samples import missing

ANYBODY = ("public", "signed_in")
CLOSED = ("none", "break_glass")
"""Nobody has broken the glass here."""


def allowed(address: Address, role: str, sample: str) -> bool:
    if address.action in ANYBODY:
        return True
    scope = MATRIX[address.action][role]
    if scope.startswith(("all", "second_person")):
        return True
    return scope not in CLOSED and not sample.endswith(":out")


def expected(address: Address, role: str, sample: str) -> range | tuple[int, ...]:
    """Which answers are right; out of sight is 404, in sight without the right is 403."""
    if role == NOBODY:
        return range(200, 303) if address.action == "public" else (302,)
    if allowed(address, role, sample):
        return range(200, 303)
    return (403, 404) if sample else (403,)


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
    arguments = arguments_of(world, address.first_sample)
    assert address.answer(None, arguments)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.samples], ids=str)
def test_an_id_that_nobody_has_is_not_found(world, address):
    """Whoever may open such a page gets 404, everybody else what a page out of sight gives."""
    people = {role: getattr(world, role) for role in ROLES}
    arguments = missing(arguments_of(world, address.samples[0]))
    wrong = []
    # What is open to whoever has signed in is one's own, and asked by one role.
    for role in ("qa_manager",) if address.action in ANYBODY else ROLES:
        right = (404,) if allowed(address, role, "missing:in") else (403, 404)
        with undone():
            answer = address.answer(people[role], arguments)
        if answer.status_code not in right:
            wrong.append((role, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_a_method_without_a_row_is_refused(world, address):
    other = "POST" if address.method == "GET" else "GET"
    known = {(row.name, row.method) for row in ADDRESSES}
    asked = Address(address.name, other, address.action, address.samples)
    answer = asked.answer(world.qa_manager, arguments_of(world, address.first_sample))
    assert (answer.status_code == 405) == ((address.name, other) not in known)


def test_the_number_of_cells_is_said(record_property, capsys):
    record_property("cells", cells())
    with capsys.disabled():
        sys.stdout.write(f"\n{cells()} cells of the matrix are asked.\n")
    assert cells() > len(ADDRESSES) * len(ROLES)
