from django.db import models
from django.db.models import Q

from accounts.models import KeptFile, User
from cases.permissions import can_case_import
from kit.records import both_or_neither


class AuditImportQuerySet(models.QuerySet["AuditImport"]):
    def visible_to(self, user: User) -> "AuditImportQuerySet":
        """Imports that were made, and one's own uploads, for those who may import."""
        if not can_case_import(user):
            return self.none()
        return self.filter(Q(imported_at__isnull=False) | Q(uploaded_by=user))

    def made(self) -> "AuditImportQuerySet":
        return self.filter(imported_at__isnull=False)


class AuditImport(KeptFile):
    """A file of past audits, imported as one batch.

    `best_figure` says which figure stands for Outstanding, where grades are figures. The counts
    are the batch's: audits added, corrected, and found unchanged.
    """

    best_figure = models.PositiveSmallIntegerField(
        choices=[(4, "4 is the best grade"), (1, "1 is the best grade")], null=True, blank=True
    )
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
