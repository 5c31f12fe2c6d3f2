"""What the database itself refuses: one sound row, and what must not become of it.

An app's test has a table of what is broken; that it is whole, `named_by` or `tried` says.
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Model, UniqueConstraint


class Broken(NamedTuple):
    """Values that a constraint does not let into the row that `make` saves.

    `twice`: a second row beside it. It has the first one's values but for `given`, and is refused
    as long as it lacks `unless`.
    """

    constraint: str
    make: Callable[[], Model]
    given: dict[str, Any] = {}
    twice: bool = False
    unless: dict[str, Any] = {}

    def __str__(self) -> str:
        return f"{self.constraint} {' '.join(self.given)}".strip()

    def check(self) -> None:
        """The row is let in, and this is not."""
        row = self.make()
        if not self.twice:
            with self._refusal(row), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**self.given)
            return
        with self._refusal(row), transaction.atomic():
            copied(row, **self.given).save()
        copied(row, **self.given | self.unless).save()

    def _refusal(self, row: Model) -> Any:
        """SQLite names the columns of a unique constraint in place of its name."""
        [found] = [held for held in row._meta.constraints if held.name == self.constraint]
        names = [self.constraint]
        if isinstance(found, UniqueConstraint) and found.fields:
            table = row._meta.db_table
            columns = [row._meta.get_field(field).column for field in found.fields]
            names.append(", ".join(rf"{table}\.{column}" for column in columns))
        return pytest.raises(IntegrityError, match="|".join(names))


Changes = dict[str, dict[str, Any]]
"""By the name of a constraint, what it does not let into a row."""
Seconds = dict[str, tuple[dict[str, Any], dict[str, Any]]]
"""By the name of a constraint, what a second row has, and what it lacks."""


def break_each(row: Model, changes: Changes, seconds: Seconds) -> None:
    """Each constraint of a row in turn."""
    for constraint, change in changes.items():
        Broken(constraint, lambda: row, change).check()
    for constraint, (given, unless) in seconds.items():
        Broken(constraint, lambda: row, given, twice=True, unless=unless).check()


def tried(*tables: dict[str, Changes] | dict[str, Seconds]) -> list[str]:
    """The names of the constraints in the tables, a kind of row each, in order."""
    return sorted(name for table in tables for named in table.values() for name in named)


def copied(row: Model, **values: Any) -> Model:
    """A second row with the first one's values, under keys of its own.

    A value that is a function is asked for the first row.
    """
    made = type(row).objects.get(pk=row.pk)
    made.pk = None
    made._state.adding = True
    if hasattr(made, "public_id"):
        made.public_id = uuid4()
    for name, value in values.items():
        setattr(made, name, value(row) if callable(value) else value)
    return made


def constraints_of(app: str) -> set[str]:
    """The names of the app's checks and unique constraints."""
    kinds = (CheckConstraint, UniqueConstraint)
    return {
        held.name
        for model in apps.get_app_config(app).get_models()
        for held in model._meta.constraints
        if isinstance(held, kinds)
    }


def named_by(table: list[Broken]) -> set[str]:
    return {row.constraint for row in table}
