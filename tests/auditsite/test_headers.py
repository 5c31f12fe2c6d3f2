"""What every response tells the browser, and who may ask."""

import pytest
from django.http import HttpResponse
from django.urls import path

from auditsite.urls import urlpatterns as product

urlpatterns = [*product, path("page/", lambda request: HttpResponse("a page"), name="page")]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_page_asks_to_sign_in_first(client):
    response = client.get("/page/")
    assert response.status_code == 302
    assert response.url == "/sign-in/?next=/page/"


@pytest.mark.parametrize("address", ["/sign-in/", "/page/", "/nowhere/"])
def test_no_response_is_kept(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_browser_runs_nothing_from_elsewhere(client):
    headers = client.get("/sign-in/").headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"} <= set(policy)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
