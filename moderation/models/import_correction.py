from django.db import models

from moderation.models.audit_import import AuditImport
from moderation.models.imported_audit import ImportedAudit


class ImportCorrection(models.Model):
    """What a later file corrected in an imported audit: column, what it said, what it says.

    Old and new are days, grades, units, codes and addresses, never a case's text.
    """

    imported_audit = models.ForeignKey(ImportedAudit, models.PROTECT, related_name="corrections")
    audit_import = models.ForeignKey(AuditImport, models.PROTECT, related_name="corrections")
    column = models.CharField(max_length=160)
    old = models.TextField(blank=True)
    new = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["imported_audit", "audit_import", "column"],
                name="import_correction_once_a_column",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column}: {self.old} to {self.new}"
