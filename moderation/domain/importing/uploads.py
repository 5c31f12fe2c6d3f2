"""A file of past audits: kept after its upload, for one person."""

import datetime

from django.db import transaction

from accounts.domain.importing.keeping import keep_file
from accounts.models import User
from cases.permissions import check_case_import
from moderation.models import AuditImport


@transaction.atomic
def keep(
    content: bytes, *, file_name: str, by: User, now: datetime.datetime | None = None
) -> AuditImport:
    """Keep it until it is imported, for an hour at most.

    Raises Refused ("case_import_not_yours") and CannotRead ("too_large").
    """
    check_case_import(by)
    return keep_file(AuditImport, content, file_name=file_name, by=by, now=now)


@transaction.atomic
def choose_best(upload: AuditImport, *, best: int, by: User) -> AuditImport:
    """Say which figure of the file stands for Outstanding: 4 or 1."""
    check_case_import(by)
    upload.best_figure = best
    upload.save(update_fields=["best_figure"])
    return upload
