from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Who works here, in which unit, with which roles; history."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_triggers, sender=self)


def install_triggers(**kwargs: Any) -> None:
    """Make the append-only triggers after each migrate of this app."""
    from accounts.domain import append_only

    append_only.install()
