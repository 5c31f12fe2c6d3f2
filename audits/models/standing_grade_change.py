from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audits.choices import ChangeSource, Grade
from audits.models.domain_grade import DomainGrade
from kit.records import PublicRecord


class StandingGradeChange(PublicRecord):
    """One change of a standing grade: old, new, reason, source, by, second by, at.

    Append-only but for `superseded_at`, which the next change of the same grade stamps: the
    change in force at a moment is the one made before it and not superseded before it. As-at
    standing grades are read from these rows (domain rule 14).
    """

    domain_grade = models.ForeignKey(DomainGrade, models.PROTECT, related_name="changes")
    old = models.PositiveSmallIntegerField(choices=Grade.choices)
    new = models.PositiveSmallIntegerField(choices=Grade.choices)
    reason = models.TextField()
    source = models.CharField(max_length=10, choices=ChangeSource.choices)
    source_id = models.UUIDField(help_text="Public id of the moderation, decision or dispute.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    second_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain_grade"],
                condition=Q(superseded_at__isnull=True),
                name="standing_change_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="standing_change_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("by")),
                name="standing_change_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="standing_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"
