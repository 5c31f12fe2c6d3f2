"""What every response tells the browser, errors included (pages: test_urls.py)."""

import re

import pytest
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from auditsite.urls import urlpatterns as product
from tests.guarding import assert_guarded
from tests.pages import client_of


def refuse(request):
    raise PermissionDenied("You may not.")


def suspect(request):
    raise SuspiciousOperation("the reason, with AB123 in it")


def fail(request):
    raise ValueError("the reason, with AB123 in it")


def keep(request):
    return HttpResponse("a page", headers={"Cache-Control": "public, max-age=600"})


urlpatterns = [
    *product,
    path("page/kept/", keep),
    path("page/", lambda request: HttpResponse("a page"), name="page"),
    path("page/400/", suspect),
    path("page/403/", refuse),
    path("page/429/", lambda request: respond_429(request)),
    path("page/500/", fail),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ERRORS = {f"/page/{status}/": status for status in (400, 403, 404, 429, 500)}


def asking(world):
    client = client_of(world.qa_manager)
    client.raise_request_exception = False
    return client


def test_page_asks_to_sign_in_first(client):
    response = client.get("/page/")
    assert response.status_code == 302
    assert response.url == "/sign-in/?next=/page/"
    assert_guarded(response)


@pytest.mark.parametrize(("address", "status"), ERRORS.items())
def test_every_error_is_guarded_and_says_nothing_of_what_happened(world, address, status):
    response = asking(world).get(address)
    assert response.status_code == status
    assert_guarded(response)
    assert b"AB123" not in response.content


def test_refusal_of_a_form_without_its_token_is_guarded(world):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"))
    assert response.status_code == 403
    assert_guarded(response)


@pytest.mark.parametrize("secure", [False, True])
def test_host_that_is_not_served_gets_a_guarded_400_that_repeats_nothing(client, secure, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/page/", headers={"host": "evil.example"}, secure=secure)
    assert response.status_code == 400
    assert "evil.example" not in str(response.headers) + response.content.decode()
    assert_guarded(response)


def test_what_a_proxy_was_told_of_the_host_is_not_believed(client):
    response = client.get("/page/", headers={"x-forwarded-host": "evil.example"})
    assert response.url == "/sign-in/?next=/page/"


def test_no_page_is_kept_whatever_it_says_itself_and_static_files_are(world):
    asked = asking(world)
    assert_guarded(asked.get("/page/kept/"))
    style = asked.get("/static/site.css")
    style.close()
    assert "max-age" in style.headers["Cache-Control"]


def test_style_and_script_load_nothing_from_elsewhere():
    fetches = re.compile(r"(?:url\(|@import|import\s+|from\s+)[\"']?\s*(?:https?:)?//")
    files = [*(settings.BASE_DIR / "static").glob("*.css")]
    files += (settings.BASE_DIR / "static").glob("*.js")
    assert files
    assert [str(file) for file in files if fetches.search(file.read_text())] == []


def test_production_asks_the_browser_to_use_tls_alone(client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    response = client.get("/sign-in/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
