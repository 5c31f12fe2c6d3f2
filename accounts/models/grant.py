from django.db import models

from accounts.choices import Role
from accounts.models.unit import Unit
from accounts.models.user import User
from kit.records import PublicRecord, both_or_neither, ordered


class RoleGrant(PublicRecord):
    """A role held at a unit, and so at everything below it, from a date to a date."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            ordered("from_on", "until_on", "grant_dates"),
            both_or_neither("confirmed_at", "confirmed_by", "grant_confirmed"),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=models.Q(until_on__isnull=True),
                name="grant_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.unit} for {self.user}"
