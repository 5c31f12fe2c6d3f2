"""Rows as a file: whose, with which names, and what is written down about it."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import HistoryEntry
from audits.domain import exporting
from audits.models import Audit
from cases.domain.pseudonyms import study_number
from cases.models import Case
from tests.factories.registers import csv_rows, signed_in
from tests.matrix import refusal_of
from tests.pages import asks_again

AUDITS, CASES = "audit_register_export", "case_register_export"
PLANNED = {"format": "csv", "reason": "planning"}


def taken(user, name: str = AUDITS, query: str = "", **given: str):
    return signed_in(user).post(f"{reverse(name)}?{query}", PLANNED | given)


@pytest.mark.parametrize("name", [AUDITS, CASES])
def test_others_are_refused(world, name):
    world.audit()
    for user in (world.team_manager, world.qa_officer, world.director):
        assert taken(user, name).status_code == 403
        assert refusal_of(lambda user=user: exporting.export_scope(user)) != ""


@pytest.mark.parametrize("name", [AUDITS, CASES])
def test_a_head_of_service_gets_study_numbers_for_their_service_alone(world, name):
    audit = world.returned_audit()
    world.audit(case=world.new_case(world.care_team), auditor=world.head_of_service)
    answer = taken(world.head_of_service, name)
    [row] = csv_rows(answer)
    assert row["Study number"] == study_number(audit.case)
    # Whole cells: a study number may happen to hold two letters that are someone's initials.
    told = {audit.case.reference, audit.case.initials, world.auditor.name, world.worker.name}
    assert told.isdisjoint(row.values())


def test_a_study_number_is_stable_and_says_nothing(world, settings):
    case = world.case
    number = study_number(case)
    Case.objects.filter(pk=case.pk).update(reference="CHANGED")
    assert study_number(Case.objects.get(pk=case.pk)) == number != study_number(world.new_case())
    settings.SECRET_KEY = "another installation's key"
    assert study_number(case) != number


def test_the_qa_manager_gets_references_and_says_what_for(world):
    audit = world.audit()
    assert asks_again(taken(world.qa_manager, reason=""))
    assert not HistoryEntry.objects.filter(verb="rows_exported").exists()
    [row] = csv_rows(taken(world.qa_manager))
    assert (row["Case"], row["Initials"]) == (audit.case.reference, audit.case.initials)
    assert row["Auditor"] == world.auditor.name


def test_what_was_taken_out_is_written_down_without_its_text(world):
    world.audit()
    client = signed_in(world.qa_manager)
    client.post(reverse("audit_register_search"), {"text": world.case.reference})
    query = f"state=planned&unit={world.team.public_id}&search=1"
    client.post(f"{reverse(AUDITS)}?{query}", PLANNED)
    entry = HistoryEntry.objects.get(verb="rows_exported")
    assert (entry.by, entry.subject_id) == (world.qa_manager, world.team.public_id)
    assert entry.facts == {
        "register": "audit",
        "rows": 1,
        "format": "csv",
        "names_children": True,
        "reason": "planning",
        "searched": True,
        "filter_state": "planned",
        "filter_unit": str(world.team.public_id),
    }


def test_the_filters_of_the_list_are_those_of_the_file(world):
    world.returned_audit()
    world.audit(case=world.new_case())
    assert len(csv_rows(taken(world.head_of_service))) == 2
    assert len(csv_rows(taken(world.head_of_service, query="state=returned"))) == 1
    assert asks_again(taken(world.head_of_service, query="state=nonsense"))


def test_grades_not_to_be_known_yet_are_not_in_the_file(world):
    world.returned_audit()
    [seen], [hidden] = (csv_rows(taken(user)) for user in (world.head_of_service, world.qa_manager))
    assert (seen["Standing grade"], seen["Grade is"]) == ("Good", "provisional")
    assert (hidden["Standing grade"], hidden["Grade is"]) == ("", "")


@pytest.mark.parametrize("formula", ["=1+1", "+44", "-2", "@SUM(A1)"])
def test_text_that_would_run_is_neutralised(world, formula):
    world.audit(case=world.new_case(reference=formula))
    [row] = csv_rows(taken(world.qa_manager))
    assert row["Case"] == f"'{formula}"
    [_, line] = read_xlsx(taken(world.qa_manager, format="xlsx"))
    assert line[0] == f"'{formula}"


def read_xlsx(answer) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_both_formats_say_the_same(world):
    world.returned_audit()
    world.audit(case=world.new_case())
    header, *lines = read_xlsx(taken(world.head_of_service, format="xlsx"))
    text = taken(world.head_of_service).content.decode("utf-8-sig")
    days = [[str(cell) for cell in line] for line in (header, *lines)]
    assert days == list(csv.reader(io.StringIO(text, newline="")))
    assert {type(line[header.index("Due")]) for line in lines} == {datetime.date}


def test_the_file_is_named_for_its_rows_and_day(world):
    world.audit()
    answer = taken(world.qa_manager, CASES, format="xlsx")
    assert answer["Content-Disposition"].startswith('attachment; filename="cases-20')
    assert answer["Content-Type"].endswith("sheet")
    assert answer["Cache-Control"] == "no-store"


def test_too_many_rows_are_refused_with_what_to_do(world, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    for _ in range(2):
        world.audit(case=world.new_case())
    answer = taken(world.head_of_service)
    assert asks_again(answer)
    assert "The list has 2 rows and a file holds at most 1." in answer.content.decode()
    assert not HistoryEntry.objects.filter(verb="rows_exported").exists()


def test_nothing_to_take_out_is_said(world):
    assert not Audit.objects.exists()
    answer = taken(world.head_of_service)
    assert asks_again(answer)
    assert "None of these rows is yours to take out" in answer.content.decode()
