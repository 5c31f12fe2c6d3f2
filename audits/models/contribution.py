from django.db import models
from django.db.models import Q

from audits.choices import ContributionSource, ContributionState
from audits.models.audit_return import AuditReturn


class Contribution(models.Model):
    """Who was asked about the work and what they said; not asked has a reason (domain rule 8)."""

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="contributions")
    source = models.CharField(max_length=12, choices=ContributionSource.choices)
    state = models.CharField(max_length=10, choices=ContributionState.choices)
    reason = models.CharField(max_length=200, blank=True)
    held_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit_return", "source"], name="contribution_once_a_source"
            ),
            models.CheckConstraint(
                condition=~Q(state=ContributionState.NOT_ASKED) | ~Q(reason=""),
                name="contribution_not_asked_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.get_state_display()}"
