from django.db import models

from accounts.models import User
from cases.choices import AccessCapacity
from cases.models.case import Case
from kit.records import ordered


class CaseAccess(models.Model):
    """Who has business with a case, in which capacity, because of what, from when until when.

    Apps above write it down through `cases.domain.access`; `Case.visible_to` reads it alone.
    `because_of` is the public id of the audit, moderation, action or allocation that gave it.
    As long as it `is_blind`, nothing that an audit of the case led to reaches the person (domain
    rule 12).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="accesses")
    capacity = models.CharField(max_length=9, choices=AccessCapacity.choices)
    because_of = models.UUIDField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    is_blind = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ordered("from_at", "until_at", "case_access_moments"),
            models.UniqueConstraint(
                fields=["user", "case", "capacity", "because_of"],
                condition=models.Q(until_at__isnull=True),
                name="case_access_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} from {self.from_at}"
