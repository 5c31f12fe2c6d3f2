"""Triggers that refuse UPDATE, DELETE and TRUNCATE of append-only tables, on both databases.

Made by one idempotent step after each migrate, because SQLite drops triggers when it rebuilds a
table. `lifted` is for the owner of the database alone: tests that empty tables, and restoring a
backup.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from kit.records import AppendOnly

EVENTS = ("UPDATE", "DELETE")

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def tables() -> list[str]:
    """The tables of every append-only model, whichever app it is in."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly))


def install() -> None:
    """Make every trigger that is missing, on the tables that migrations have made so far."""
    made = [table for table in tables() if table in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        for statement in _statements(made):
            cursor.execute(statement)


def remove() -> None:
    """Drop every trigger."""
    with connection.cursor() as cursor:
        for table in tables():
            for name in _names(table):
                on = f" ON {table}" if _is_postgres() else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without the triggers for the length of the block."""
    remove()
    try:
        yield
    finally:
        install()


def missing() -> list[str]:
    """The triggers that are not there or not enabled, in words."""
    expected = {name for table in tables() for name in _names(table)}
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if _is_postgres()
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [f"The trigger {name} is missing." for name in sorted(expected - present)]


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _names(table: str) -> list[str]:
    events = (*EVENTS, "TRUNCATE") if _is_postgres() else EVENTS
    return [f"{table}_no_{event.lower()}" for event in events]


def _statements(made: list[str]) -> Iterator[str]:
    if _is_postgres():
        yield _POSTGRES_FUNCTION
    for table in made:
        for name in _names(table):
            event = name.rsplit("_", 1)[1].upper()
            yield from _create(table, name, event)


def _create(table: str, name: str, event: str) -> Iterator[str]:
    if not _is_postgres():
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    level = "STATEMENT" if event == "TRUNCATE" else "ROW"
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH {level} EXECUTE FUNCTION refuse_change()"
    )
