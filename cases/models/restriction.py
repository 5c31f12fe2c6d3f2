from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.case import Case
from kit.records import PublicRecord, both_or_neither, ordered


class Restriction(PublicRecord):
    """A time for which a case is restricted, and why; lifted with a reason of its own.

    `Case.restricted_at` and `restricted_by` repeat the one that is open. People are named on it
    by `CaseAccess` rows whose `because_of` is its public id.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="restrictions")
    reason = models.TextField()
    restricted_at = models.DateTimeField()
    restricted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("lifted_at", "lifted_by", "restriction_lifted"),
            ordered("restricted_at", "lifted_at", "restriction_moments"),
            models.CheckConstraint(condition=~Q(reason=""), name="restriction_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_reason=""),
                name="restriction_lifted_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(lifted_at__isnull=True),
                name="restriction_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Restriction from {self.restricted_at}"
