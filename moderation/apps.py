from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Whether we agree, and what follows: re-grades, settling, re-audits."""

    name = "moderation"
    default_auto_field = "django.db.models.BigAutoField"
