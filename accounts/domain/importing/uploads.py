"""Files of staff kept between their upload and their import: in the database, for an hour."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from accounts.domain.importing.staff import Made, import_staff
from accounts.models import StaffImport, User
from accounts.permissions import check_user_manage
from kit.exceptions import NotPossible
from kit.spreadsheets.reading import MOST_BYTES, too_large

KEPT = datetime.timedelta(hours=1)
LONGEST_NAME = 120


@transaction.atomic
def keep(
    content: bytes, *, file_name: str, by: User, now: datetime.datetime | None = None
) -> StaffImport:
    """Keep a file until it is imported, for an hour at most.

    Raises Refused ("user_manage_not_yours") and CannotRead ("too_large").
    """
    moment = now or timezone.now()
    check_user_manage(by)
    if len(content) > MOST_BYTES:
        raise too_large()
    StaffImport.objects.filter(imported_at__isnull=True, expires_at__lte=moment).delete()
    return StaffImport.objects.create(
        file_name=file_name[-LONGEST_NAME:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=moment,
        uploaded_by=by,
        expires_at=moment + KEPT,
    )


def content_of(upload: StaffImport, *, now: datetime.datetime | None = None) -> bytes:
    """The kept bytes. Raises NotPossible ("imported_already", "expired")."""
    if upload.imported_at:
        raise NotPossible("imported_already", "This file has been imported already.")
    if upload.content is None or upload.expires_at <= (now or timezone.now()):
        raise NotPossible(
            "expired", "The file was kept for an hour and is gone. Choose it once more."
        )
    return bytes(upload.content)


@transaction.atomic
def carry_out(upload: StaffImport, *, by: User, now: datetime.datetime | None = None) -> Made:
    """Import a kept file, once. Raises what importing raises, and NotPossible as `content_of`."""
    moment = now or timezone.now()
    held = StaffImport.objects.select_for_update().get(pk=upload.pk)
    made = import_staff(content_of(held, now=moment), by=by, sha256=held.sha256, now=moment)
    held.content = None
    held.imported_at, held.imported_by = moment, by
    held.units, held.people = len(made.units), len(made.people)
    held.memberships, held.roles = len(made.memberships), len(made.roles)
    held.save()
    return made
