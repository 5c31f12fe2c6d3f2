"""Every private string of a case made a token, so that a body says which cases it carries."""

import io
import re
import zipfile
from collections import deque
from functools import cache

from django.apps import apps
from django.db import models
from django.http import HttpResponse

from cases.models import Case

HOLDS_WORDS = ("actions", "audits", "moderation")
TOKEN = re.compile(r"zq(\d+)qz|\bz(\d+)q\b")
LONG = 60
"""A shorter text field without choices holds a code or a post, not words about a case."""


def plant() -> None:
    """Give each case its tokens: reference, initials, and all that was written about it."""
    for key in Case.objects.values_list("pk", flat=True):
        Case.objects.filter(pk=key).update(reference=f"zq{key}qz", initials=f"z{key}q")
    for model, path in _with_words():
        for key, case in model.objects.filter(**{f"{path}__isnull": False}).values_list("pk", path):
            row = model.objects.filter(pk=key)
            said = row.values(*_texts(model)).get()
            row.update(**{name: f"zq{case}qz" for name, text in said.items() if text})


def cases_in(response: HttpResponse) -> set[int]:
    """The keys of the cases whose tokens the body carries, a spreadsheet unpacked."""
    content = b"".join(response)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as sheet:
            content = b"".join(sheet.read(name) for name in sheet.namelist())
    found = TOKEN.findall(content.decode("utf-8", errors="replace"))
    return {int(long or short) for long, short in found}


@cache
def _with_words() -> list[tuple[type[models.Model], str]]:
    """Each model that holds words about a case, with its way down to the case."""
    every = [model for app in HOLDS_WORDS for model in apps.get_app_config(app).get_models()]
    ways = ((model, _way_to_case(model)) for model in every if _texts(model))
    return [(model, way) for model, way in ways if way]


def _texts(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
        or (isinstance(field, models.CharField) and _is_words(field))
    ]


def _is_words(field: models.CharField) -> bool:
    return not field.choices and (field.max_length or 0) > LONG


def _way_to_case(model: type[models.Model]) -> str:
    """The shortest way along foreign keys, as a lookup; "" where there is none."""
    waiting, seen = deque([(model, "")]), {model}
    while waiting:
        here, way = waiting.popleft()
        for field in here._meta.concrete_fields:
            target = field.related_model
            if not isinstance(field, models.ForeignKey) or target in seen:
                continue
            seen.add(target)
            further = f"{way}__{field.name}".strip("_")
            if target is Case:
                return further
            waiting.append((target, further))
    return ""
