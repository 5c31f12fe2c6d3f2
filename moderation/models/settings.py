from django.db import models


class ModerationSettingsQuerySet(models.QuerySet["ModerationSettings"]):
    def in_use(self) -> "ModerationSettings":
        """The one row, or the defaults as long as nobody has changed anything."""
        return self.first() or ModerationSettings()


class ModerationSettings(models.Model):
    """How much is moderated and when re-audits fall due; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    capacity_percent = models.PositiveSmallIntegerField(
        default=25, help_text="Share of returns that can be moderated. Our default; no source."
    )
    random_percent = models.PositiveSmallIntegerField(
        default=10, help_text="Least share of returns drawn at random. Our default; no source."
    )
    moderation_days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days in which to moderate. Our default; no source."
    )
    re_audit_months = models.PositiveSmallIntegerField(default=3)
    dispute_days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days in which to dispute. Our default; no source."
    )

    objects = ModerationSettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="moderation_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.capacity_percent}% of returns"
