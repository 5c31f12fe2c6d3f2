"""Counts and hashes everything in a database, the same way on both kinds."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import HistoryHead
from reporting.domain.backups.manifest import Contents, Table
from reporting.models import ReportFile

LEFT_OUT = ("django_session",)
"""A session of then must not sign anybody in: their rows are in no backup."""

CHUNK = 500
AS_TEXT = {"sqlite": "quote({})", "postgresql": "{}::text"}
PLAINLY = ("timezone TO 'UTC'", "datestyle TO 'ISO'", "bytea_output TO 'hex'")
"""How PostgreSQL writes values as text, whatever its configuration says."""


def take(connection: BaseDatabaseWrapper) -> Contents:
    """The contents as this connection sees them; of one moment if it holds one snapshot."""
    _write_plainly(connection)
    files = _files(connection)
    position, head = _chain(connection)
    return Contents(
        migrations=_migrations(connection),
        tables={name: _table(connection, name) for name in table_names(connection)},
        chain_position=position,
        chain_head=head,
        files={public_id: found for public_id, _, found in files},
        altered_files=[public_id for public_id, stored, found in files if stored != found],
    )


def table_names(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that a backup holds the rows of."""
    with connection.cursor() as cursor:
        found = connection.introspection.table_names(cursor)
    return sorted(set(found) - set(LEFT_OUT))


def _write_plainly(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for setting in PLAINLY:
                cursor.execute(f"SET {setting}")


def _table(connection: BaseDatabaseWrapper, name: str) -> Table:
    digest, count = hashlib.sha256(), 0
    for row in _read(connection, _statement(connection, name)):
        digest.update(json.dumps(row).encode())
        count += 1
    return Table(count, digest.hexdigest())


def _statement(connection: BaseDatabaseWrapper, name: str) -> str:
    """Every value as text, columns by name, rows by primary key."""
    quote, introspection = connection.ops.quote_name, connection.introspection
    with connection.cursor() as cursor:
        described = {each.name: each for each in introspection.get_table_description(cursor, name)}
        keys = introspection.get_primary_key_columns(cursor, name) or sorted(described)
    as_text = AS_TEXT[connection.vendor]
    columns = ", ".join(as_text.format(quote(column)) for column in sorted(described))
    order = ", ".join(_ordered(connection, quote(key), described[key]) for key in keys)
    return f"SELECT {columns} FROM {quote(name)} ORDER BY {order}"


def _ordered(connection: BaseDatabaseWrapper, column: str, described: Any) -> str:
    """Text is ordered by its bytes: each server may have its own order of words."""
    if connection.vendor != "postgresql":
        return column
    kind = connection.introspection.get_field_type(described.type_code, described)
    return f'{column} COLLATE "C"' if kind in ("CharField", "TextField") else column


def _files(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Each report file's public id, with the SHA-256 it was stored with and that of its bytes."""
    table = connection.ops.quote_name(ReportFile._meta.db_table)
    rows = _read(connection, f"SELECT public_id, sha256, content FROM {table} ORDER BY id")
    return [
        (str(uuid.UUID(str(key))), stored, hashlib.sha256(content).hexdigest())
        for key, stored, content in rows
    ]


def _chain(connection: BaseDatabaseWrapper) -> tuple[int, str]:
    table = connection.ops.quote_name(HistoryHead._meta.db_table)
    found = list(_read(connection, f"SELECT position, hash FROM {table}"))
    return found[0] if found else (0, "")


def _migrations(connection: BaseDatabaseWrapper) -> list[str]:
    rows = _read(connection, "SELECT app, name FROM django_migrations")
    return sorted(f"{app}.{name}" for app, name in rows)


def _read(connection: BaseDatabaseWrapper, statement: str) -> Iterator[Any]:
    """Rows in portions, so that a large table needs little memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
