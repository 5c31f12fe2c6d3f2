"""History: what was done by whom when, in one chain of hashes (domain.md section 1).

Each entry's hash covers its content and the hash before it, so an edited, deleted, inserted or
reordered row is found. The head row is the one lock that every writer takes, last in its
transaction; readers never wait on it.
"""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.domain import append_only
from accounts.models import HistoryEntry, HistoryHead, User
from kit.records import PublicRecord

GENESIS = hashlib.sha256(b"history begins").hexdigest()


def record(
    verb: str,
    *,
    subject: PublicRecord,
    by: User,
    at: datetime.datetime | None = None,
    **facts: Any,
) -> HistoryEntry:
    """Append one entry about `subject` and move the head; the last write of a verb.

    `facts` are ids, codes, numbers and dates only, never a case's text (TypeError for anything
    else). Raises TransactionManagementError outside a transaction.
    """
    # SQLite ignores the lock of a row, so that it alone would not notice.
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("History is written within a transaction.")
    head = _locked_head()
    entry = HistoryEntry(
        position=head.position + 1,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.public_id,
        by=by,
        at=at or timezone.now(),
        facts={name: _plain(value) for name, value in facts.items()},
        previous_hash=head.hash,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    HistoryHead.objects.filter(pk=head.pk).update(position=entry.position, hash=entry.hash)
    return entry


def head() -> HistoryHead:
    """The present head of the chain, read without a lock; position 0 before the first entry."""
    return HistoryHead.objects.first() or HistoryHead(position=0, hash=GENESIS)


def digest(entry: HistoryEntry) -> str:
    """The hash of an entry: SHA-256 over its canonical content and the hash before it."""
    content = [
        entry.position,
        entry.verb,
        entry.subject_kind,
        str(entry.subject_id),
        entry.by_id,
        entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        entry.facts,
        entry.previous_hash,
    ]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify() -> list[str]:
    """Every break in the chain in words; empty when rows, order, head and triggers are whole."""
    return [*_broken_rows(), *append_only.missing()]


def _broken_rows() -> Iterator[str]:
    position, previous = 0, GENESIS
    for entry in HistoryEntry.objects.order_by("position").iterator(chunk_size=2000):
        position += 1
        if entry.position != position:
            yield f"Entry {position} is missing: the next one found is {entry.position}."
            position = entry.position
        if entry.previous_hash != previous:
            yield f"Entry {position} does not follow from the one before it."
        if digest(entry) != entry.hash:
            yield f"Entry {position} was changed after it was written."
        previous = entry.hash
    last = head()
    if (last.position, last.hash) != (position, previous):
        yield f"The chain ends at entry {position}, but its head says {last.position}."


def _locked_head() -> HistoryHead:
    rows = HistoryHead.objects.select_for_update().filter(pk=1)
    head = rows.first()
    if head is None:
        HistoryHead.objects.get_or_create(pk=1, defaults={"position": 0, "hash": GENESIS})
        head = rows.get()
    return head


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str) and len(value) <= 64:
        return str(value)
    raise TypeError("History holds ids, codes, numbers and dates, never a case's text.")
