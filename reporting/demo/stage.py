"""What the events of the demonstration act on: the plans, and the records made so far."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from accounts.choices import Role
from accounts.models import Unit, User
from audits.models import Domain, Theme, ToolVersion
from cases.models import Case
from reporting.demo import people as staff
from reporting.demo import units
from reporting.demo.auditors import Auditors
from reporting.demo.children import Child
from reporting.demo.content import Writer
from reporting.demo.families import Register
from reporting.demo.people import Person
from reporting.demo.timeline import Timeline


@dataclass
class Stage:
    seed: int
    today: date
    people: tuple[Person, ...]
    register: Register
    auditors: Auditors
    writer: Writer
    version: ToolVersion
    units: dict[str, Unit]
    users: dict[str, User]
    timeline: Timeline = field(default_factory=Timeline)
    cases: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(f"events {self.seed}")
        self.domains: dict[str, Domain] = {row.code: row for row in self.version.domains.all()}
        self.themes: dict[str, Theme] = {row.code: row for row in Theme.objects.all()}
        self.qa_officers = staff.with_role(self.people, Role.QA_OFFICER)

    def user(self, person: Person) -> User:
        return self.users[person.email]

    def case(self, child: Child) -> Case:
        return self.cases[child.reference]

    @property
    def qa_manager(self) -> User:
        return self.user(staff.sign_in(self.people, "qa.manager"))

    @property
    def head_of_quality(self) -> User:
        return self.user(staff.with_role(self.people, Role.QA_MANAGER)[0])

    def manager(self, child: Child, moment: datetime) -> User:
        """Who answers for the child's team at the moment."""
        return self.user(staff.manager_of(self.people, child.team, moment.date()))

    def line(self, child: Child, moment: datetime) -> list[User]:
        """Those who answer for the child's team at the moment, from the nearest up."""
        above = (child.team, *reversed(units.place(child.team).above[1:]))
        found = [staff.manager_of(self.people, unit, moment.date()) for unit in above]
        return [self.user(person) for person in found]

    def head(self, service: str, moment: datetime) -> User:
        return self.user(staff.manager_of(self.people, service, moment.date()))
