"""`manage.py load_demo` where there is nothing yet: what it refuses, and what it says."""

import dataclasses
import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_nothing_is_loaded_for_a_day_too_early_or_no_day():
    with pytest.raises(CommandError, match="from 8 January 2024 on"):
        run("--today", "2023-11-30")
    with pytest.raises(CommandError, match="“tomorrow” is not a day: write it as 2026-03-03"):
        run("--today", "tomorrow")
    assert not User.objects.people().exists()
    assert "not loaded here" in run("--sign-ins")


def test_production_is_refused(settings):
    settings.ENV = dataclasses.replace(settings.ENV, production=True)
    with pytest.raises(CommandError, match="never loaded in production"):
        run()


def run(*options: str) -> str:
    said = io.StringIO()
    call_command("load_demo", *options, stdout=said)
    return said.getvalue()
