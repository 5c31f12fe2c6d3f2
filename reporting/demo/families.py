"""The 1,500 children, drawn from a seed: each for a month, most with brothers and sisters.

Age, plan and time with the service fit what an audit of that month says. Brothers and sisters
share team, worker and the day the case was opened; of about a fifth of the families nothing is
known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from cases.choices import Gender, LegalStatus, PlanKind
from kit.months import first_of
from reporting.demo import figures, units
from reporting.demo.chance import one
from reporting.demo.children import Child
from reporting.demo.people import Person
from reporting.demo.texts import read_staff

CHILDREN = 1500
EARLIER_CHILDREN = 960
OPEN_ROUND = {
    "Referral and assessment": 21,
    "Safeguarding East": 24,
    "Safeguarding West": 23,
    "Children in care": 20,
    "Leaving care": 10,
    "Disabled children": 7,
}
# Days from a month's beginning to the day for which its children are made.
MIDDLE = 40
PLANS = {
    "Referral and assessment": {"assessment": 74, "in_need": 26},
    "Safeguarding East": {"in_need": 54, "protection": 46},
    "Safeguarding West": {"in_need": 56, "protection": 44},
    "Children in care": {"in_care": 100},
    "Leaving care": {"leaving_care": 100},
    "Disabled children": {"in_need": 68, "protection": 8, "in_care": 24},
}
BANDS = {
    "assessment": {"unborn": 4, "baby": 12, "young": 33, "middle": 28, "teen": 23},
    "in_need": {"unborn": 2, "baby": 10, "young": 34, "middle": 30, "teen": 24},
    "protection": {"unborn": 6, "baby": 17, "young": 36, "middle": 25, "teen": 16},
    "in_care": {"baby": 8, "young": 21, "middle": 32, "teen": 39},
    "leaving_care": {"teen": 24, "leaver": 76},
}
# Age in days on the day a child is made for.
AGES = {
    "baby": (75, 670),
    "young": (790, 2850),
    "middle": (2980, 4690),
    "teen": (4810, 6200),
    "leaver": (6680, 8500),
}
# Those who are about to leave care.
LEAVING = (6230, 6450)
# How many days before that day the case was opened.
OPEN_FOR = {
    "assessment": (75, 165),
    "in_need": (200, 700),
    "protection": (200, 620),
    "in_care": (260, 2600),
    "leaving_care": (300, 1500),
}
LEGAL = {
    "protection": {LegalStatus.NONE: 78, LegalStatus.PRE_PROCEEDINGS: 22},
    "in_care": {
        LegalStatus.FULL_ORDER: 56,
        LegalStatus.INTERIM_ORDER: 22,
        LegalStatus.SECTION_20: 22,
    },
}
# How many of the cases to be audited only few may see.
RESTRICTED, RESTRICTED_NOW = 5, 1
DAY = timedelta(days=1)

Cells = dict[tuple[date, str], list[Child]]


@dataclass(frozen=True)
class Register:
    """All children: those of the seven months, those of today, and who is audited when."""

    earlier: tuple[Child, ...]
    later: tuple[Child, ...]
    to_audit: Cells


def plan_children(seed: int, people: tuple[Person, ...], today: date) -> Register:
    """Everyone on the case lists; the same for the same seed, people and day."""
    maker = Maker(seed, people)
    seven = {
        (month.month, cell.service): maker.some(cell.service, cell.planned, _middle(month.month))
        for month in figures.MONTHS
        for cell in month.cells
    }
    now = {
        (first_of(today), service): maker.some(service, count, today)
        for service, count in OPEN_ROUND.items()
    }
    maker.restrict_some(seven, RESTRICTED)
    maker.restrict_some(now, RESTRICTED_NOW)
    later_count = CHILDREN - EARLIER_CHILDREN
    return Register(
        earlier=tuple(maker.with_families(_pairs(seven), EARLIER_CHILDREN)),
        later=tuple(maker.with_families(_pairs(now, today), later_count)),
        to_audit=seven | now,
    )


def _middle(month: date) -> date:
    return month + MIDDLE * DAY


def _pairs(cells: Cells, middle: date | None = None) -> list[tuple[Child, date]]:
    """Each child with the day it was made for."""
    return [(child, middle or _middle(month)) for (month, _), row in cells.items() for child in row]


class Maker:
    """Draws children, families and references one after another."""

    def __init__(self, seed: int, people: tuple[Person, ...]) -> None:
        self.rng = Random(f"children {seed}")
        self.references = iter(self.rng.sample(range(100_000, 990_000), 2 * CHILDREN))
        self.letters = read_staff().initials
        self.families = 0
        self.workers: dict[str, list[str]] = {}
        for person in people:
            if person.works_cases:
                self.workers.setdefault(person.unit, []).append(person.email)

    def some(self, service: str, count: int, middle: date) -> list[Child]:
        """So many children of a service."""
        return [self.child(service, middle) for _ in range(count)]

    def restrict_some(self, cells: Cells, count: int) -> None:
        """Restrict so many of the cases to be audited."""
        for key in self.rng.sample(list(cells), count):
            place = self.rng.randrange(len(cells[key]))
            cells[key][place] = replace(cells[key][place], is_restricted=True)

    def with_families(self, made: Iterable[tuple[Child, date]], count: int) -> Iterator[Child]:
        """The children with brothers and sisters, and others, up to a number."""
        rows = list(made)
        yield from (child for child, _ in rows)
        big = [row for row in rows if row[0].family and row[0].plan_kind != PlanKind.LEAVING_CARE]
        left = count - len(rows)
        for child, middle in self.rng.choices(big, k=left * 7 // 10):
            left -= 1
            yield self.sibling(child, middle)
        for _ in range(left):
            service = one(self.rng, OPEN_ROUND)
            yield self.child(service, rows[-1][1])

    def child(self, service: str, middle: date) -> Child:
        """A child for a month, with a family of its own or none that is known."""
        rng = self.rng
        plan = one(self.rng, PLANS[service])
        bands = dict(BANDS[plan])
        if service == "Disabled children":
            bands.pop("unborn", None)
        band = one(self.rng, bands)
        born, expected = self._birth(band, plan, middle)
        opened = self._opened(plan, band, born, middle)
        team = rng.choice(units.case_teams(service)).name
        self.families += 1
        worker, earlier, since = self._workers(team, opened, middle)
        return Child(
            reference=f"P{next(self.references)}",
            initials=rng.choice(self.letters) + rng.choice(self.letters),
            gender=Gender.UNKNOWN if born is None else rng.choice((Gender.FEMALE, Gender.MALE)),
            born_on=born,
            expected_on=expected,
            is_disabled=service == "Disabled children" or rng.random() < 0.07,
            plan_kind=PlanKind(plan),
            legal_status=self._legal(plan, band),
            team=team,
            family=self.families if rng.random() < 0.8 else None,
            opened_on=opened,
            worker=worker,
            earlier_worker=earlier,
            worker_since=since,
        )

    def sibling(self, child: Child, middle: date) -> Child:
        """A brother or sister of a child under eighteen, of another age."""
        rng = self.rng
        born = child.born_on or middle
        others = [born + timedelta(days=gap) for gap in (-1900, -1300, -800, -560, 560, 800, 1300)]
        youngest, oldest = middle - 75 * DAY, middle - 6400 * DAY
        fitting = [day for day in others if oldest < day < youngest]
        born_on = rng.choice(fitting) + timedelta(days=rng.randrange(60))
        disabled = child.is_disabled and child.service == "Disabled children"
        return replace(
            child,
            is_restricted=False,
            reference=f"P{next(self.references)}",
            initials=rng.choice(self.letters) + child.initials[1],
            gender=rng.choice((Gender.FEMALE, Gender.MALE)),
            born_on=min(born_on, youngest),
            expected_on=None,
            is_disabled=disabled and rng.random() < 0.6,
            opened_on=max(child.opened_on, born_on - 60 * DAY),
            worker_since=max(child.worker_since, born_on - 60 * DAY),
            earlier_worker=None if born_on > child.opened_on else child.earlier_worker,
        )

    def _birth(self, band: str, plan: str, middle: date) -> tuple[date | None, date | None]:
        if band == "unborn":
            return None, middle + timedelta(days=self.rng.randrange(20, 75))
        is_leaving = plan == "leaving_care" and band == "teen"
        youngest, oldest = LEAVING if is_leaving else AGES[band]
        return middle - timedelta(days=self.rng.randrange(youngest, oldest)), None

    def _opened(self, plan: str, band: str, born: date | None, middle: date) -> date:
        shortest, longest = (85, 125) if band == "unborn" else OPEN_FOR[plan]
        opened = middle - timedelta(days=self.rng.randrange(shortest, longest))
        if born is not None and opened < born - 90 * DAY:
            opened = min(born - timedelta(days=self.rng.randrange(90)), middle - 75 * DAY)
        return opened

    def _legal(self, plan: str, band: str) -> LegalStatus:
        if plan == "leaving_care":
            return LegalStatus.FULL_ORDER if band == "teen" else LegalStatus.NONE
        if plan == "in_care" and band in ("baby", "young") and self.rng.random() < 0.3:
            return LegalStatus.PLACEMENT_ORDER
        return one(self.rng, LEGAL[plan]) if plan in LEGAL else LegalStatus.NONE

    def _workers(self, team: str, opened: date, middle: date) -> tuple[str, str | None, date]:
        """The worker, one before them or none, and since when."""
        names = self.rng.sample(self.workers[team], 2)
        room = (middle - opened).days - 100
        if room < 20 or self.rng.random() > 0.35:
            return names[0], None, opened
        return names[0], names[1], opened + timedelta(days=40 + self.rng.randrange(room))
