"""Counted in SQL equals counted in plain Python and by the statements in sql/, on random worlds.

A world is drawn as plain values, written as rows, and recounted from the values: what the rows
say is never read for the expectation. Hours around the moment include the moment itself.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from audits.choices import Axis
from kit.months import LONDON
from tests.reporting.records import AS_AT, NOVEMBER, OCTOBER, Records, at, done
from tests.reporting.recount import check_recount

MONTHS = (OCTOBER, NOVEMBER)
HEADLINES = (Axis.PRACTICE, Axis.OUTCOME)
TODAY = AS_AT.astimezone(LONDON).date()

hours = st.sampled_from([-30, -7, -2, -1, 0, 1, 2])
grade = st.integers(1, 4)
day = st.integers(-3, 3).map(lambda days: TODAY + datetime.timedelta(days=days))


@dataclass(frozen=True)
class Version:
    """A return: when, until when, its two overall grades, later changes and a moderation."""

    returned: int
    sent_back: int | None
    own: tuple[int, int]
    changes: tuple[tuple[int, int], ...] = ()
    moderation: tuple[int, int | None, int] | None = None

    def is_in_force(self) -> bool:
        return before(self.returned) and not before(self.sent_back)

    def standing(self) -> int:
        """The own practice grade, or what the last change before the moment said."""
        made = [new for moment, new in self.changes if before(moment)]
        return made[-1] if made else self.own[0]


@dataclass(frozen=True)
class Given:
    month: int
    team: int
    allocated: int
    voided: int | None
    due_on: datetime.date
    exemption: tuple[int, int | None] | None
    extensions: tuple[tuple[int, int], ...]
    versions: tuple[Version, ...] = field(default_factory=tuple)

    def is_planned(self) -> bool:
        return before(self.allocated) and not before(self.voided)

    def is_exempted(self) -> bool:
        return bool(self.exemption and before(self.exemption[0]) and not before(self.exemption[1]))

    def in_force(self) -> Version | None:
        return next((version for version in self.versions if version.is_in_force()), None)

    def due_at(self, moment: int) -> datetime.date:
        """The round's date and what was added before the moment."""
        added = sum(days for approved, days in self.extensions if approved < moment)
        return self.due_on + datetime.timedelta(days=added)

    def is_late(self) -> bool:
        first = self.versions[0].returned
        return at(first).astimezone(LONDON).date() > self.due_at(first)


def before(moment: int | None) -> bool:
    return moment is not None and moment < 0


@st.composite
def versions(draw) -> tuple[Version, ...]:
    """None, one, or one sent back and the next; changes and moderation of the last."""
    moments = sorted(draw(st.lists(hours, max_size=3, unique=True)))
    pairs = st.tuples(grade, grade)
    if len(moments) < 3:
        spans = [(moments[0], moments[1] if moments[1:] else None)] if moments else []
    else:
        spans = [(moments[0], moments[1]), (moments[2], None)]
    made = [Version(start, end, draw(pairs)) for start, end in spans]
    if made and made[-1].sent_back is None:
        last = made.pop()
        made.append(Version(last.returned, None, last.own, draw(changes(last)), draw(second(last))))
    return tuple(made)


@st.composite
def changes(draw, version: Version) -> tuple[tuple[int, int], ...]:
    found, stands = [], version.own[0]
    for moment in sorted(
        draw(st.sets(st.integers(version.returned + 1, version.returned + 4), max_size=2))
    ):
        stands = draw(grade.filter(lambda new, old=stands: new != old))
        found.append((moment, stands))
    return tuple(found)


@st.composite
def second(draw, version: Version) -> tuple[int, int | None, int] | None:
    """Committed, settled or waiting, and the settled grade; or no moderation."""
    committed = draw(st.none() | st.integers(version.returned, version.returned + 3))
    if committed is None:
        return None
    return (committed, draw(st.none() | st.integers(committed, committed + 3)), draw(grade))


@st.composite
def spans(draw) -> tuple[int, int | None]:
    start = draw(hours)
    return start, draw(st.none() | st.integers(start, start + 3))


audits = st.builds(
    Given,
    month=st.integers(0, 1),
    team=st.integers(0, 1),
    allocated=st.just(-3000) | st.integers(-2, 2),
    voided=st.none() | st.integers(-2, 2),
    due_on=day,
    exemption=st.none() | spans(),
    extensions=st.lists(st.tuples(hours, st.integers(1, 3)), max_size=2).map(
        lambda found: tuple(sorted(found))
    ),
    versions=versions(),
).map(lambda found: found if not found.versions else without_exemption(found))


def without_exemption(found: Given) -> Given:
    """A returned audit cannot be exempted: the verbs refuse it."""
    return Given(**{**vars(found), "exemption": None})


def write(records: Records, world: list[Given]) -> None:
    """The rows; November's tool has the outcome as its headline axis, October's the practice."""
    rounds = [
        records.round(month, tool_version=records.new_tool(f"T{number}", headline_axis=axis))
        for number, (month, axis) in enumerate(zip(MONTHS, HEADLINES, strict=True))
    ]
    for given_audit in world:
        audit = records.audit(
            round=rounds[given_audit.month],
            team=(records.team, records.care_team)[given_audit.team],
            allocated=given_audit.allocated,
            due_on=given_audit.due_on,
            **done("voided", given_audit.voided, records.second),
        )
        write_dates(records, audit, given_audit)
        for number, version in enumerate(given_audit.versions, start=1):
            write_version(records, audit, number, version, HEADLINES[given_audit.month])


def write_dates(records: Records, audit, given_audit: Given) -> None:
    if given_audit.exemption:
        records.exempted(audit, *given_audit.exemption)
    for approved, days in given_audit.extensions:
        later = audit.due_on + datetime.timedelta(days=days)
        records.extended(audit, later, approved=approved)


def write_version(records: Records, audit, number: int, version: Version, axis: Axis) -> None:
    """The own pair is (headline axis, other axis); changes are of the headline axis."""
    pair = version.own if axis == Axis.PRACTICE else version.own[::-1]
    made = records.version(
        audit, version.returned, number=number, sent_back=version.sent_back, grades={"Z": pair}
    )
    ends = [*(moment for moment, _ in version.changes), None][1:]
    for (moment, new), end in zip(version.changes, ends, strict=True):
        records.change(made, new, hours=moment, superseded=end, axis=axis)
    if version.moderation:
        committed, settled, settled_grade = version.moderation
        records.moderated(made, settled_grade, committed=committed, settled=settled)


def month_counts(audits: list[Given]) -> tuple[int, ...]:
    planned = [one for one in audits if one.is_planned()]
    back = [one for one in planned if one.in_force()]
    out = [one for one in planned if not one.in_force() and not one.is_exempted()]
    is_due = [one.due_at(0) < TODAY for one in out]
    extended = [
        not is_late and one.due_on < TODAY for one, is_late in zip(out, is_due, strict=True)
    ]
    exempted = sum(one.is_exempted() for one in planned)
    late = sum(one.is_late() for one in back)
    return (len(planned), exempted, len(back), late, sum(is_due), sum(extended))


def grade_counts(grades: list[int]) -> tuple[int, ...]:
    found = Counter(grades)
    return tuple(found[value] for value in (4, 3, 2, 1))


def in_force(audits: list[Given]) -> list[Version]:
    found = [one.in_force() for one in audits if one.is_planned()]
    return [version for version in found if version]


def moderated(versions: list[Version], *, settled: bool) -> list[tuple[int, int]]:
    """Own and settled grade of the moderations settled before the moment, or still waiting."""
    return [
        (one.own[0], one.moderation[2])
        for one in versions
        if one.moderation and before(one.moderation[0]) and before(one.moderation[1]) is settled
    ]


class CountedEqualsRecounted(TestCase):
    @settings(max_examples=40)
    @given(world=st.lists(audits, max_size=12))
    def test_any_world(self, world):
        records = Records()
        write(records, world)
        found = records.figures()
        assert [row.month for row in found.returns.months] == list(MONTHS)
        for place, row in enumerate(found.returns.months):
            here = [one for one in world if one.month == place]
            self.check_month(here, place, row.counts, found)
        self.check_moderation(in_force(world), found.moderation)
        self.check_services(world, found.returns.services)
        check_recount(found, scope=records.authority)
        check_recount(records.figures(scope=records.care), scope=records.care)

    def check_month(self, here, place, counts, found):
        assert tuple(vars(counts).values()) == month_counts(here)
        back, grades = in_force(here), found.grades.months[place]
        assert grades.own.best_first == grade_counts([one.own[0] for one in back])
        assert grades.standing.best_first == grade_counts([one.standing() for one in back])
        assert grades.moderated == len(moderated(back, settled=True))

    def check_moderation(self, back, found):
        pairs = moderated(back, settled=True)
        compared = Counter((new > own) - (new < own) for own, new in pairs)
        assert (found.counts.downgraded, found.counts.supported, found.counts.upgraded) == (
            compared[-1],
            compared[0],
            compared[1],
        )
        assert found.waiting == len(moderated(back, settled=False))
        assert found.matrix.rows == tuple(
            tuple(pairs.count((own, new)) for new in (4, 3, 2, 1)) for own in (4, 3, 2, 1)
        )

    def check_services(self, world, services):
        by_name = {row.name: tuple(vars(row.period).values()) for row in services}
        for team, name in enumerate(("Protection", "Care")):
            expected = month_counts([one for one in world if one.team == team])
            assert by_name.get(name, (0,) * 6) == expected
