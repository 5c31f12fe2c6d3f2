"""What a log says, and what it never does."""

import io
import logging
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from django.urls import path

from auditsite.logs import Bare, request_id
from auditsite.urls import urlpatterns as product

PRIVATE = "AB12345"


def fail(request, **kwargs):
    try:
        raise IntegrityError(f"Key (reference)=({PRIVATE}) already exists.")
    except IntegrityError as first:
        raise ValueError(f"{PRIVATE} is there") from first


urlpatterns = [*product, path(f"fail/{PRIVATE}/", fail, name="fails")]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Written(io.StringIO):
    """What the console's handler wrote, a record a line, a traceback below its own."""

    def records(self) -> list[str]:
        return re.split(r"\n(?=\d{4}-)", self.getvalue().rstrip("\n"))


@pytest.fixture
def written():
    """The console, at the level that production chooses."""
    console = next(one for one in logging.getLogger().handlers if has_bare_lines(one))
    requests = logging.getLogger("auditsite.requests")
    level, before = requests.level, console.setStream(Written())
    requests.setLevel("INFO")
    yield console.stream
    requests.setLevel(level)
    console.setStream(before)


def has_bare_lines(handler):
    return any(isinstance(chosen, Bare) for chosen in handler.filters)


def test_a_request_is_one_line_that_names_page_and_id(client, written):
    response = client.get(f"/sign-in/?next=/{PRIVATE}/", {"q": PRIVATE})
    assert len(written.records()) == 1
    assert f"[{response['X-Request-ID']}] GET account_login 200 " in written.getvalue()
    assert PRIVATE not in written.getvalue()


@pytest.mark.parametrize(
    ("address", "host", "told"),
    [
        (f"/{PRIVATE}/", "testserver", "GET - 404"),
        ("/", f"{PRIVATE}.example", "GET - 400"),
    ],
)
def test_neither_an_unknown_address_nor_an_unknown_host_is_repeated(
    client, written, address, host, told
):
    client.get(address, headers={"host": host})
    assert len(written.records()) == 1
    assert told in written.getvalue()
    assert PRIVATE.lower() not in written.getvalue().lower()


def test_a_failure_shows_where_and_of_what_kind_without_the_message(world, written):
    client = Client(raise_request_exception=False)
    client.force_login(world.qa_manager)
    response = client.get(f"/fail/{PRIVATE}/")
    failed, asked = written.records()
    assert "fails failed." in failed
    assert "django.db.utils.IntegrityError" in failed
    assert "ValueError" in failed
    assert "in fail" in failed
    assert f"[{response['X-Request-ID']}] GET fails 500" in asked
    assert PRIVATE not in failed.replace("{PRIVATE}", "") + asked


def test_a_failed_task_is_named_without_what_it_met(written):
    told = {"name": "reporting.tick", "id": "1", "description": "raised", "exc": PRIVATE}
    try:
        raise ValueError(PRIVATE)
    except ValueError:
        logging.getLogger("celery.app.trace").error("%(exc)s", told, exc_info=True)
    assert "[-] Task reporting.tick[1] raised." in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert PRIVATE not in written.getvalue()


def test_the_id_ends_with_the_request(client):
    client.get("/sign-in/")
    assert request_id.get() == "-"


def test_health_says_whether_the_database_answers_and_nothing_else(client):
    response = client.get("/health/")
    assert (response.status_code, response.content) == (204, b"")
    assert not response.cookies


def test_health_fails_with_the_database(tmp_path):
    asked = (
        "from django.test import Client; found = Client().get('/health/', "
        "headers={'host': 'localhost'}); print(found.status_code, found.content)"
    )
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", asked],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/db.sqlite3"},
        capture_output=True,
        text=True,
    )
    assert told.stdout == "503 b''\n"
    assert "no/such" not in told.stderr
