"""Opening pages in tests: as someone, and counting what the database is asked."""

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User


def client_of(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def opened(user: User, name: str, *arguments: object) -> HttpResponse:
    """A page by the name of its address."""
    return client_of(user).get(reverse(name, args=arguments))


def sent(user: User, name: str, /, *arguments: object, **data: object) -> HttpResponse:
    """A form sent to a page."""
    return client_of(user).post(reverse(name, args=arguments), data)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def statements(user: User, name: str, *arguments: object) -> int:
    """How many statements a page takes, once everything around it is warm."""
    client, address = client_of(user), reverse(name, args=arguments)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def asks_again(response: HttpResponse) -> bool:
    """Whether the page came back with what was wrong, as an ordinary page: never as an error."""
    page = text_of(response)
    return response.status_code == 200 and ("There is a problem" in page or "Not done" in page)
