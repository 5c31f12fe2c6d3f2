"""Who is given which child to audit: independent of the case, and true to how managers differ.

A minority of managers holds most of the audits that never come back, directors are late, and
some write little (tools.md section 16).
"""

from collections import Counter
from datetime import date, timedelta
from enum import Enum
from random import Random

from dateutil.relativedelta import relativedelta

from accounts.choices import ManagerLevel, MembershipKind
from reporting.demo import people as staff
from reporting.demo import units
from reporting.demo.children import Child
from reporting.demo.people import Person

LOOK_BACK = relativedelta(months=24)
# How much is given to one person of a level in a month, against others and at most.
SHARES = {
    ManagerLevel.TEAM: (1.0, 4),
    ManagerLevel.SERVICE: (0.8, 4),
    ManagerLevel.HEAD: (0.45, 2),
    ManagerLevel.DIRECTOR: (0.4, 1),
}
SLOW_SHARE = 0.42
BRIEF_SHARE = 0.08


class Fate(Enum):
    """What becomes of a planned audit."""

    RETURNED = "returned"
    EXEMPTED = "exempted"
    STARTED = "started"
    LEFT = "left"


# How likely slow and other auditors are to be the one, by what becomes of the audit.
LIKELY = {
    Fate.RETURNED: (0.1, 1.0),
    Fate.EXEMPTED: (1.0, 1.0),
    Fate.STARTED: (1.0, 0.7),
    Fate.LEFT: (1.0, 0.28),
}


def is_independent(person: Person, child: Child, on: date) -> bool:
    """Domain rule 3, from the plans alone; the verbs check it again on the records."""
    team = units.place(child.team)
    for held in person.belongings:
        if held.until_on and held.until_on < on - LOOK_BACK:
            continue
        leads = held.kind == MembershipKind.LEAD and held.unit != units.ROOT
        if held.unit == team.name or (leads and team.is_within(held.unit)):
            return False
    return True


class Auditors:
    """The managers who audit, and how much each has been given."""

    def __init__(self, seed: int, people: tuple[Person, ...]) -> None:
        self.rng = Random(f"auditors {seed}")
        self.people = [person for person in people if _audits(person)]
        first = staff.sign_in(people, "auditor")
        others = [person for person in self.people if person != first]
        self.slow = set(self.rng.sample(others, round(len(others) * SLOW_SHARE)))
        writers = [person for person in others if person not in self.slow]
        self.brief = set(self.rng.sample(writers, round(len(self.people) * BRIEF_SHARE)))
        self.loads: Counter[tuple[date, Person]] = Counter()

    def choose(self, child: Child, month: date, fate: Fate) -> Person:
        """An independent manager in post that month, with room for one more audit."""
        weights = [self._weight(person, child, month, fate) for person in self.people]
        person = self.rng.choices(self.people, weights)[0]
        self.loads[month, person] += 1
        return person

    def give(self, person: Person, month: date) -> Person:
        """Count one more audit for a person chosen otherwise."""
        self.loads[month, person] += 1
        return person

    def newest(self, month: date) -> Person:
        """Who began last before the month's audits were given out."""
        given_out = month - timedelta(days=10)
        begun = [person for person in self.people if person.main.from_on < given_out]
        return max(begun, key=lambda person: person.main.from_on)

    def _weight(self, person: Person, child: Child, month: date, fate: Fate) -> float:
        share, most = SHARES[person.level]
        load = self.loads[month, person]
        in_post = person.main.from_on <= month
        if load >= most or not in_post or not is_independent(person, child, month):
            return 0.0
        near = 3.0 if units.place(person.unit).is_within(child.service) else 1.0
        slow, quick = LIKELY[fate]
        likely = slow if person in self.slow else quick
        return share * near * likely / (1 + load) ** 1.5


def _audits(person: Person) -> bool:
    is_quality = units.place(person.unit).is_within(units.QUALITY)
    return person.level != ManagerLevel.OTHER and not is_quality
