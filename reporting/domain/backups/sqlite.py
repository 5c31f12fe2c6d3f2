"""SQLite: its own backup interface, which copies one moment while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from kit.exceptions import NotPossible
from reporting.domain.backups.fingerprint import LEFT_OUT, take
from reporting.domain.backups.manifest import Contents


def dump(connection: BaseDatabaseWrapper, to: Path) -> Contents:
    """Copy the database to a file, and say what the copy holds."""
    connection.ensure_connection()
    to.touch(mode=0o600)
    with closing(sqlite3.connect(to)) as copy:
        connection.connection.backup(copy)
    # Through Django, which brings the functions that the constraints use.
    other = connection.copy()
    other.settings_dict = other.settings_dict | {"NAME": str(to), "OPTIONS": {}}
    try:
        _tidy(other)
        return take(other)
    finally:
        other.close()


def load(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Put the copy in the place of everything in the database; all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=1000")
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as copy:
            copy.backup(connection.connection, progress=_once)
    except sqlite3.OperationalError as problem:
        raise NotPossible(
            "in_use", "The database is in use: stop web, worker and schedule, and restore again."
        ) from problem
    finally:
        connection.close()


def _tidy(copy: BaseDatabaseWrapper) -> None:
    """What was deleted must not stay in free pages, nor a second file beside the copy."""
    with copy.cursor() as cursor:
        for table in LEFT_OUT:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA journal_mode=DELETE")


def _once(status: int, remaining: int, total: int) -> None:
    """Python would ask again for ever where another holds the database."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")
