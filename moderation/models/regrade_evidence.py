from django.db import models

from audits.models import Domain
from moderation.choices import WhyWeDiffer
from moderation.models.moderation import Moderation


class RegradeEvidence(models.Model):
    """What the moderator saw in a domain, and after the comparison why the two differ."""

    moderation = models.ForeignKey(Moderation, models.PROTECT, related_name="evidence")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    what_i_saw = models.TextField(blank=True)
    why_we_differ = models.TextField(blank=True)
    main_reason = models.CharField(max_length=12, choices=WhyWeDiffer.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["moderation", "domain"], name="regrade_evidence_once_a_domain"
            ),
        ]

    def __str__(self) -> str:
        return f"Moderator's evidence for {self.domain}"
