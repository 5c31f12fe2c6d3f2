from django.db import models
from django.db.models import Q

from audits.choices import Axis, Grade
from audits.models.audit_return import AuditReturn
from audits.models.tool_domain import Domain


class DomainGrade(models.Model):
    """The auditor's own grade of a domain on an axis, and the one that stands.

    `grade` is the auditor's own, fixed by the return. `standing` equals it until moderation or a
    panel changes it through `audits.domain.grading.set_standing_grade` (domain rule 14). Not
    applicable is no grade and stands outside every denominator. Until the return, the grade may
    be missing.
    """

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="grades")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    axis = models.CharField(max_length=8, choices=Axis.choices)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices, null=True, blank=True)
    standing = models.PositiveSmallIntegerField(choices=Grade.choices, null=True, blank=True)
    is_not_applicable = models.BooleanField(default=False)
    not_applicable_reason = models.TextField(blank=True)
    rationale = models.TextField(
        blank=True, help_text="Why the two grades differ, or why the overall is higher."
    )

    class Meta:
        indexes = [
            models.Index(fields=["domain", "axis", "standing"], name="grade_domain_axis"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["audit_return", "domain", "axis"], name="grade_once_a_domain_and_axis"
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__range=(1, 4)), name="grade_on_scale"
            ),
            models.CheckConstraint(
                condition=Q(standing__isnull=True) | Q(standing__range=(1, 4)),
                name="grade_standing_on_scale",
            ),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | Q(grade__isnull=True, standing__isnull=True),
                name="grade_not_applicable_is_no_grade",
            ),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | ~Q(not_applicable_reason=""),
                name="grade_not_applicable_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(standing__isnull=True) | Q(grade__isnull=False),
                name="grade_standing_needs_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.axis}: {self.get_grade_display()}"
