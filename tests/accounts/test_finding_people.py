"""Somebody is found in the list of people by name, and no name gets into an address."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.domain import directory
from accounts.models import User
from tests.pages import asks_again, client_of, sent, text_of

PEOPLE, SEARCH = "people", "people_search"


@pytest.fixture
def by(world):
    return world.administrator


@pytest.fixture
def staff(world):
    """Three people of two teams, the last of whom has left."""
    alison = world.person("Alison Jones-Ferrier", Role.PRACTITIONER, world.team)
    alice = world.person("Alice Brand", Role.TEAM_MANAGER, world.care_team)
    gone = world.person("Jon Alistair", Role.PRACTITIONER, world.team)
    User.objects.filter(pk=alice.pk).update(email="a.ferrier@aireborough.example")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return [alison, alice, gone]


def found(by, text, **chosen) -> set[str]:
    """Whom the list shows to who looks for this, among those chosen."""
    client = client_of(by)
    query = "&".join(f"{name}={code}" for name, code in chosen.items())
    answer = client.post(f"{reverse(SEARCH)}?{query}", {"text": text})
    return names_on(text_of(client.get(answer["Location"])))


def names_on(page: str) -> set[str]:
    rows = re.search(r"<tbody.*?</tbody>", page, re.S)
    return set(re.findall(r'href="/people/[^"]+">([^<]+)</a>', rows[0])) if rows else set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alison", {"Alison Jones-Ferrier"}),
        ("  JONES ali ", {"Alison Jones-Ferrier"}),
        ("ferrier", {"Alison Jones-Ferrier"}),
        ("a.ferrier@", {"Alice Brand"}),
        ("A.Ferrier", {"Alice Brand"}),
        ("@aireborough", set()),
        ("%", set()),
        ("alison brand", set()),
    ],
)
def test_somebody_is_found_by_any_part_of_the_name_or_the_beginning_of_the_address(
    staff, by, text, expected
):
    assert staff
    assert found(by, text) == expected


def test_a_search_is_among_the_people_chosen(world, staff, by):
    assert staff
    assert found(by, "ali", unit=world.team.public_id) == {"Alison Jones-Ferrier"}
    assert found(by, "ali", role="team_manager") == {"Alice Brand"}
    assert found(by, "ali", state="left") == {"Jon Alistair"}
    assert found(by, "ali", state="nonsense") == {"Alison Jones-Ferrier", "Alice Brand"}


def test_what_is_looked_for_stands_in_no_address(staff, by):
    assert staff
    client = client_of(by)
    answer = client.post(f"{reverse(SEARCH)}?role=practitioner", {"text": "Jones"})
    assert answer["Location"] == f"{reverse(PEOPLE)}?state=working&role=practitioner&search=1"
    page = text_of(client.get(answer["Location"]))
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert addresses
    assert [address for address in addresses if "jones" in address.lower()] == []
    assert 'value="Jones"' in page
    assert 'name="search" value="1"' in page


def test_the_search_is_taken_away_again(staff, by):
    client = client_of(by)
    listed = client.post(f"{reverse(SEARCH)}?role=practitioner", {"text": "Jones"})["Location"]
    without = re.search(r'href="([^"]*)">Remove', text_of(client.get(listed)))[1]
    assert "role=practitioner" in without
    assert names_on(text_of(client.get(without.replace("&amp;", "&")))) >= {staff[0].name}
    assert names_on(text_of(client.get(reverse(PEOPLE)))) >= {staff[0].name, staff[1].name}


def test_another_session_is_not_searched(staff, by):
    assert client_of(by).post(reverse(SEARCH), {"text": "Jones"}).status_code == 302
    page = text_of(client_of(by).get(reverse(PEOPLE), {"search": "1"}))
    assert names_on(page) >= {staff[0].name, staff[1].name}


def test_nobody_found_says_what_to_try(by):
    client = client_of(by)
    page = text_of(client.get(client.post(reverse(SEARCH), {"text": "Zebedee"})["Location"]))
    assert "Nobody among the people chosen has that in their name" in page
    assert "show people who were invited or have left" in page


@pytest.mark.parametrize("text", ["", "   ", "x" * 121, "a\0b"])
def test_a_search_for_nothing_that_can_be_read_shows_the_list_and_says_so(staff, by, text):
    answer = sent(by, SEARCH, text=text)
    assert asks_again(answer)
    assert "Error: People" in text_of(answer)
    assert staff[0].name in text_of(answer)
    if not text.strip():
        assert "Enter a name or an e-mail address, or part of one." in text_of(answer)


def test_who_keeps_no_people_looks_for_nobody(world):
    for user in (world.qa_manager, world.head_of_service, world.auditor):
        client = client_of(user)
        assert client.post(reverse(SEARCH), {"text": "Jones"}).status_code == 403
        assert "people_search" not in client.session
        assert directory.called(directory.people(user), "a").count() == 0


def test_a_search_from_elsewhere_is_refused(by):
    client = Client(enforce_csrf_checks=True)
    client.force_login(by)
    assert client.post(reverse(SEARCH), {"text": "Jones"}).status_code == 403
    assert client_of(by).get(reverse(SEARCH)).status_code == 405


def test_the_system_itself_is_nobody_to_be_found(by):
    system = User.objects.get(is_system=True)
    assert directory.called(directory.people(by), system.name).count() == 0


def test_a_search_takes_as_many_statements_for_many_as_for_one(world, by):
    client = client_of(by)
    address = client.post(reverse(SEARCH), {"text": "Number"})["Location"]
    counts = []
    for more in (1, 5):
        for _ in range(more):
            world.person("Number Crane", Role.PRACTITIONER, world.team)
        with CaptureQueriesContext(connection) as asked:
            page = text_of(client.get(address))
        counts.append(len(asked))
    assert "6 people." in page
    assert counts[0] == counts[1]
