"""A file of staff: kept after its upload, and imported once."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.importing.keeping import content_of, keep_file
from accounts.domain.importing.staff import Made, import_staff
from accounts.models import StaffImport, User
from accounts.permissions import check_user_manage


@transaction.atomic
def keep(
    content: bytes, *, file_name: str, by: User, now: datetime.datetime | None = None
) -> StaffImport:
    """Keep it until it is imported, for an hour at most.

    Raises Refused ("user_manage_not_yours") and CannotRead ("too_large").
    """
    check_user_manage(by)
    return keep_file(StaffImport, content, file_name=file_name, by=by, now=now)


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
