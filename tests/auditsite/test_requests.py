"""What a sender may not choose: where one is led, which host is meant, whose form it is."""

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from tests.addresses import ADDRESSES, made_up
from tests.factories.accounts import UserFactory
from tests.pages import client_of, text_of

PASSWORD = "a long enough phrase"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
]
OF_THE_REQUEST = ["build_absolute_uri", "get_current_site", "HTTP_HOST", "get_raw_uri", "get_host("]


@pytest.fixture
def person(db):
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, person, where):
    form = {"login": person.email, "password": PASSWORD, "next": where}
    response = client.post(f"{reverse('account_login')}?next={where}", form)
    assert "_auth_user_id" in client.session
    assert response.status_code == 302
    assert response.url.startswith("/")
    assert "evil.example" not in response.url


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_out_leads_nowhere_else(client, person, where):
    client.force_login(person)
    response = client.post(reverse("account_logout"), {"next": where})
    assert response.url == reverse("account_login")


def test_signing_in_leads_back_to_the_page_asked_for(client, person):
    form = {"login": person.email, "password": PASSWORD, "next": "/reports/"}
    assert client.post(reverse("account_login"), form).url == "/reports/"


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.method == "POST"], ids=str)
def test_a_form_without_its_token_is_refused(world, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.qa_manager)
    response = client.post(reverse(address.name, kwargs=made_up(address.name)))
    assert response.status_code == 403
    assert "The page had been open too long" in text_of(response)


def test_no_address_is_built_from_what_a_request_says():
    apps = ["accounts", "actions", "audits", "cases", "kit", "moderation", "reporting"]
    files = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]
    building = [
        f"{path}: {word}" for path in files for word in OF_THE_REQUEST if word in path.read_text()
    ]
    assert building == []


def test_what_a_message_says_is_not_in_a_cookie(client, person):
    form = {"login": person.email, "password": PASSWORD}
    client.post(reverse("account_login"), form)
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert client.cookies[settings.SESSION_COOKIE_NAME]["httponly"]
    assert client.cookies[settings.SESSION_COOKIE_NAME]["samesite"] == "Lax"


class TestNewSecret:
    """The operator changes SECRET_KEY (docs/operating.md)."""

    def status(self, client):
        return client.get(reverse("start")).status_code

    def test_sessions_survive_while_the_old_secret_is_named(self, world):
        client, old = client_of(world.qa_manager), settings.SECRET_KEY
        with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[old]):
            assert self.status(client) == 200
        with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[]):
            assert self.status(client) == 200

    def test_sessions_end_once_it_is_not(self, world):
        client = client_of(world.qa_manager)
        with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[]):
            assert self.status(client) == 302
