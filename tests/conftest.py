"""What every test stands on: a database file of its own, no real broker, cheap passwords."""

import os
import sys

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management.utils import get_random_secret_key
from django.db import connections
from django.test import TransactionTestCase, override_settings

from accounts.domain import append_only
from auditsite.celery import app as celery_app
from tests.machine import Machine

hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption(
        "--pictures",
        action="store_true",
        help="also go through the demonstration, and write its pages to docs/pictures",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Long sequences begin first, each in one process: workers, and the demonstration's tests.

    They are marked before xdist looks for marks, and put first once everything else is in order.
    Pictures are taken only when they are asked for: loading the demonstration takes a minute.
    """
    if not config.getoption("--pictures"):
        taken = [item for item in items if item.get_closest_marker("pictures")]
        config.hook.pytest_deselected(items=taken)
        items[:] = [item for item in items if item not in taken]
    for item in items:
        if sequence := sequence_of(item):
            item.add_marker(pytest.mark.xdist_group(sequence))
    yield
    items.sort(key=lambda item: (not sequence_of(item), sequence_of(item)))


def sequence_of(item) -> str:
    """Whose tests this one follows, in the same process; most follow none."""
    if "demonstration" in item.fixturenames:
        return "demonstration"
    return "jobs" if item.get_closest_marker("jobs") else ""


@pytest.fixture(scope="session", autouse=True)
def program_under_test():
    """Passwords are hashed quickly, static files need no collecting, rings reach nobody."""
    celery_app.conf.update(broker_url="memory://", broker_transport_options={})
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={"default": plain_files, "staticfiles": plain_files},
        WHITENOISE_USE_FINDERS=True,
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    ):
        yield


@pytest.fixture(autouse=True)
def attempts_are_forgotten(program_under_test):
    """Attempts to sign in, and codes used, are counted in the cache: each test begins at none."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied():
    """Append-only tables let themselves be emptied after a test that commits.

    Django's flush ends with post_migrate, which makes the triggers again.
    """
    empty = TransactionTestCase._fixture_teardown

    def lift_and_empty(case):
        append_only.remove()
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_empty)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory
) -> None:
    """SQLite tests run on a file: races between connections are real only there."""
    database = connections["default"]
    if database.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture
def world(db):
    """A small authority with named people; each is made when a test first names it."""
    from tests.world import World

    return World()


@pytest.fixture
def process_environ(transactional_db, tmp_path):
    """The environment in which a real process of the program works on the test's own database."""
    chosen = connections["default"].settings_dict
    url = f"sqlite:///{chosen['NAME']}"
    if connections["default"].vendor == "postgresql":
        who = f"{chosen['USER']}:{chosen['PASSWORD']}"
        url = f"postgresql://{who}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "AUDITSITE_VAR": str(tmp_path / "var"),
        "SECRET_KEY": get_random_secret_key(),
        "TICK_SECONDS": "1",
        "LEASE_SECONDS": "3",
        "HEARTBEAT_SECONDS": "1",
        "RECONCILER_SECONDS": "1",
    }


@pytest.fixture
def machine(process_environ, tmp_path):
    """Celery's processes on the test's database; whatever was started is killed at the end."""
    made = Machine(process_environ, tmp_path)
    try:
        yield made
    finally:
        made.kill_all()
        if made.log.exists():
            sys.stdout.write(made.log.read_text()[-20_000:])
