"""Files kept between their upload and their import: in the database, never on disk, for an hour."""

import datetime
import hashlib
from typing import TypeVar

from django.utils import timezone

from accounts.models import KeptFile, User
from kit.exceptions import NotPossible
from kit.spreadsheets.reading import MOST_BYTES, too_large

KEPT = datetime.timedelta(hours=1)
LONGEST_NAME = 120

Kind = TypeVar("Kind", bound=KeptFile)


def keep_file(
    kind: type[Kind],
    content: bytes,
    *,
    file_name: str,
    by: User,
    now: datetime.datetime | None = None,
) -> Kind:
    """Keep a file until it is imported, for an hour at most. Raises CannotRead ("too_large").

    Those of its kind that nobody imported in time have no history, and are deleted. Whether the
    person may import is asked by the verb of that kind.
    """
    moment = now or timezone.now()
    if len(content) > MOST_BYTES:
        raise too_large()
    rows = kind._default_manager
    rows.filter(imported_at__isnull=True, expires_at__lte=moment).delete()
    return rows.create(
        file_name=file_name[-LONGEST_NAME:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=moment,
        uploaded_by=by,
        expires_at=moment + KEPT,
    )


def content_of(upload: KeptFile, *, now: datetime.datetime | None = None) -> bytes:
    """The kept bytes. Raises NotPossible ("imported_already", "expired")."""
    if upload.imported_at:
        raise NotPossible("imported_already", "This file has been imported already.")
    if upload.content is None or upload.expires_at <= (now or timezone.now()):
        raise NotPossible(
            "expired", "The file was kept for an hour and is gone. Choose it once more."
        )
    return bytes(upload.content)
