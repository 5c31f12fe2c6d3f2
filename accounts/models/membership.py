import datetime

from django.db import models
from django.db.models import Q

from accounts.choices import MembershipKind
from accounts.models.unit import Unit
from accounts.models.user import User
from kit.records import PublicRecord, ordered


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: datetime.date) -> "MembershipQuerySet":
        """Held on a day, its first and last included."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)

    def leads(self) -> "MembershipQuerySet":
        return self.filter(kind=MembershipKind.LEAD)


class Membership(PublicRecord):
    """A person in a unit from a date to a date (both included), as its lead or a member."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    kind = models.CharField(
        max_length=6, choices=MembershipKind.choices, default=MembershipKind.MEMBER
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ordered("from_on", "until_on", "membership_dates"),
            models.UniqueConstraint(
                fields=["user", "unit", "kind"],
                condition=models.Q(until_on__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.unit} from {self.from_on}"
