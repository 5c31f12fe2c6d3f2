from django.db import models

from audits.models.audit_return import AuditReturn


class SectionSave(models.Model):
    """When a section of a version was last saved.

    Shown to its auditor, and how a page notices that another window saved since it was opened.
    `section` is the code of a domain, "people" or "safety".
    """

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="saves")
    section = models.CharField(max_length=12)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit_return", "section"], name="save_once_a_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section} saved at {self.saved_at}"
