from django.db import models

from audits.models.audit_return import AuditReturn
from audits.models.question import Question


class Answer(models.Model):
    """The answer to one question in one version; one of the columns is filled by its type.

    `choice` holds an answer code ("yes", "partly", "no", "cannot_tell", "not_applicable" or an
    option's) or, for a question with several answers, the codes joined by commas.
    """

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit_return", "question"], name="answer_once_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.question.code}"
