from django.db import models

from audits.models.audit_return import AuditReturn
from audits.models.tool_domain import Domain


class DomainEvidence(models.Model):
    """The two texts that serve both grades of a domain (domain rule 6)."""

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="evidence")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    what_i_saw = models.TextField(blank=True)
    difference_made = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit_return", "domain"], name="evidence_once_a_domain"
            ),
        ]

    def __str__(self) -> str:
        return f"Evidence for {self.domain}"
