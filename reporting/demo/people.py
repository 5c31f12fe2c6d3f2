"""The people of Aireborough, about 140: planned from a seed without records, then written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from accounts.choices import SENSITIVE, ManagerLevel, MembershipKind, Role
from accounts.domain.memberships import join_unit
from accounts.domain.people import add_person
from accounts.domain.roles import grant_role
from accounts.models import Unit, User
from reporting.demo import units
from reporting.demo.texts import StaffTexts, read_staff

DOMAIN = "aireborough.example"
ARRIVED = (date(2018, 1, 8), date(2022, 2, 28))
# Their managers moved on, to lead the teams named beside them, and one post is filled later.
VACANT = {
    "Beacon Hill team": ("Thornfield team", date(2023, 4, 30)),
    "Tannery Lane team": ("Larkhill team", date(2023, 8, 31)),
    "Emergency duty team": ("Assessment team 4", date(2022, 11, 30)),
}
# Managers who began during the seven months.
NEW = {
    "Weir Street team": date(2023, 4, 11),
    "Permanence team 2": date(2023, 5, 8),
    "Stonebridge team": date(2023, 7, 3),
    "Eastgate team": date(2023, 9, 4),
    "Assessment team 2": date(2023, 10, 2),
}
FILLED = {"Beacon Hill team": date(2024, 1, 8), "Tannery Lane team": date(2024, 1, 15)}
WORKERS = {
    "Referral and assessment": 12,
    "Safeguarding East": 14,
    "Safeguarding West": 13,
    "Children in care": 11,
    "Leaving care": 6,
    "Disabled children": 5,
}
EAST = "Safeguarding East"
# The people a visitor can sign in as: what they are called on the list, and whom it is.
SIGN_INS = {
    "auditor": ("Auditor", "Team Manager", "Millbrook team"),
    "qa.officer": ("QA officer", "Quality Assurance Officer", units.QUALITY_TEAM),
    "head.of.service": (
        "Head of service",
        "Head of Service, Safeguarding East",
        "Safeguarding East",
    ),
    "committee.officer": ("Committee officer", "Scrutiny Officer", units.ROOT),
    "qa.manager": ("QA manager", "Quality Assurance Manager", units.QUALITY_TEAM),
    "administrator": ("Administrator", "Systems Administrator", units.ROOT),
    "governance": ("Information governance", "Information Governance Officer", units.ROOT),
}
LEVELS = {
    Role.DIRECTOR: ManagerLevel.DIRECTOR,
    Role.HEAD_OF_SERVICE: ManagerLevel.HEAD,
    Role.SERVICE_MANAGER: ManagerLevel.SERVICE,
    Role.TEAM_MANAGER: ManagerLevel.TEAM,
}


@dataclass(frozen=True)
class Belonging:
    """A membership with the role that goes with it at the same unit."""

    unit: str
    kind: MembershipKind
    role: Role | None
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    post: str
    belongings: tuple[Belonging, ...]
    role: Role | None = None
    level: ManagerLevel = ManagerLevel.OTHER
    works_cases: bool = False

    @property
    def main(self) -> Belonging:
        return self.belongings[-1]

    @property
    def unit(self) -> str:
        return self.main.unit


def plan_people(seed: int) -> tuple[Person, ...]:
    """Everyone, leaders first; the same for the same seed."""
    rng, staff = Random(f"people {seed}"), read_staff()
    names = _names(rng, staff)
    people = [*_leaders(rng, staff), *_quality(rng, staff), *_practice(rng, staff)]
    free = {(post, unit): local for local, (_, post, unit) in SIGN_INS.items()}
    return tuple(_named(person, next(names), free) for person in people)


def sign_in_address(who: str) -> str:
    """The e-mail address of one of `SIGN_INS`."""
    return f"{who}@{DOMAIN}"


def sign_in(people: tuple[Person, ...], who: str) -> Person:
    return next(person for person in people if person.email == sign_in_address(who))


def with_role(people: tuple[Person, ...], role: Role) -> list[Person]:
    return [person for person in people if person.role == role]


def leads(people: tuple[Person, ...], unit: str, on: date) -> Person | None:
    """Who leads the unit on a day, if anyone does."""
    return next((person for person in people if _leads(person, unit, on)), None)


def manager_of(people: tuple[Person, ...], team: str, on: date) -> Person:
    """The team's manager or, where nobody is, the manager of the next unit up that has one."""
    found = units.place(team)
    for unit in (team, *reversed(found.above)):
        person = leads(people, unit, on)
        if person:
            return person
    raise LookupError(f"Nobody leads {team} or a unit above it.")


def add_people(
    people: tuple[Person, ...], made: dict[str, Unit], *, by: User, now: datetime
) -> dict[str, User]:
    """Write them with memberships and roles; the users by e-mail address."""
    users = {}
    for person in people:
        users[person.email] = add_person(
            email=person.email, name=person.name, post=person.post, by=by, now=now
        )
    confirming = users[people[0].email], users[people[1].email]
    for person in people:
        user = users[person.email]
        second = confirming[0] if user != confirming[0] else confirming[1]
        for held in person.belongings:
            _add_belonging(user, held, made[held.unit], second, by=by, now=now)
    return users


def _add_belonging(
    user: User, held: Belonging, unit: Unit, second: User, *, by: User, now: datetime
) -> None:
    since, until = held.from_on, held.until_on
    join_unit(user, unit=unit, kind=held.kind, from_on=since, until_on=until, by=by, now=now)
    if held.role is None:
        return
    # Quality assurance and directors answer for the whole authority, wherever they belong.
    everywhere = {Role.QA_OFFICER, Role.QA_MANAGER, Role.DIRECTOR, Role.REPORT_RECIPIENT}
    at = Unit.objects.get(parent__isnull=True) if held.role in everywhere else unit
    confirmed_by = second if held.role in SENSITIVE else None
    grant_role(
        user,
        role=held.role,
        unit=at,
        from_on=since,
        until_on=until,
        confirmed_by=confirmed_by,
        by=by,
        now=now,
    )


def _leaders(rng: Random, staff: StaffTexts) -> Iterator[Person]:
    lead = MembershipKind.LEAD
    for post in staff.posts["director"]:
        yield _person(rng, post, units.ROOT, lead, Role.DIRECTOR)
    for service in WORKERS:
        yield _person(rng, f"Head of Service, {service}", service, lead, Role.HEAD_OF_SERVICE)
    yield from _managers(rng)


def _managers(rng: Random) -> Iterator[Person]:
    lead = MembershipKind.LEAD
    for area in (area for service in WORKERS for area in units.areas(service)):
        post = f"Service Manager, {area.name}"
        yield _person(rng, post, area.name, lead, Role.SERVICE_MANAGER)
    for team in (team for service in WORKERS for team in units.teams(service)):
        if team.name not in VACANT:
            yield _team_manager(rng, team.name)
    for home, since in FILLED.items():
        held = Belonging(home, lead, Role.TEAM_MANAGER, since)
        yield Person("", "", "Team Manager", (held,), held.role, ManagerLevel.TEAM)


def _team_manager(rng: Random, team: str) -> Person:
    """Some of them led another team before, which has nobody since."""
    lead, role = MembershipKind.LEAD, Role.TEAM_MANAGER
    for before, (now, until) in VACANT.items():
        if now == team:
            held = (
                Belonging(before, lead, role, date(2019, 9, 2), until),
                Belonging(team, lead, role, until + timedelta(days=1)),
            )
            return Person("", "", "Team Manager", held, role, ManagerLevel.TEAM)
    person = _person(rng, "Team Manager", team, lead, role)
    if team in NEW:
        return replace(person, belongings=(replace(person.main, from_on=NEW[team]),))
    return person


def _quality(rng: Random, staff: StaffTexts) -> Iterator[Person]:
    lead, member, home = MembershipKind.LEAD, MembershipKind.MEMBER, units.QUALITY_TEAM
    head, manager = staff.posts["quality_manager"]
    yield _person(rng, head, units.QUALITY, lead, Role.QA_MANAGER)
    yield _person(rng, manager, home, lead, Role.QA_MANAGER)
    for _ in range(6):
        yield _person(rng, staff.posts["quality_officer"][0], home, member, Role.QA_OFFICER)
    for _ in range(5):
        yield _person(rng, staff.posts["reviewing_officer"][0], "Reviewing officers", member)
    for _ in range(4):
        yield _person(rng, staff.posts["conference_chair"][0], "Conference chairs", member)
    for post in staff.posts["other"]:
        # They lead work for the whole service, and carry out its actions.
        yield _person(rng, post, units.QUALITY, member, Role.SERVICE_MANAGER)
    post = staff.posts["administrator"][0]
    yield _person(rng, post, units.ROOT, member, Role.ADMINISTRATOR)
    post = staff.posts["information_governance"][0]
    yield _person(rng, post, units.ROOT, member, Role.INFORMATION_GOVERNANCE)
    yield _person(rng, "Scrutiny Officer", units.ROOT, member, Role.REPORT_RECIPIENT)


def _practice(rng: Random, staff: StaffTexts) -> Iterator[Person]:
    member = MembershipKind.MEMBER
    for service, count in WORKERS.items():
        chosen = "adviser" if service == "Leaving care" else "worker"
        posts, homes = staff.posts[chosen], cycle(units.case_teams(service))
        for _ in range(count):
            team = next(homes).name
            yield _person(rng, rng.choice(posts), team, member, Role.PRACTITIONER, works_cases=True)
        for area in units.areas(service):
            team = rng.choice(units.teams(area.name)).name
            post = rng.choice(staff.posts["practice"])
            yield _person(rng, post, team, member, Role.PRACTITIONER)


def _person(
    rng: Random,
    post: str,
    unit: str,
    kind: MembershipKind,
    role: Role | None = None,
    *,
    works_cases: bool = False,
) -> Person:
    first, last = ARRIVED
    since = first + timedelta(days=rng.randrange((last - first).days))
    level = LEVELS.get(role, ManagerLevel.OTHER) if role else ManagerLevel.OTHER
    held = Belonging(unit, kind, role, since)
    return Person("", "", post, (held,), role, level, works_cases)


def _named(person: Person, name: str, free: dict[tuple[str, str], str]) -> Person:
    """With a name, and the address of a sign-in where this is the first such person."""
    local = free.pop((person.post, person.unit), name.lower().replace(" ", "."))
    return replace(person, name=name, email=f"{local}@{DOMAIN}")


def _names(rng: Random, staff: StaffTexts) -> Iterator[str]:
    """Names that nobody shares; first names recur, surnames once or twice."""
    firsts = [name for _ in range(4) for name in rng.sample(staff.first_names, 60)]
    lasts = [name for _ in range(3) for name in rng.sample(staff.surnames, 90)]
    given = set()
    for first, last in zip(firsts, lasts, strict=False):
        name = f"{first} {last}"
        if name not in given:
            given.add(name)
            yield name


def _leads(person: Person, unit: str, on: date) -> bool:
    """Whether they lead it for good: who has moved on since no longer holds the rights to act."""
    held = person.main
    return held.unit == unit and held.kind == MembershipKind.LEAD and held.from_on <= on
