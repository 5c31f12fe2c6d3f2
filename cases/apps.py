from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The records that audits read, and who has business with them."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"
