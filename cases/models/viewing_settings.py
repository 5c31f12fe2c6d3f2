from django.db import models
from django.db.models import Q


class ViewingSettingsQuerySet(models.QuerySet["ViewingSettings"]):
    def in_use(self) -> "ViewingSettings":
        """The one row, or the defaults as long as nobody has changed anything."""
        return self.first() or ViewingSettings()


class ViewingSettings(models.Model):
    """What counts as odd among looks; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    days = models.PositiveSmallIntegerField(
        default=28, help_text="How many days back to look. Our default; no source."
    )
    opened_a_day = models.PositiveIntegerField(
        default=40,
        help_text="Different children, each on a page of their own. Our default; no source.",
    )
    listed_a_day = models.PositiveIntegerField(
        default=1000,
        help_text="Different children in all, lists and files included. Our default; no source.",
    )

    objects = ViewingSettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="viewing_one_row"),
            models.CheckConstraint(
                condition=Q(days__gte=1, opened_a_day__gte=1, listed_a_day__gte=1),
                name="viewing_at_least_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_a_day} opened a day"
