from django.db import models
from django.db.models import Q

from accounts.models.kept_file import KeptFile
from kit.records import both_or_neither


class StaffImport(KeptFile):
    """A file of staff and units; the counts say what was made of it."""

    units = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    memberships = models.PositiveIntegerField(default=0)
    roles = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        constraints = [
            both_or_neither("imported_at", "imported_by", "staff_import_imported"),
            models.CheckConstraint(
                condition=Q(imported_at__isnull=True) | Q(content__isnull=True),
                name="staff_import_keeps_no_bytes",
            ),
        ]
