"""What a backup says of itself, and how two states of a database differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from cattrs.preconf.json import make_converter

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table holds, and the SHA-256 over all of them in order."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a database holds, as figures and hashes."""

    migrations: list[str]
    tables: dict[str, Table]
    chain_position: int
    chain_head: str
    files: dict[str, str]
    """Each report file's public id, with the SHA-256 of its bytes."""
    altered_files: list[str] = field(default_factory=list)
    """Report files whose bytes are not those that were stored."""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds, and what the database held at that moment."""

    format: int
    made_at: datetime
    vendor: str
    sha256: str
    """Of the archive's copy of the database."""
    contents: Contents

    def as_json(self) -> str:
        return CONVERTER.dumps(self, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Raises ValueError for anything but a manifest."""
        try:
            return CONVERTER.loads(text, cls)
        except Exception as problem:  # cattrs raises groups of many kinds
            raise ValueError("not a manifest") from problem


CONVERTER = make_converter()


def differences(then: Contents, now: Contents) -> Iterator[str]:
    """What is not as it was, one sentence each."""
    for name in sorted(then.tables.keys() | now.tables.keys()):
        yield from _table_differences(name, then.tables.get(name), now.tables.get(name))
    if then.migrations != now.migrations:
        yield "The migrations are not those of the backup."
    if (then.chain_position, then.chain_head) != (now.chain_position, now.chain_head):
        yield "The head of the history is not that of the backup."
    for public_id in sorted(then.files.keys() | now.files.keys()):
        if then.files.get(public_id) != now.files.get(public_id):
            yield f"The report file {public_id} is not as it was."


def _table_differences(name: str, then: Table | None, now: Table | None) -> Iterator[str]:
    if now is None:
        yield f"The table {name} is missing."
    elif then is None:
        yield f"The table {name} was not in the backup."
    elif then.rows != now.rows:
        yield f"The table {name} has {now.rows} rows and had {then.rows}."
    elif then != now:
        yield f"Rows of the table {name} are not as they were."
