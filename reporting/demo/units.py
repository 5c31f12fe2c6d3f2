"""The tree of units of Aireborough: planned without records, then written."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from accounts.choices import UnitKind
from accounts.domain.units import add_unit
from accounts.models import Unit, User
from reporting.demo.texts import UnitText, read_units

ROOT = "Aireborough"
QUALITY = "Quality assurance"
QUALITY_TEAM = "Audit and moderation team"
# Teams that hold no cases: the front door passes them on.
WITHOUT_CASES = ("Contact and referral team", "Emergency duty team")


@dataclass(frozen=True)
class Place:
    """A unit and those above it, nearest last; `plans` are the kinds its service works with."""

    name: str
    kind: str
    above: tuple[str, ...]
    plans: tuple[str, ...] = ()

    @property
    def service(self) -> str:
        """The service it is or belongs to; none for the authority."""
        return self.above[1] if len(self.above) > 1 else self.name

    def is_within(self, name: str) -> bool:
        return name == self.name or name in self.above


@cache
def places() -> tuple[Place, ...]:
    """Every unit, parents before children."""
    root = Place(ROOT, UnitKind.DIRECTORATE, ())
    found = [root]
    for text in read_units():
        found += _below(text, root, text.plans)
    return tuple(found)


@cache
def place(name: str) -> Place:
    return next(found for found in places() if found.name == name)


def areas(service: str) -> list[Place]:
    return [found for found in places() if found.kind == "area" and found.is_within(service)]


def teams(within: str) -> list[Place]:
    return [found for found in places() if found.kind == "team" and found.is_within(within)]


def case_teams(service: str) -> list[Place]:
    """The teams of a service that hold cases."""
    return [found for found in teams(service) if found.name not in WITHOUT_CASES]


def add_units(*, by: User, now: datetime) -> dict[str, Unit]:
    """Write the tree; the units by name."""
    made: dict[str, Unit] = {}
    for found in places():
        parent = made[found.above[-1]] if found.above else None
        kind = UnitKind(found.kind)
        made[found.name] = add_unit(name=found.name, kind=kind, parent=parent, by=by, now=now)
    return made


def _below(text: UnitText, parent: Place, plans: tuple[str, ...]) -> list[Place]:
    here = Place(text.name, text.kind, (*parent.above, parent.name), plans)
    return [here, *(found for child in text.children for found in _below(child, here, plans))]
