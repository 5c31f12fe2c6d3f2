"""An empty database to restore into, commands on it, and people who write meanwhile."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import connection, connections, transaction

from accounts.domain import history
from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.races import DEADLINE_SECONDS

PASSWORD = "a long walk by the river"
SIGN_IN = """
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
found = Client().post("/sign-in/", {"login": "%s", "password": "%s"})
print(found.status_code, found.url)
"""


@contextlib.contextmanager
def empty_database(environ: dict[str, str], name: str) -> Iterator[dict[str, str]]:
    """The environment of a program on an empty database of its own.

    It is named after the test's, for several processes test on one server.
    """
    if connection.vendor == "sqlite":
        url = f"sqlite:///{environ['AUDITSITE_VAR']}-{name}.sqlite3"
        yield environ | {"DATABASE_URL": url}
        return
    url = f"{environ['DATABASE_URL']}_{name}"
    made = url.rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {made}")
    try:
        yield environ | {"DATABASE_URL": url}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {made} WITH (FORCE)")


def manage(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )


def someone_who_can_sign_in(**values: str) -> User:
    password = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    return UserFactory(password=password, **values)


def signing_in(environ: dict[str, str], user: User) -> str:
    """What the program on that database answers to the right password."""
    asked = SIGN_IN % (user.email, PASSWORD)
    return manage(environ, "shell", "--no-imports", "-c", asked).stdout.strip()


class Writers:
    """People who do something over and over: two rows and an entry in each transaction."""

    def __init__(self, count: int, *, by: User) -> None:
        self.by, self.done, self.raised = by, 0, list[Exception]()
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self._run) for _ in range(count)]

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        for thread in self.threads:
            thread.join(DEADLINE_SECONDS)

    def _run(self) -> None:
        try:
            while not self.ending.is_set():
                self._write()
                self.done += 1
        except Exception as raised:  # whatever it was, the test looks at it
            self.raised.append(raised)
        finally:
            connections.close_all()

    @transaction.atomic
    def _write(self) -> None:
        UserFactory(post="first of two")
        second = UserFactory(post="second of two")
        history.record("accounts.invited", subject=second, by=self.by)


PAIRS = """
from accounts.models import HistoryEntry, User
first, second = (User.objects.filter(post=f"{each} of two").count() for each in ("first", "second"))
print(first, second, HistoryEntry.objects.filter(verb="accounts.invited").count())
"""


def pairs(environ: dict[str, str]) -> list[int]:
    """How many first rows, second rows and entries there are: as many of each, if of one moment."""
    return [
        int(each) for each in manage(environ, "shell", "--no-imports", "-c", PAIRS).stdout.split()
    ]
