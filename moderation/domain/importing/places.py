"""Teams as files name them, found in the organisation or to be made below it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from accounts.choices import UnitKind
from accounts.models import Unit
from kit.spreadsheets.problems import BadCell, shown
from moderation.domain.importing.columns import key_of


@dataclass(eq=False)
class Place:
    """A unit of the organisation as it is, or (`unit` is None) as the import will make it."""

    name: str
    kind: UnitKind
    parent: "Place | None"
    unit: Unit | None = None
    below: list["Place"] = field(default_factory=list)

    @property
    def parts(self) -> tuple[str, ...]:
        """Its names from below the authority on."""
        return (*self.parent.parts, self.name) if self.parent else ()

    def descendants(self) -> Iterator["Place"]:
        for place in self.below:
            yield place
            yield from place.descendants()

    def add(self, name: str, kind: UnitKind, unit: Unit | None = None) -> "Place":
        place = Place(name, kind, self, unit)
        self.below.append(place)
        return place

    def __str__(self) -> str:
        return " > ".join(self.parts) or self.name


class Places:
    """The whole organisation. `units` come with parents before their children, by path."""

    def __init__(self, units: Iterable[Unit], *, authority: str) -> None:
        self.root = Place(authority, UnitKind.DIRECTORATE, None)
        self.by_unit: dict[int, Place] = {}
        self.to_make: list[Place] = []
        self._found: dict[tuple[str, ...], Place] = {}
        for unit in units:
            self._place(unit)
        if self.root.unit is None:
            self.to_make.append(self.root)

    def find(self, parts: tuple[str, ...]) -> Place:
        """The team of these parts, from the top down; what is missing is added to be made.

        A name alone may stand anywhere below the authority. Raises BadCell where several units
        have it.
        """
        key = tuple(key_of(part) for part in parts)
        if key not in self._found:
            self._found[key] = self._walk(parts)
        return self._found[key]

    def _place(self, unit: Unit) -> None:
        parent = self.by_unit.get(unit.parent_id or 0)
        if parent:
            self.by_unit[unit.pk] = parent.add(unit.name, UnitKind(unit.kind), unit)
        elif self.root.unit is None:
            self.root.unit, self.root.name = unit, unit.name
            self.by_unit[unit.pk] = self.root

    def _walk(self, parts: tuple[str, ...]) -> Place:
        place = self.root
        for depth, part in enumerate(parts):
            found = self._named(place, part)
            if found is None:
                found = place.add(part, _kind(depth, len(parts)))
                self.to_make.append(found)
            place = found
        return place

    def _named(self, above: Place, name: str) -> Place | None:
        """The one unit of that name below `above`; one directly below it comes first."""
        wanted = key_of(name)
        same = [place for place in above.descendants() if key_of(place.name) == wanted]
        direct = [place for place in same if place.parent is above]
        if len(direct) == 1 or not same:
            return direct[0] if direct else None
        if len(same) > 1:
            raise BadCell(
                f"There are {len(same)} units called {shown(name)}: write the service before it, "
                f"as “{' > '.join(same[0].parts)}”."
            )
        return same[0]


def _kind(depth: int, count: int) -> UnitKind:
    """The last part is the team, the first of several the service, between them an area."""
    if depth == count - 1:
        return UnitKind.TEAM
    return UnitKind.AREA if depth else UnitKind.SERVICE
