from django.db import models

from accounts.models import Unit, User
from kit.records import PublicRecord


class Worker(PublicRecord):
    """A social worker or adviser as the case lists name them; may or may not be a user."""

    staff_reference = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="+")
    left_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
