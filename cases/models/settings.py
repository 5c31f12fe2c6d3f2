from django.db import models
from django.db.models import Q


class CaseSettingsQuerySet(models.QuerySet["CaseSettings"]):
    def in_use(self) -> "CaseSettings":
        """The one row, or the defaults as long as nobody has changed anything."""
        return self.first() or CaseSettings()


class CaseSettings(models.Model):
    """How cases are kept; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    break_glass_minutes = models.PositiveSmallIntegerField(
        default=60, help_text="For how long a case stays open that somebody opened out of turn."
    )

    objects = CaseSettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="cases_one_row"),
            models.CheckConstraint(
                condition=Q(break_glass_minutes__range=(1, 24 * 60)),
                name="break_glass_minutes_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"break-glass for {self.break_glass_minutes} minutes"
