import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audits.models.round import Round
from kit.records import PublicRecord, both_or_neither, ordered


class ReviewerAssignmentQuerySet(models.QuerySet["ReviewerAssignment"]):
    def in_force(self, on: datetime.date | None = None) -> "ReviewerAssignmentQuerySet":
        """Those that run on a day, by default today, and were not ended."""
        day = on or timezone.localdate()
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at__isnull=True)


class ReviewerAssignment(PublicRecord):
    """A round that an external reviewer may look at, from a day to a day (both included).

    It always has a last day. They see the round's returned audits, and their own, under study
    numbers; beside it they need the role, which two people grant.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reviewers")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewerAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-until_on", "pk"]
        constraints = [
            ordered("from_on", "until_on", "reviewer_dates"),
            both_or_neither("ended_at", "ended_by", "reviewer_ended"),
            models.UniqueConstraint(
                fields=["round", "reviewer"],
                condition=Q(ended_at__isnull=True),
                name="reviewer_once_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} until {self.until_on}"
