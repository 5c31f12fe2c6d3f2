#!/usr/bin/env python
"""Django's commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from auditsite import env


def main() -> None:
    """Runs a command; an environment that cannot work is one clear message, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "auditsite.settings")
    try:
        env.read(os.environ)
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
