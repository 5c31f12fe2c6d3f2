from django.db import models

from audits.choices import AnswerType
from audits.models.tool_domain import Domain
from kit.records import PublicRecord


class Question(PublicRecord):
    """One question of a domain; reports follow it across versions by its code.

    A follow-up opens when `follows` was answered with `opens_on`, a comma-separated list of
    answer codes ("no,partly"); blank means on any answer.
    """

    domain = models.ForeignKey(Domain, models.PROTECT, related_name="questions")
    code = models.CharField(max_length=24)
    text = models.TextField()
    answer_type = models.CharField(max_length=6, choices=AnswerType.choices)
    may_be_not_applicable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    opens_on = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["domain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="question_code_once"),
            models.UniqueConstraint(fields=["domain", "position"], name="question_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class QuestionOption(models.Model):
    """One of the answers that a choosing question offers."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="options")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="question_option_once"),
        ]

    def __str__(self) -> str:
        return self.label
