"""Putting a backup into a database, and looking whether all of it is there."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accounts.domain import history
from cases.domain import sealing
from kit.exceptions import NotPossible
from reporting.domain.backups import archive
from reporting.domain.backups.fingerprint import take
from reporting.domain.backups.making import TOOLS
from reporting.domain.backups.manifest import Manifest, differences

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what is not as it should be: nothing, one hopes."""

    manifest: Manifest
    problems: list[str]
    to_migrate: bool
    """The backup is of an earlier version: `migrate` has to follow."""


def verify(path: Path) -> Manifest:
    """What the backup holds, once it is seen to be whole. Raises NotABackup, OSError."""
    return archive.read_manifest(path)


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Put the backup into the database, all of it or nothing, and compare every row.

    Raises NotPossible for a database that is not empty (unless it is to be replaced), of another
    kind or of an earlier version than the backup, and NotABackup.
    """
    manifest = archive.read_manifest(path)
    to_migrate = _check_version(manifest)
    _check_target(manifest, replace)
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        database = Path(folder) / "database"
        archive.take_out(path, to=database)
        TOOLS[connection.vendor].load(connection, database)
    found = take(connection)
    problems = [*differences(manifest.contents, found), *_chain_problems(to_migrate)]
    return Restored(manifest, problems, to_migrate)


def _check_version(manifest: Manifest) -> bool:
    """Whether the program has steps that the backup has not; refuses where it lacks some."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {f"{app}.{name}" for app, name in loader.disk_migrations}
    theirs = set(manifest.contents.migrations)
    if unknown := sorted(theirs - ours - _replaced(loader)):
        raise NotPossible(
            "later_version",
            f"This backup was made by a later version, which has {unknown[0]}: install that first.",
        )
    return bool(ours - theirs)


def _replaced(loader: MigrationLoader) -> set[str]:
    """Migrations that a squashed one stands for."""
    squashed = [each.replaces for each in loader.disk_migrations.values()]
    return {f"{app}.{name}" for replaces in squashed for app, name in replaces}


def _check_target(manifest: Manifest, replace: bool) -> None:
    if manifest.vendor != connection.vendor:
        theirs, ours = NAMES[manifest.vendor], NAMES[connection.vendor]
        raise NotPossible("kind", f"This backup is of {theirs}, and DATABASE_URL names {ours}.")
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables and not replace:
        raise NotPossible(
            "not_empty",
            f"The database is not empty: it has {len(tables)} tables. Name an empty one in "
            "DATABASE_URL, or add --replace to lose what is in this one.",
        )


def _chain_problems(to_migrate: bool) -> list[str]:
    """Whether the chain of history and its triggers hold; after `migrate` where that is due."""
    return [] if to_migrate else [*history.verify(), *sealing.verify()]
