"""The one file of a backup: written whole or not at all, and readable by its owner only."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kit.exceptions import NotPossible
from reporting.domain.backups.manifest import FORMAT, Manifest

MANIFEST, DATABASE = "manifest.json", "database"
CHUNK = 1024 * 1024
MOST_MANIFEST_BYTES = 100 * CHUNK


class NotABackup(NotPossible):
    """The file is no backup, or is damaged."""


def sha256_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := file.read(CHUNK):
        digest.update(part)
    return digest.hexdigest()


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A folder of one's own on the same disk, removed at the end whatever happens."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as name:
        yield Path(name)


def write(path: Path, *, manifest: Manifest, database: Path, folder: Path) -> None:
    """Put both into one archive, have the disk keep it, and only then give it its name.

    Raises FileExistsError where something has that name already.
    """
    made = folder / "archive"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(MANIFEST, manifest.as_json())
            archive.write(database, DATABASE)
        file.flush()
        os.fsync(file.fileno())
    os.link(made, path)
    _keep_name(path)


def _keep_name(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_manifest(path: Path) -> Manifest:
    """The manifest, once the copy of the database is the one it describes.

    Raises NotABackup for anything else, OSError where the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            with archive.open(MANIFEST) as file:
                manifest = Manifest.from_json(file.read(MOST_MANIFEST_BYTES).decode())
            with archive.open(DATABASE) as database:
                found = sha256_of(database)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as problem:
        raise NotABackup(
            "not_a_backup", "This file is no backup, or is damaged: choose another."
        ) from problem
    if manifest.format != FORMAT:
        raise NotABackup("format", "This backup was made by a later version: install that first.")
    if manifest.sha256 != found:
        raise NotABackup("damaged", "This backup was changed or damaged: choose another.")
    return manifest


def take_out(path: Path, *, to: Path) -> None:
    """The copy of the database as a file, readable by its owner only."""
    with (
        zipfile.ZipFile(path) as archive,
        archive.open(DATABASE) as source,
        os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target,
    ):
        shutil.copyfileobj(source, target, CHUNK)
