from django.db import models


class ActionSettingsQuerySet(models.QuerySet["ActionSettings"]):
    def in_use(self) -> "ActionSettings":
        """The one row, or the defaults as long as nobody has changed anything."""
        return self.first() or ActionSettings()


class ActionSettings(models.Model):
    """How much is verified; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    verification_percent = models.PositiveSmallIntegerField(
        default=20,
        help_text="Share of actions from other audits that is verified. Our default; no source.",
    )

    objects = ActionSettingsQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="actions_one_row")]

    def __str__(self) -> str:
        return f"{self.verification_percent}% verified"
