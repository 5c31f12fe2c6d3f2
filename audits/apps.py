from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """The programme and the form: tools, rounds, allocation, audits, returns."""

    name = "audits"
    default_auto_field = "django.db.models.BigAutoField"
