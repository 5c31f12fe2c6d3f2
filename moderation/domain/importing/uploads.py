"""Files kept between their upload and their import: in the database, for an hour, for one person.

Never on disk. The bytes go with the import, or with the next upload after they have expired.
"""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.permissions import check_case_import
from kit.exceptions import NotPossible
from kit.spreadsheets.reading import MOST_BYTES, too_large
from moderation.domain.importing.writing import LONGEST_NAME
from moderation.models import AuditImport

KEPT = datetime.timedelta(hours=1)


@transaction.atomic
def keep(
    content: bytes, *, file_name: str, by: User, now: datetime.datetime | None = None
) -> AuditImport:
    """Keep a file until it is imported, for an hour at most.

    Raises Refused ("case_import_not_yours") and CannotRead ("too_large").
    """
    moment = now or timezone.now()
    check_case_import(by)
    if len(content) > MOST_BYTES:
        raise too_large()
    _forget_expired(moment)
    return AuditImport.objects.create(
        file_name=file_name[-LONGEST_NAME:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=moment,
        uploaded_by=by,
        expires_at=moment + KEPT,
    )


def content_of(upload: AuditImport, *, now: datetime.datetime | None = None) -> bytes:
    """The kept bytes. Raises NotPossible ("expired", "imported_already")."""
    if upload.imported_at:
        raise NotPossible("imported_already", "This file has been imported already.")
    if upload.content is None or upload.expires_at <= (now or timezone.now()):
        raise NotPossible(
            "expired", "The file was kept for an hour and is gone. Choose it once more."
        )
    return bytes(upload.content)


@transaction.atomic
def choose_best(upload: AuditImport, *, best: int, by: User) -> AuditImport:
    """Say which figure of the file stands for Outstanding: 4 or 1."""
    check_case_import(by)
    upload.best_figure = best
    upload.save(update_fields=["best_figure"])
    return upload


def _forget_expired(moment: datetime.datetime) -> None:
    """Uploads that nobody imported have no history, and are deleted."""
    AuditImport.objects.filter(imported_at__isnull=True, expires_at__lte=moment).delete()
