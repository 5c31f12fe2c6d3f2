"""What the commands about backups share: naming the file, and saying what is in it."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from reporting.domain.backups import Manifest


def file_argument(parser: ArgumentParser, text: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=text)


def of_backup(manifest: Manifest) -> str:
    """As in "57 tables, 1,204 rows, 2 report files, history at entry 31 with head 9f…"."""
    found = manifest.contents
    return (
        f"{len(found.tables)} tables, {found.rows:,} rows, {len(found.files)} report files, "
        f"history at entry {found.chain_position} with head {found.chain_head or 'none'}"
    )


def unreadable(path: Path, problem: OSError) -> CommandError:
    reason = (problem.strerror or "it did not work").lower()
    return CommandError(f"{path} can't be used ({reason}): check name, rights and space.")
