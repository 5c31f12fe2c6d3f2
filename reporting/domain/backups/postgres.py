"""PostgreSQL: pg_dump, pg_restore and psql, within one snapshot and one transaction."""

import os
import subprocess
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from kit.exceptions import NotPossible
from reporting.domain.backups.fingerprint import LEFT_OUT, take
from reporting.domain.backups.manifest import Contents

EMPTY = "SET lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
"""A restore that fails undoes this too: it is one transaction with what follows."""


OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def dump(connection: BaseDatabaseWrapper, to: Path) -> Contents:
    """Dump the database to a file, and say what was in it at the very same moment."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        without = [f"--exclude-table-data=*.{table}" for table in LEFT_OUT]
        chosen = ["--format=custom", f"--snapshot={snapshot}", f"--file={to}", *without]
        _run(connection, "pg_dump", [*chosen, "--dbname"])
        return take(other)
    finally:
        other.close()


def load(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Put the dump in the place of everything in the database; all of it or nothing.

    Refused while anybody else is connected: what they write would be mixed into it.
    """
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        if cursor.fetchone()[0]:
            raise _in_use()
    script = source.with_suffix(".sql")
    script.touch(mode=0o600)
    written = ["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source)]
    _check(written, {})
    once = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    connection.close()
    _run(connection, "psql", [*once, f"--command={EMPTY}", f"--file={script}", "--dbname"])


def _run(connection: BaseDatabaseWrapper, program: str, options: list[str]) -> None:
    """The program on this database; its password goes through the environment alone."""
    arguments, environ = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, options)
    _check([program, *arguments[1:]], environ or {})


def _check(command: list[str], environ: dict[str, str]) -> None:
    try:
        ended = subprocess.run(
            command, env=os.environ | environ, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as problem:
        raise NotPossible(
            "no_client", f"{command[0]} is not installed: install postgresql-client first."
        ) from problem
    if ended.returncode == 0:
        return
    if "lock timeout" in ended.stderr:
        raise _in_use()
    said = next(iter(ended.stderr.strip().splitlines()), "it did not say why")
    raise NotPossible("client", f"{command[0]} did not succeed, and nothing was changed: {said}")


def _in_use() -> NotPossible:
    return NotPossible(
        "in_use", "The database is in use: stop web, worker and schedule, and restore again."
    )
