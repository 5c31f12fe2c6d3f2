"""Every kind of bad row has its sentence, its line and its column, and changes nothing."""

import datetime

import pytest
import time_machine

from accounts.choices import UnitKind
from accounts.domain.people import SYSTEM_EMAIL, system_user
from accounts.models import HistoryEntry, Unit, User
from audits.models import Audit, Round
from cases.models import Case
from moderation.domain.importing import HasProblems, import_audits
from moderation.models import AuditImport
from tests.factories.accounts import UnitFactory
from tests.factories.import_files import EXEMPTED, MODERATED, RETURNED, ROW, bring, csv_file

pytestmark = pytest.mark.django_db

LONG = "x" * 41

BAD = {
    "no reference": (ROW | {"case_reference": " "}, "case_reference", "cell is empty"),
    "long reference": (ROW | {"case_reference": LONG}, "case_reference", "longer than 40"),
    "line break": (ROW | {"case_reference": "C\x0b1"}, "case_reference", "can't be seen"),
    "no month": (ROW | {"month": ""}, "month", "cell is empty"),
    "bad month": (ROW | {"month": "Nov 2023"}, "month", "is not a month"),
    "month to come": (ROW | {"month": "2024-01"}, "month", "still to come"),
    "no team": (ROW | {"team": ""}, "team", "cell is empty"),
    "half a team": (ROW | {"team": "Protection > "}, "team", "names no team"),
    "long team": (ROW | {"team": "x" * 121}, "team", "longer than 120"),
    "no day": (ROW | {"planned_on": "soon"}, "planned_on", "is no date"),
    "no such day": (ROW | {"planned_on": "31/11/2023"}, "planned_on", "no day of the calendar"),
    "two-digit year": (ROW | {"planned_on": "01/11/23"}, "planned_on", "is no date"),
    "long ago": (ROW | {"planned_on": "1923-11-01"}, "planned_on", "before the year 2000"),
    "day to come": (ROW | {"planned_on": "2023-12-24"}, "planned_on", "still to come"),
    "far from the month": (ROW | {"planned_on": "2022-11-01"}, "planned_on", "half a year"),
    "no address": (ROW | {"auditor_email": "Amira"}, "auditor_email", "no e-mail address"),
    "the program": (ROW | {"auditor_email": SYSTEM_EMAIL}, "auditor_email", "program's own"),
    "excused without reason": (
        ROW | {"exempted_on": "2023-11-10"},
        "exemption_reason",
        "needs a reason",
    ),
    "reason without day": (
        ROW | {"exemption_reason": "vacant_post"},
        "exempted_on",
        "write the day",
    ),
    "unknown reason": (
        EXEMPTED | {"exemption_reason": "too busy"},
        "exemption_reason",
        "no reason",
    ),
    "excused and returned": (RETURNED | EXEMPTED, "exempted_on", "not both"),
    "returned too early": (RETURNED | {"returned_on": "2023-10-31"}, "returned_on", "is before"),
    "returned without grade": (
        RETURNED | {"overall_practice_grade": ""},
        "overall_practice_grade",
        "needs its overall grade",
    ),
    "grade without return": (RETURNED | {"returned_on": ""}, "returned_on", "There are grades"),
    "no grade": (
        RETURNED | {"overall_practice_grade": "Fine"},
        "overall_practice_grade",
        "is no grade",
    ),
    "a figure": (RETURNED | {"overall_practice_grade": "3"}, "overall_practice_grade", "4 or 1"),
    "bad domain grade": (
        RETURNED | {"domain: Plans (practice)": "x"},
        "domain: Plans (practice)",
        "is no grade",
    ),
    "moderated without day": (MODERATED | {"moderated_on": ""}, "moderated_on", "write the day"),
    "moderated without grade": (
        MODERATED | {"moderated_practice_grade": ""},
        "moderated_practice_grade",
        "needs its overall grade",
    ),
    "moderated too early": (
        MODERATED | {"moderated_on": "2023-11-13"},
        "moderated_on",
        "before the audit was returned",
    ),
    "moderated, never returned": (
        ROW | {"moderated_on": "2023-11-20", "moderated_practice_grade": "Good"},
        "returned_on",
        "Only returned audits",
    ),
    "outcome of the moderator alone": (
        MODERATED | {"moderated_outcome_grade": "Good"},
        "overall_outcome_grade",
        "write the auditor's",
    ),
    "own moderation": (
        MODERATED | {"auditor_email": "a@b.example", "moderator_email": "A@b.example"},
        "moderator_email",
        "an audit of their own",
    ),
}


@pytest.fixture(autouse=True)
def in_december():
    with time_machine.travel(datetime.datetime(2023, 12, 6, 6, tzinfo=datetime.UTC), tick=False):
        yield


def counts() -> list[int]:
    kinds = (Audit, AuditImport, Case, HistoryEntry, Round, Unit, User)
    return [kind.objects.count() for kind in kinds]


def problems(world, *rows):
    """What is wrong with the rows; that nothing has been written."""
    assert system_user().is_system
    return problems_of(csv_file(*rows), by=world.qa_manager)


def problems_of(content: bytes, *, by: User):
    before = counts()
    with pytest.raises(HasProblems) as refusal:
        import_audits(content, file_name="audits.csv", by=by)
    assert counts() == before
    return refusal.value.problems


@pytest.mark.parametrize(("row", "column", "words"), BAD.values(), ids=BAD)
def test_a_bad_row_is_named_and_nothing_is_imported(world, row, column, words):
    good = ROW | {"case_reference": "C2"}
    (problem,) = [found for found in problems(world, good, row) if found.column == column]
    assert (problem.line, problem.column) == (3, column)
    assert words in problem.sentence
    assert problem.sentence.endswith(".")


def test_all_bad_rows_are_listed_by_line(world):
    rows = [row for row, _, _ in BAD.values()]
    rows = [row | {"case_reference": f"{row['case_reference']}{n}"} for n, row in enumerate(rows)]
    named = {problem.line for problem in problems(world, *rows)}
    assert set(range(5, len(rows) + 2)) <= named


def test_the_same_audit_twice_names_both_lines(world):
    (problem,) = problems(world, ROW, ROW | {"case_reference": "C2"}, ROW)
    assert problem.line == 4
    assert "Line 2" in problem.sentence


def test_a_name_that_several_teams_have_asks_for_the_service(world):
    for service in (world.protection_service, world.care_service):
        UnitFactory(name="Duty", kind=UnitKind.TEAM, parent=service)
    (problem,) = problems(world, ROW | {"team": "Duty"})
    assert "2 units called “Duty”" in problem.sentence
    assert not bring(world, ROW | {"team": "children in care > duty"}).units_to_make


def test_more_cells_than_titles(world):
    content = csv_file(ROW) + b"C2,2023-11,Duty, East,2023-11-01\r\n"
    lines = {(one.line, one.column) for one in problems_of(content, by=world.qa_manager)}
    assert (3, "the end of the line") in lines
