from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What it adds up to: figures, the monthly report and the job that issues it."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
