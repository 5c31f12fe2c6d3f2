"""Behind each figure stands a list with as many rows: the same conditions, counted twice."""

import datetime
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from accounts.choices import ManagerLevel, Role
from audits.choices import ExemptionReason, RoundKind
from audits.domain.registers import AuditRegister
from audits.filters import AuditFilters
from audits.models import SafetyAnswer
from moderation.domain.reading import reading_of
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.reporting.records import AS_AT, NOVEMBER, OCTOBER, Records, done

YESTERDAY, NEXT_WEEK = datetime.date(2023, 12, 7), datetime.date(2023, 12, 15)
WEAK = {"A": (2, 1), "Z": (1, 2)}
STRONG = {"A": (4, None), "Z": (4, 3)}


@pytest.fixture
def records(db):
    """Audits in every state that a figure counts, of two months and two services."""
    made = Records()
    october = made.round(OCTOBER)
    made.exempted(made.audit(), reason=ExemptionReason.SICK_LEAVE)
    made.exempted(made.audit(round=october), withdrawn=-1)
    made.audit(due_on=YESTERDAY, auditor_level=ManagerLevel.DIRECTOR)
    made.extended(made.audit(due_on=YESTERDAY), NEXT_WEEK, approved=-30)
    made.audit(**done("voided", -1, made.second))
    made.audit(round=made.round(NOVEMBER, kind=RoundKind.THEMED))
    made.returned(team=made.care_team)
    made.returned(grades=WEAK, round=october)
    made.returned(-1, due_on=YESTERDAY - datetime.timedelta(days=1))
    made.version(made.audit(), -30, sent_back=-20, grades=STRONG)
    strong = made.returned(grades=STRONG)
    made.change(strong, 3, hours=-5)
    made.moderated(strong, 3)
    made.moderated(made.returned(), 3)
    SafetyAnswer.objects.create(audit_return=strong, judgement="safe", evidence="Seen.")
    unsafe = made.returned(round=october)
    SafetyAnswer.objects.create(audit_return=unsafe, judgement="not_safe", evidence="Not seen.")
    return made


def as_codes(wanted: dict[str, object]) -> dict[str, object]:
    """Months and units as an address has them."""
    found = dict(wanted)
    for name in {"first", "last"} & found.keys():
        found[name] = f"{found[name]:%Y-%m}"
    if "unit" in found:
        found["unit"] = found["unit"].public_id
    return found


@pytest.fixture
def rows(records):
    """How many rows a head of the authority's one department finds by these codes."""
    head = UserFactory()
    RoleGrantFactory(user=head, role=Role.HEAD_OF_SERVICE, unit=records.authority)

    def count(**codes: object) -> int:
        register = AuditRegister(head, reading=reading_of(head, at=AS_AT), at=AS_AT)
        filters = AuditFilters(QueryDict(urlencode(as_codes(codes))), register=register)
        assert not filters.errors
        return filters.qs.count()

    return count


STATES = ("planned", "exempted", "scheduled", "returned", "late", "overdue", "extended")


@pytest.mark.parametrize("state", STATES)
def test_states_of_returns(records, rows, state):
    figures = records.figures().returns
    assert getattr(figures.total, state) > 0
    assert rows(state=state) == getattr(figures.total, state)
    assert [rows(state=state, first=row.month, last=row.month) for row in figures.months] == [
        getattr(row.counts, state) for row in figures.months
    ]


def test_outstanding_is_what_has_not_come_back(records, rows):
    assert rows(state="outstanding") == records.figures().returns.total.not_returned > 0


def test_a_unit_has_the_rows_of_its_teams(records, rows):
    for unit in (records.care, records.protection, records.team):
        total = records.figures(scope=unit).returns.total
        assert (rows(unit=unit), rows(unit=unit, state="returned")) == (
            total.planned,
            total.returned,
        )


def test_levels_and_reasons(records, rows):
    figures = records.figures().returns
    assert [rows(level=row.code, state="planned") for row in figures.levels] == [
        row.counts.planned for row in figures.levels
    ]
    assert [rows(reason=row.code) for row in figures.exemptions] == [
        row.count for row in figures.exemptions
    ]


def test_standing_and_own_grades(records, rows):
    grades = records.figures().grades
    assert [rows(grade=grade) for grade in (4, 3, 2, 1)] == list(grades.standing.best_first)
    assert [rows(own=grade) for grade in (4, 3, 2, 1)] == list(grades.own.best_first)
    assert grades.standing != grades.own


def test_moderated_and_lowered(records, rows):
    grades = records.figures().grades
    assert (rows(state="moderated"), rows(state="lowered")) == (grades.moderated, grades.lowered)
    assert (grades.moderated, grades.lowered) == (2, 1)


def test_practice_by_outcome(records, rows):
    matrix = records.figures().grades.practice_by_outcome
    assert matrix.total > 0
    assert matrix.rows == tuple(
        tuple(rows(practice=practice, outcome=outcome) for outcome in (4, 3, 2, 1))
        for practice in (4, 3, 2, 1)
    )


def test_sections_on_both_axes(records, rows):
    for row in records.figures().grades.domains:
        domain = "" if row.is_overall else row.code
        for axis in ("practice", "outcome"):
            found = [rows(domain=domain, **{axis: grade}) for grade in (4, 3, 2, 1)]
            assert found == list(getattr(row, axis).best_first)
            left_out = getattr(row, f"{axis}_not_applicable")
            assert rows(domain=domain, **{axis: "na"}) == left_out


def test_other_rounds_only_when_asked_for(records, rows):
    assert rows(kind=RoundKind.THEMED) == 1
    assert rows() == records.figures().returns.total.planned


def test_safety_answers(records, rows):
    safety = records.figures().safety
    assert rows(safety="answered") == safety.answered_share.n == 2
    assert (rows(safety="safe"), rows(safety="not_safe")) == (safety.safe, safety.unsafe) == (1, 1)
