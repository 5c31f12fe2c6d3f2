from django.db import models

from accounts.models import User
from actions.models.action import Action


class ActionOwner(models.Model):
    """A person who has to do the action. Reports print the owner's post, never the name."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="owners")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "user"], name="action_owner_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)
