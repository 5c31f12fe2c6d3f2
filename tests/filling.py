"""Fills the form of a page as somebody would, and names everything that nobody should send."""

import datetime
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.apps import apps
from django.db import models

OURS = ["accounts", "cases", "actions", "audits", "moderation", "reporting"]
SENTENCE = "Because the plan was rewritten on 3 March."
PARTS = {"0": "day", "1": "month", "2": "year"}
"""Of a day that is typed: today's, whenever it is asked for, for a night may pass meanwhile."""
PASSWORD = "a long walk by the river"
TYPED = {"email": "poppy@aireborough.example", "password": PASSWORD, "number": "1"}

POISON = "poison"
POISONED_ID = uuid.UUID("deadbeef-dead-4ead-8ead-deadbeefdead")
BY_TYPE: dict[type[models.Field], str] = {
    models.BooleanField: "on",
    models.DateTimeField: "2001-09-11 10:00:00",
    models.DateField: "2001-09-11",
    models.EmailField: "poison@aireborough.example",
    models.UUIDField: str(POISONED_ID),
    models.JSONField: '{"poison": 1}',
    models.IntegerField: "7",
    models.DecimalField: "7",
}


@dataclass
class Filled:
    """A form's names, and what somebody would send."""

    names: set[str] = field(default_factory=set)
    data: dict[str, list[str]] = field(default_factory=dict)

    def give(self, name: str, value: str, *, more: bool = False) -> None:
        self.names.add(name)
        if more or name not in self.data:
            self.data.setdefault(name, []).append(value)


class Forms(HTMLParser):
    """The form of a page that is sent to this address, filled in."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.within = address, False
        self.filled = Filled()
        self.text = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            where = given.get("action") or self.address
            self.within = given.get("method") == "post" and where == self.address
        elif self.within and (name := given.get("name")):
            getattr(self, f"see_{tag}", self.see_nothing)(name, given)
        elif self.within and tag == "option" and self.select and given.get("value"):
            self.filled.give(self.select, given["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.within = False
        if tag == "select":
            self.select = ""

    def see_nothing(self, name, given):
        pass

    def see_select(self, name, given):
        self.select = name
        self.filled.names.add(name)

    def see_textarea(self, name, given):
        self.filled.give(name, SENTENCE)

    def see_button(self, name, given):
        self.filled.give(name, given.get("value", ""))

    def see_input(self, name, given):
        kind = given.get("type", "text")
        if kind == "file":
            self.filled.names.add(name)
        elif kind in ("radio", "checkbox", "hidden"):
            self.filled.give(name, given.get("value", "" if kind == "hidden" else "on"))
        else:
            self.filled.give(name, given.get("value") or self.typed(name, kind))

    def typed(self, name, kind):
        part = name.rpartition("_")[2]
        if part in PARTS:
            return str(getattr(datetime.date.today(), PARTS[part]))
        return TYPED.get(kind, SENTENCE)


def poison(listed: set[str], *, app: str, last: dict[type[models.Model], int]) -> dict[str, str]:
    """A value that would pass for every field of every model, under the name it would have.

    Where two models have a field of one name, the app of the page has the say.
    """
    given: dict[str, str] = {}
    last_say = (app,) if app in OURS else ()
    for label in (*(each for each in OURS if each != app), *last_say):
        for model in apps.get_app_config(label).get_models():
            for each in model._meta.concrete_fields:
                value = _value(each, last)
                given |= {each.name: value, each.attname: value}
    return {name: value for name, value in given.items() if name not in listed}


def _value(each: models.Field, last: dict[type[models.Model], int]) -> str:
    if each.related_model:
        return str(last.get(each.related_model, 1))
    if each.choices:
        return str(list(dict(each.flatchoices))[-1])
    kinds = (value for kind, value in BY_TYPE.items() if isinstance(each, kind))
    return next(kinds, POISON)
