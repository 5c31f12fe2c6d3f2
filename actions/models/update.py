from django.db import models

from accounts.models import User
from actions.choices import UpdateKind
from actions.models.action import Action


class ActionUpdate(models.Model):
    """One line of what was done about an action, and where in the record it can be seen."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=12, choices=UpdateKind.choices, default=UpdateKind.NOTE)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at}"
