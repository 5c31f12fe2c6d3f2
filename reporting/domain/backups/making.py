"""Making a backup while everybody works."""

from datetime import datetime
from pathlib import Path
from types import ModuleType

from django.db import connection
from django.utils import timezone

from kit.exceptions import NotPossible
from reporting.domain.backups import archive, postgres, sqlite
from reporting.domain.backups.manifest import FORMAT, Manifest

TOOLS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


def back_up(path: Path, *, now: datetime | None = None) -> Manifest:
    """Write the whole database to a new file, as it is at one moment; nobody waits for it.

    Raises NotPossible where the file is there already or the database's tool fails, OSError
    where the file cannot be written. Either way no part of it stays.
    """
    if path.exists():
        raise _taken(path)
    with archive.folder_beside(path) as folder:
        database = folder / "database"
        contents = TOOLS[connection.vendor].dump(connection, database)
        with database.open("rb") as file:
            sha256 = archive.sha256_of(file)
        made_at = now or timezone.now()
        manifest = Manifest(FORMAT, made_at, connection.vendor, sha256, contents)
        try:
            archive.write(path, manifest=manifest, database=database, folder=folder)
        except FileExistsError as problem:
            raise _taken(path) from problem
    return manifest


def _taken(path: Path) -> NotPossible:
    return NotPossible("exists", f"{path} is there already: give the backup a name of its own.")
