from django.db import models

from audits.models import Audit, AuditReturn, Exemption
from moderation.models.audit_import import AuditImport
from moderation.models.moderation import Moderation


class ImportedAudit(models.Model):
    """That an audit came from a file, and which of its records the file brought.

    As long as the audit has no other return, exemption or moderation than these, nobody has
    worked on it here, and a corrected file may correct it. An audit without this row was made
    here, and no file touches it.
    """

    audit = models.OneToOneField(Audit, models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(AuditImport, models.PROTECT, related_name="audits")
    audit_return = models.OneToOneField(
        AuditReturn, models.PROTECT, null=True, blank=True, related_name="+"
    )
    exemption = models.OneToOneField(
        Exemption, models.PROTECT, null=True, blank=True, related_name="+"
    )
    moderation = models.OneToOneField(
        Moderation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.audit} from {self.brought_by}"
