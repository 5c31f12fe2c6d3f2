from django.db import models


class AuditSettingsQuerySet(models.QuerySet["AuditSettings"]):
    def in_use(self) -> "AuditSettings":
        """The one row, or the defaults as long as nobody has changed anything."""
        return self.first() or AuditSettings()


class AuditSettings(models.Model):
    """How the programme runs; one row. Reports freeze what they used."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    independence_months = models.PositiveSmallIntegerField(
        default=24, help_text="How far back work with the case rules an auditor out (rule 3)."
    )
    returns_close_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days after the month's end. Our default; no source."
    )
    short_extension_days = models.PositiveSmallIntegerField(
        default=5,
        help_text="Working days a manager may extend without the QA manager. Our default.",
    )

    objects = AuditSettingsQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audits_one_row")]

    def __str__(self) -> str:
        return f"independence over {self.independence_months} months"
