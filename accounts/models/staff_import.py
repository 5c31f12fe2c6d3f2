from django.db import models
from django.db.models import Q

from accounts.models.user import User
from kit.records import PublicRecord, both_or_neither


class StaffImport(PublicRecord):
    """A file of staff and units: uploaded, looked at, and imported all or nothing.

    The bytes are kept only from the upload until the import, at most until `expires_at`; the
    SHA-256 stays. The counts say what was made, and how many rows were there already.
    """

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
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

    def __str__(self) -> str:
        return self.file_name
