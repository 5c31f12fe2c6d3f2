from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.permissions import can_case_import
from kit.records import PublicRecord, both_or_neither


class AuditImportQuerySet(models.QuerySet["AuditImport"]):
    def visible_to(self, user: User) -> "AuditImportQuerySet":
        """Imports that were made, and one's own uploads, for those who may import."""
        if not can_case_import(user):
            return self.none()
        return self.filter(Q(imported_at__isnull=False) | Q(uploaded_by=user))

    def made(self) -> "AuditImportQuerySet":
        return self.filter(imported_at__isnull=False)


class AuditImport(PublicRecord):
    """A file of past audits: uploaded, looked at, and imported as one batch.

    The bytes are kept only from the upload until the import, at most until `expires_at`; the
    SHA-256 stays. `best_figure` says which figure stands for Outstanding, where grades are
    figures. The counts are the batch's: audits added, corrected, and found unchanged.
    """

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    best_figure = models.PositiveSmallIntegerField(
        choices=[(4, "4 is the best grade"), (1, "1 is the best grade")], null=True, blank=True
    )
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    objects = AuditImportQuerySet.as_manager()

    class Meta:
        ordering = ["-imported_at", "-pk"]
        constraints = [
            both_or_neither("imported_at", "imported_by", "audit_import_imported"),
            models.CheckConstraint(
                condition=Q(imported_at__isnull=True) | Q(content__isnull=True),
                name="audit_import_keeps_no_bytes",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
