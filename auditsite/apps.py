"""What the project changes in the apps it installs."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """The sources of the style sheet, and the packages it is built with, are not served."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "src", "README.md"]
