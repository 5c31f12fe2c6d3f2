from django.db import models
from django.db.models import Q

from audits.choices import Axis, Grade
from audits.models import Domain
from moderation.models.moderation import Moderation


class Regrade(models.Model):
    """The moderator's grade of a domain on an axis; the same shape as a DomainGrade."""

    moderation = models.ForeignKey(Moderation, models.PROTECT, related_name="regrades")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    axis = models.CharField(max_length=8, choices=Axis.choices)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices, null=True, blank=True)
    is_not_applicable = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["moderation", "domain", "axis"], name="regrade_once_a_domain_and_axis"
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__range=(1, 4)), name="regrade_on_scale"
            ),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False, grade__isnull=False)
                | Q(is_not_applicable=True, grade__isnull=True),
                name="regrade_is_a_grade_or_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.axis}: {self.get_grade_display()}"
