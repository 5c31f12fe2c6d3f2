from django.db import models
from django.db.models import Q

from accounts.models import User
from audits.choices import Axis
from kit.records import PublicRecord, both_or_neither


class AuditTool(PublicRecord):
    """A form that audits are made on, known by its code; its content is in its versions."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class ToolVersion(PublicRecord):
    """Domains, questions, axes and look-back of a tool. A published version never changes.

    `headline_axis` is the axis that return, grade and moderation tables, sampling, agreement
    and re-audits use; it must be one that the tool grades (docs/adr: headline axis).
    """

    tool = models.ForeignKey(AuditTool, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    grades_practice = models.BooleanField(default=True)
    grades_outcome = models.BooleanField(default=True)
    headline_axis = models.CharField(max_length=8, choices=Axis.choices, default=Axis.PRACTICE)
    look_back_months = models.PositiveSmallIntegerField(default=12)
    judge_months = models.PositiveSmallIntegerField(default=6)
    minutes = models.PositiveSmallIntegerField(default=60)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tool", "number"], name="tool_version_once"),
            both_or_neither("published_at", "published_by", "tool_version_published"),
            models.CheckConstraint(
                condition=Q(headline_axis=Axis.PRACTICE, grades_practice=True)
                | Q(headline_axis=Axis.OUTCOME, grades_outcome=True),
                name="tool_version_grades_its_headline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool} version {self.number}"

    @property
    def axes(self) -> list[Axis]:
        """The axes this version grades, practice first."""
        graded = {Axis.PRACTICE: self.grades_practice, Axis.OUTCOME: self.grades_outcome}
        return [axis for axis, used in graded.items() if used]
