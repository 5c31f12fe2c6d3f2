"""Files written whole or not at all."""

import os
import tempfile
from pathlib import Path


class CannotWrite(Exception):
    """The file cannot be written there. The text is one sentence for the person who named it."""


def check_writable(path: Path) -> None:
    """Try the folder before the work that the file is for. Raises CannotWrite."""
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder: name the file in it, as {path / 'report.pdf'}.")
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}."):
            pass
    except OSError as problem:
        raise CannotWrite(_sentence(path, problem)) from problem


def write_whole(path: Path, content: bytes) -> None:
    """Write a temporary file beside it, flush it to the disk, and rename it over `path`.

    A reader sees the old file or the new one, after a power cut too. Only the owner may read it.
    Raises CannotWrite, and then nothing is left behind.
    """
    try:
        # Not deleted on success: it has become `path` by then.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        _flush_folder(path.parent)
    except OSError as problem:
        raise CannotWrite(_sentence(path, problem)) from problem


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(path: Path, problem: OSError) -> str:
    reason = (problem.strerror or "unknown error").lower()
    return f"{path} cannot be written ({reason}): choose a folder that exists and is yours."
