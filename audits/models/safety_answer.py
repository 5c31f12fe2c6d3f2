from django.db import models
from django.db.models import Q

from audits.choices import SafetyJudgement
from audits.models.audit_return import AuditReturn


class SafetyAnswer(models.Model):
    """Whether the child is safe now, with evidence: once in every version (domain rule 7)."""

    audit_return = models.OneToOneField(AuditReturn, models.PROTECT, related_name="safety_answer")
    judgement = models.CharField(max_length=11, choices=SafetyJudgement.choices)
    evidence = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="safety_answer_has_evidence"),
        ]

    def __str__(self) -> str:
        return str(self.get_judgement_display())
