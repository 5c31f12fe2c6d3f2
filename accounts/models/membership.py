from django.db import models

from accounts.choices import MembershipKind
from accounts.models.unit import Unit
from accounts.models.user import User
from kit.records import PublicRecord, ordered


class Membership(PublicRecord):
    """A person in a unit from a date to a date (both included), as its lead or a member."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    kind = models.CharField(
        max_length=6, choices=MembershipKind.choices, default=MembershipKind.MEMBER
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

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
