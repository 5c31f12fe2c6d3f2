from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What must be done, by whom, by when, and whether it helped."""

    name = "actions"
    default_auto_field = "django.db.models.BigAutoField"
