"""All rows of the database as plain values, and what changed between two looks at it."""

import datetime
import re
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from tests.filling import POISONED_ID

Rows = dict[type[models.Model], dict[Any, dict[str, Any]]]

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64}")
MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+\+00:00")
NOW, HOUR, SOON = 600, 3_600, datetime.timedelta(days=60)
"""Seconds that a test may take; seconds of an hour; how far ahead an expiry may lie."""
OF_THE_VISIT = {"Session", "HistoryHead", "AccessAttempt"}
"""What every request has of its own, a try to sign in too; the history's entries are compared."""


def rows() -> Rows:
    kept = [model for model in apps.get_models() if model.__name__ not in OF_THE_VISIT]
    return {
        model: {row[model._meta.pk.attname]: row for row in model._base_manager.values()}
        for model in kept
    }


def last_keys(before: Rows) -> dict[type[models.Model], int]:
    """The newest record of each kind."""
    return {model: max(found) for model, found in before.items() if found}


def changes(before: Rows, after: Rows) -> list[str]:
    """One line for each value of a new row and each value that is another now.

    Two runs of the same act give the same lines: what a run makes up (ids, hashes, the present
    moment) is written as what it is.
    """
    found = []
    for model, now in after.items():
        for key, row in now.items():
            then = before[model].get(key, {})
            what = "is" if then else "new"
            found += [
                f"{model.__name__}.{name} {what} {_plain(model, name, value, before)}"
                for name, value in row.items()
                if then.get(name, ...) != value
            ]
        found += [f"{model.__name__} lost a row" for key in before[model].keys() - now.keys()]
    return sorted(found)


def _plain(model: type[models.Model], name: str, value: Any, before: Rows) -> str:
    field = model._meta.get_field(name)
    related = field.related_model or (model if field.primary_key else None)
    if related and isinstance(value, int):
        return "a new one" if value not in before.get(related, {}) else str(value)
    if isinstance(value, datetime.datetime) and _is_counted_from_now(value):
        return "now"
    if name == "password":
        return "salted"
    if isinstance(value, memoryview):  # as PostgreSQL gives a file's bytes
        value = bytes(value)
    if name == "path":
        known = before.get(model, {})
        return re.sub(r"\d+", lambda key: key[0] if int(key[0]) in known else "new", str(value))
    text = MOMENTS.sub(lambda found: _moment(found[0]), str(value))
    return IDS.sub(lambda found: found[0] if found[0] == str(POISONED_ID) else "an id", text)


def _moment(written: str) -> str:
    moment = datetime.datetime.fromisoformat(written)
    return "now" if _is_counted_from_now(moment) else written


def _is_counted_from_now(value: datetime.datetime) -> bool:
    """The present moment, or whole hours from it, as an expiry is."""
    after = value - timezone.now()
    seconds = after.total_seconds() % HOUR
    return abs(after) < SOON and min(seconds, HOUR - seconds) < NOW
