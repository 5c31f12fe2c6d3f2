"""What a file would do: the audits it adds and corrects, and all that it needs made for them."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from accounts.domain.authority import authority_name
from accounts.models import Unit, User
from audits.choices import Axis, Grade
from audits.models import Round
from cases.models import Case
from kit.months import month_name
from kit.spreadsheets.problems import FIGURE, BadCell, Problem
from moderation.domain.importing import people
from moderation.domain.importing.columns import Columns
from moderation.domain.importing.comparing import Comparison, Correction, compare
from moderation.domain.importing.grades import NOT_APPLICABLE
from moderation.domain.importing.places import Place, Places
from moderation.domain.importing.recorded import Known, columns_in, recorded, rounds_of
from moderation.domain.importing.row import AuditRow, check_row
from moderation.domain.importing.rows import FileRows
from moderation.domain.importing.tool import same_domain


@dataclass(frozen=True)
class Entry:
    """One audit to add (`known` is None) or to correct: how it will stand, and in which team."""

    row: AuditRow
    place: Place
    known: Known | None
    corrections: tuple[Correction, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everybody the audit names, the unnamed included."""
        found = [self.row.auditor_email or people.AUDITOR.email]
        if self.row.moderated_on:
            found.append(self.row.moderator_email or people.MODERATOR.email)
        if self.row.exempted_on:
            found.append(people.APPROVER.email)
        return tuple(found)


@dataclass(frozen=True)
class MonthCount:
    """What a month's rows add up to; `standing` counts the overall practice grades that stand."""

    month: datetime.date
    planned: int
    exempted: int
    returned: int
    moderated: int
    standing: Mapping[Grade, int]


@dataclass(frozen=True)
class Here:
    """What there is already: the organisation, people, cases and rounds the file refers to."""

    places: Places
    people: Mapping[str, User]
    cases: Mapping[str, Case]
    rounds: Mapping[datetime.date, Round]


@dataclass(frozen=True)
class Plan:
    """What an import will do. With `problems` it does nothing."""

    file: FileRows
    here: Here
    entries: Sequence[Entry]
    rows: Sequence[AuditRow]
    problems: Sequence[Problem]

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.known is None]

    @property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.known is not None]

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.entries)

    @property
    def asks_for_best(self) -> bool:
        """Whether grades are figures and nobody has said which end is best."""
        return any(problem.reason == FIGURE for problem in self.problems)

    @property
    def units_to_make(self) -> list[Place]:
        return list(self.here.places.to_make)

    @property
    def people_to_make(self) -> list[str]:
        """Addresses that nobody has yet."""
        named = {address for entry in self.entries for address in entry.addresses}
        return sorted(named - set(self.here.people))

    @property
    def people_in_words(self) -> list[str]:
        return [people.in_words(address) for address in self.people_to_make]

    @property
    def cases_to_make(self) -> list[str]:
        wanted = dict.fromkeys(entry.row.case_reference for entry in self.entries)
        return [reference for reference in wanted if reference not in self.here.cases]

    @property
    def months_to_open(self) -> list[datetime.date]:
        """Months without a monthly round, oldest first."""
        wanted = {entry.row.month for entry in self.entries}
        return sorted(wanted - set(self.here.rounds))

    @property
    def months(self) -> list[MonthCount]:
        """The figures of the file's audits by month, as they will stand."""
        found: dict[datetime.date, list[AuditRow]] = {}
        for row in self.rows:
            found.setdefault(row.month, []).append(row)
        return [_count(month, found[month]) for month in sorted(found)]


def make_plan(file: FileRows, *, today: datetime.date) -> Plan:
    """Compare the file with what is recorded. Reads only; `today` is London's day."""
    months = {row.month for row in file.rows}
    units = Unit.objects.order_by("path")
    here = Here(
        places=Places(units, authority=authority_name()),
        people=people.people_by_email(),
        cases=_cases(file),
        rounds=rounds_of(months),
    )
    known = recorded(here.rounds, file.columns, here.places)
    judged = [_judge(row, known.get(row.key), file.columns, here, today) for row in file.rows]
    problems = [*file.problems, *_same_domain(file.columns, here)]
    problems += [problem for _, _, wrong in judged for problem in wrong]
    entries = [entry for entry, _, wrong in judged if entry and not wrong]
    return Plan(file, here, entries, [row for _, row, _ in judged], sorted(problems))


Judged = tuple[Entry | None, AuditRow, list[Problem]]


def _judge(
    row: AuditRow, known: Known | None, columns: Columns, here: Here, today: datetime.date
) -> Judged:
    """The entry that a row leads to (None when nothing changes), and what is wrong with it."""
    if known and known.row is None:
        sentence = "This audit was made here, and a file never changes it: leave the row out."
        return None, row, [Problem(row.line, "case_reference", sentence)]
    try:
        place = here.places.find(row.team)
    except BadCell as bad:
        return None, row, [Problem(row.line, "team", str(bad))]
    row = replace(row, team=place.parts)
    found = compare(row, known.row, columns) if known and known.row else Comparison(row)
    if known and not found.corrections and not found.problems:
        return None, found.row, []
    entry = Entry(found.row, place, known, found.corrections)
    wrong = found.problems or tuple(check_row(found.row, today=today))
    return entry, found.row, [*wrong, *_forbidden(entry, columns, here)]


def _forbidden(entry: Entry, columns: Columns, here: Here) -> Iterator[Problem]:
    """What cannot be done because of what there is already."""
    row = entry.row
    held = here.rounds.get(row.month)
    if entry.known and entry.known.worked_on:
        yield Problem(
            row.line,
            "case_reference",
            "Someone has worked on this audit here since it was imported: correct it here, and "
            "leave the row out.",
        )
    if held and held.returns_closed_at:
        yield Problem(
            row.line,
            "month",
            f"The returns of {month_name(row.month)} are closed, so nothing in it changes: leave "
            "the row out, or have the month reopened.",
        )
    if held:
        yield from _not_graded(row, columns, held)
    for column in ("auditor_email", "moderator_email"):
        person = here.people.get(getattr(row, column))
        if person and person.is_system:
            yield Problem(row.line, column, "That address is the program's own: name a person.")


def _not_graded(row: AuditRow, columns: Columns, held: Round) -> Iterator[Problem]:
    version = held.tool_version
    known = columns_in(version, columns)
    lacking = [
        str(column)
        for column in row.domain_grades
        if column not in known or column.axis not in version.axes
    ]
    if row.overall_outcome_grade and Axis.OUTCOME not in version.axes:
        lacking.append("overall_outcome_grade")
    for column in lacking:
        yield Problem(
            row.line,
            column,
            f"The round of {month_name(row.month)} is on “{version.tool}”, which has no such "
            "grade: name the column after one of its domains, or leave it out.",
        )
    for graded, mark in row.domain_grades.items():
        domain = known.get(graded)
        if domain and mark == NOT_APPLICABLE and not domain.may_be_not_applicable:
            sentence = f"“{domain}” applies to every child: write one of the four grades."
            yield Problem(row.line, str(graded), sentence)


def _same_domain(columns: Columns, here: Here) -> list[Problem]:
    versions = [None, *{held.tool_version for held in here.rounds.values()}]
    pairs = {pair for version in versions for pair in same_domain(columns, version)}
    return [
        Problem(1, str(later), f"This is the same domain as “{first}”: keep one of the two.")
        for first, later in pairs
    ]


def _cases(file: FileRows) -> dict[str, Case]:
    wanted = {row.case_reference for row in file.rows}
    return Case.objects.in_bulk(wanted, field_name="reference")


def _count(month: datetime.date, rows: Sequence[AuditRow]) -> MonthCount:
    standing = Counter(row.standing.get(Axis.PRACTICE) for row in rows)
    return MonthCount(
        month=month,
        planned=len(rows),
        exempted=sum(row.exempted_on is not None for row in rows),
        returned=sum(row.returned_on is not None for row in rows),
        moderated=sum(row.moderated_on is not None for row in rows),
        standing={grade: standing[grade] for grade in Grade},
    )
