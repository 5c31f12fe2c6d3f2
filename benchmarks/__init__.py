"""Benchmarks, run as `python -m benchmarks.NAME`: the package sets the program up first."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "auditsite.settings")
django.setup()
