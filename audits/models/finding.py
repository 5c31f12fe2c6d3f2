from django.db import models

from audits.choices import FindingKind
from audits.models.audit_return import AuditReturn
from audits.models.theme import Theme
from audits.models.tool_domain import Domain
from kit.records import PublicRecord


class Finding(PublicRecord):
    """A strength or an area for development, in one line, tied to a domain and themes."""

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="findings")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=FindingKind.choices)
    text = models.TextField()
    themes = models.ManyToManyField(Theme, related_name="+")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
