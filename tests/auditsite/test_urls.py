"""Every address, role, method and sample against docs/urls.csv and docs/permissions.csv."""

import sys

import pytest
from django.test import Client
from django.urls import reverse

from cases.domain.pseudonyms import study_number
from cases.models import Case, CaseView
from tests.addresses import (
    ADDRESSES,
    ANYBODY,
    GUARDED,
    MATRIX,
    MISSING,
    NOBODY,
    ROLES,
    Address,
    Visit,
    cells,
    made_up,
    visits,
)
from tests.canary import cases_in, plant
from tests.guarding import assert_guarded
from tests.pages import client_of

CLOSED = ("none", "break_glass")
"""Nobody has broken the glass here."""


def allowed(address: Address, visit: Visit) -> bool:
    if address.action in ANYBODY:
        return True
    scope = MATRIX[address.action][visit.role]
    if scope.startswith(("all", "second_person")):
        return True
    return scope not in CLOSED and not visit.sample.endswith(":out")


def expected(address: Address, visit: Visit) -> range | tuple[int, ...]:
    """Which answers are right; out of sight is 404, in sight without the right is 403.

    Whoever may open such a page gets 404 for an id that nobody has, everybody else what a page
    out of sight gives.
    """
    if visit.role == NOBODY:
        return range(200, 303) if address.action == "public" else (302,)
    if visit.sample == MISSING:
        return (404,) if allowed(address, visit) else (403, 404)
    if allowed(address, visit):
        return range(200, 303)
    return (403, 404) if visit.sample else (403,)


def looks() -> dict[int, tuple[str, str]]:
    """Who is written to have looked at which case, at which address."""
    written = CaseView.objects.select_related("user")
    return {row.case_id: (row.route, row.user.email) for row in written}


def carried(visit: Visit) -> set[int]:
    """The cases of a body; somebody from outside reads them under their study numbers."""
    known = cases_in(visit.answer)
    if visit.role != "external_reviewer":
        return known
    body = b"".join(visit.answer)
    numbers = {case.pk: study_number(case).encode() for case in Case.objects.all()}
    return known | {key for key, number in numbers.items() if number in body}


def make_each_word_a_token() -> None:
    """What a sample looked at itself is not counted."""
    plant()
    CaseView.objects.all().delete()


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_each_role_gets_what_the_matrix_says_guarded_and_its_looks_written(world, address):
    """One walk: status, headers, and exactly the cases of the body among those looked at."""
    wrong = []
    for visit in visits(world, address, before=make_each_word_a_token):
        assert_guarded(visit.answer)
        if visit.answer.status_code not in expected(address, visit):
            wrong.append((visit, visit.answer.status_code))
        who = getattr(world, visit.role).email if visit.role != NOBODY else ""
        if looks() != dict.fromkeys(carried(visit), (address.name, who)):
            wrong.append((visit, looks()))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_nobody_is_sent_to_sign_in(address):
    path = reverse(address.name, kwargs=made_up(address.name))
    answer = Client().generic(address.method, path)
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_a_method_without_a_row_is_refused(world, address):
    """Before anything is looked for: the id is nobody's."""
    other = "POST" if address.method == "GET" else "GET"
    known = {(row.name, row.method) for row in ADDRESSES}
    path = reverse(address.name, kwargs=made_up(address.name))
    answer = client_of(world.qa_manager).generic(other, path)
    assert (answer.status_code == 405) == ((address.name, other) not in known)


def test_the_number_of_cells_is_said(record_property, capsys):
    record_property("cells", cells())
    with capsys.disabled():
        sys.stdout.write(f"\n{cells()} cells of the matrix are asked.\n")
    assert cells() > len(ADDRESSES) * len(ROLES)
