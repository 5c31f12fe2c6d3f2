"""History told in sentences: one template a verb, templates/history/<app>/<verb>.txt.

Sentences name people, units, days and counts. They never carry a case's text, nor a grade, nor
why an audit was chosen for moderation, so that they tell a blind moderator nothing (domain rule
12). Whoever may see a record may read its history.
"""

import datetime
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.template import Context, TemplateDoesNotExist
from django.template.base import Template
from django.template.loader import select_template

from accounts.choices import Role
from accounts.models import HistoryEntry, Unit, User
from kit.records import PublicRecord

MOST = 50
"""Entries that a record's page shows, the newest; its history in full is in the table."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
SOMEBODY = "somebody"

Names = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """One entry in words: when, and what was done by whom."""

    at: datetime.datetime
    sentence: str


def told_of(*subjects: PublicRecord, reader: User) -> list[Told]:
    """What was done to these records, the newest first; at most `MOST`.

    That the reader may see the records is decided where they were read.
    """
    about = Q(pk__in=[])
    for subject in subjects:
        about |= Q(subject_kind=subject._meta.label_lower, subject_id=subject.public_id)
    entries = HistoryEntry.objects.filter(about).select_related("by").order_by("-position")
    return told(entries[:MOST], reader=reader)


def doings_of(person: User) -> QuerySet[HistoryEntry]:
    """What this person did, the newest first."""
    return HistoryEntry.objects.filter(by=person).select_related("by").order_by("-position")


def told(entries: Iterable[HistoryEntry], *, reader: User) -> list[Told]:
    """Entries in words, in their order: at most two statements more for any number of them."""
    rows = list(entries)
    names = _names(rows)
    return [Told(row.at, _sentence(row, names, reader)) for row in rows]


def _sentence(entry: HistoryEntry, names: Names, reader: User) -> str:
    by = "You" if entry.by_id == reader.pk else entry.by.name
    template = template_of(entry.verb)
    if template is None:
        return f"{by}: {entry.verb.replace('_', ' ')}."
    facts = {name: _plain(name, fact, names) for name, fact in entry.facts.items()}
    subject = names.get(str(entry.subject_id), SOMEBODY)
    told = facts | {"by": by, "by_name": entry.by.name, "subject": subject}
    # Plain text: the page that shows the sentence escapes it.
    return template.render(Context(told, autoescape=False)).strip()


@cache
def template_of(verb: str) -> Template | None:
    """The template of a verb, from the app that records it; None for one long gone."""
    labels = [config.label for config in apps.get_app_configs()]
    try:
        found: Any = select_template([f"history/{label}/{verb}.txt" for label in labels])
    except TemplateDoesNotExist:
        return None
    template: Template = found.template
    return template


def _plain(name: str, fact: Any, names: Names) -> Any:
    """A fact as a sentence uses it: a day, a moment, somebody's or a unit's name, a role's."""
    if not isinstance(fact, str):
        return fact
    if name == "role" and fact in Role.values:
        return Role(fact).label
    if DAY.match(fact):
        return datetime.date.fromisoformat(fact)
    if MOMENT.match(fact):
        return datetime.datetime.fromisoformat(fact)
    return names.get(fact, SOMEBODY if _is_id(fact) else fact)


def _names(entries: Iterable[HistoryEntry]) -> Names:
    """The names of the people and units that entries are about or mention, by public id."""
    ids = {fact for entry in entries for fact in entry.facts.values() if _is_id(fact)}
    ids |= {str(entry.subject_id) for entry in entries if _is_named(entry.subject_kind)}
    if not ids:
        return {}
    people = User.objects.filter(public_id__in=ids).values_list("public_id", "name")
    units = Unit.objects.filter(public_id__in=ids).values_list("public_id", "name")
    return {str(key): name for key, name in [*people, *units]}


def _is_named(kind: str) -> bool:
    return kind in (User._meta.label_lower, Unit._meta.label_lower)


def _is_id(fact: Any) -> bool:
    try:
        return isinstance(fact, str) and len(fact) == len(str(uuid.UUID(fact)))
    except ValueError:
        return False
