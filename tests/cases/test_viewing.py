"""Who looked: what somebody had to do with the case at that moment, and rows that stay."""

import ast
import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.domain import append_only
from accounts.models import RoleGrant
from cases.choices import AccessCapacity, Business, Medium
from cases.domain import access, glass, viewing
from cases.domain.strip import strips_of
from cases.models import CaseView
from tests.test_architecture import APPS, python_files, shown

WORDS = {"reference", "initials"}
NOTED = {"cases/domain/strip.py", "audits/printing/case_columns.py"}
NOTED |= {"audits/printing/audit_columns.py"}
BROUGHT_IN = ("moderation/domain/importing/", "reporting/demo/", "cases/migrations/")
"""They compare with a file that somebody brought, and print nothing of a case."""
STRIPS = {"strip", "child"}


def look(user, *cases, content_type="text/html; charset=utf-8") -> list[CaseView]:
    keys = [case.pk for case in cases]
    viewing.write(keys, by=user, route="start", content_type=content_type)
    return list(CaseView.objects.order_by("pk"))


def business(user, case) -> str:
    return look(user, case)[-1].business


def test_business_is_that_of_the_moment(world):
    assert business(world.practitioner, world.case) == Business.ASSIGNED
    assert business(world.head_of_service, world.case) == Business.UNIT
    assert business(world.qa_officer, world.case) == Business.DUTY
    assert business(world.director, world.case) == Business.DUTY
    assert business(world.other_head_of_service, world.case) == Business.NONE


def test_business_that_ended_is_none_and_what_was_written_stays(world):
    held = access.grant(
        world.auditor,
        case=world.case,
        capacity=AccessCapacity.AUDITOR,
        because_of=world.case.public_id,
    )
    look(world.auditor, world.case)
    access.withdraw(held.because_of)
    look(world.auditor, world.case)
    RoleGrant.objects.all().delete()
    assert [row.business for row in CaseView.objects.order_by("pk")] == ["assigned", "none"]


def test_a_unit_is_no_business_with_a_restricted_case(world):
    restricted = world.new_case(restricted_at=timezone.now(), restricted_by=world.qa_manager)
    assert business(world.team_manager, restricted) == Business.NONE
    assert business(world.qa_manager, restricted) == Business.DUTY


def test_opening_out_of_turn_is_business_of_its_own_as_long_as_it_lasts(world):
    restricted = world.new_case(restricted_at=timezone.now(), restricted_by=world.qa_manager)
    reason = "A complaint about how this case was recorded."
    glass.open_glass(reference=restricted.reference, reason=reason, by=world.director)
    assert business(world.director, restricted) == Business.GLASS
    assert business(world.external_reviewer, restricted) == Business.DUTY
    later = timezone.now() + datetime.timedelta(hours=2)
    viewing.write(
        [restricted.pk], by=world.director, route="start", content_type="text/html", now=later
    )
    assert CaseView.objects.latest("pk").business == Business.DUTY


@pytest.mark.parametrize(
    ("content_type", "medium"),
    [("text/csv; charset=utf-8", Medium.CSV), ("application/pdf", "pdf"), ("image/png", "other")],
)
def test_what_was_sent_is_said(world, content_type, medium):
    rows = look(world.qa_manager, world.case, world.new_case(), content_type=content_type)
    assert {(row.medium, row.together) for row in rows} == {(medium, 2)}


def test_everyone_sees_their_own_looks_and_information_governance_all(world):
    look(world.auditor, world.case)
    look(world.qa_manager, world.case)
    seen = CaseView.objects.visible_to
    assert [row.user for row in seen(world.auditor)] == [world.auditor]
    assert seen(world.information_governance).count() == 2
    assert seen(world.administrator).count() == 0


def test_as_many_statements_for_many_cases_as_for_one(world, django_assert_num_queries):
    one, many = [world.case], [world.new_case() for _ in range(9)]
    user = world.qa_manager
    for cases in (one, many):
        keys = {case.pk for case in cases}
        with transaction.atomic(), django_assert_num_queries(3):
            viewing.write(keys, by=user, route="start", content_type="text/html")


def test_nothing_is_collected_outside_a_request_nor_what_was_forgotten(world):
    strips_of([world.case], on=world.case.opened_on)
    with viewing.noting() as collected:
        strips_of([world.case], on=world.case.opened_on)
        assert collected == {world.case.pk}
        viewing.forget()
        assert collected == set()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_a_look(world, change):
    (row,) = look(world.auditor, world.case)
    rows = CaseView.objects.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(route="another") if change == "update" else rows.delete()
    assert rows.exists()


def test_the_table_is_not_emptied(world):
    look(world.auditor, world.case)
    connection.check_constraints()
    emptying = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{emptying} cases_caseview")


def test_a_missing_trigger_is_named(world):
    append_only.remove()
    assert "The trigger cases_caseview_no_delete is missing." in append_only.missing()
    append_only.install()
    assert append_only.missing() == []


def test_the_words_of_a_case_are_read_only_where_the_look_is_noted():
    assert [place for path in python_files() for place in _read_elsewhere(path)] == []


def _read_elsewhere(path) -> list[str]:
    name = shown(path)
    if name in NOTED or name.startswith(BROUGHT_IN) or name.split("/")[0] not in APPS:
        return []
    return [
        f"{name}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in WORDS
        and ast.unparse(node.value).split(".")[-1] not in STRIPS
    ]


def test_more_cases_than_one_statement_takes_are_written_together(world, monkeypatch):
    monkeypatch.setattr(viewing, "AT_ONCE", 2)
    cases = [world.new_case() for _ in range(5)]
    rows = look(world.qa_manager, *cases)
    assert [row.case for row in rows] == cases
    assert {(row.together, row.at) for row in rows} == {(5, rows[0].at)}
