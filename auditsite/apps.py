"""What the project changes in the apps it installs."""

import importlib

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """The sources of the style sheet, and the packages it is built with, are not served."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "src", "README.md"]


class SignIn(AppConfig):
    """Hears what allauth says of second steps."""

    name = "auditsite.sign_in"

    def ready(self) -> None:
        importlib.import_module("auditsite.sign_in.receivers")
