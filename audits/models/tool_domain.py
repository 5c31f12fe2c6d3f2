from django.db import models

from audits.models.tool import ToolVersion
from kit.records import PublicRecord


class Domain(PublicRecord):
    """A section of a tool. A graded one gets its own grade an axis; one of them is the overall.

    The people and safety sections are domains that are not graded.
    """

    version = models.ForeignKey(ToolVersion, models.PROTECT, related_name="domains")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=45)
    good_looks_like = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    is_graded = models.BooleanField(default=True)
    is_overall = models.BooleanField(default=False)
    may_be_not_applicable = models.BooleanField(default=False)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="domain_code_once"),
            models.UniqueConstraint(fields=["version", "position"], name="domain_position_once"),
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(is_overall=True),
                name="domain_one_overall",
            ),
            models.CheckConstraint(
                condition=models.Q(is_overall=False)
                | models.Q(is_graded=True, may_be_not_applicable=False),
                name="domain_overall_is_graded",
            ),
        ]

    def __str__(self) -> str:
        return self.name
