"""One audit through the whole chain: returned, lowered by two people, and counted everywhere.

Three audits are planned in the month. One is back and supported, one is outstanding; the third is
the one that is followed: its auditor says Good, and Requires improvement comes to stand.
"""

import csv
import io

import pytest

from reporting.choices import ReportKind, RequestSource
from reporting.domain.requesting import request_report
from reporting.models import ReportFile, ReportRun
from tests.factories.moderation import committed
from tests.journeys import chain
from tests.journeys.looking import assert_fits, assert_sound
from tests.journeys.walking import without_script
from tests.machine import is_published, wait_for

pytestmark = [
    pytest.mark.journey,
    pytest.mark.jobs,
    pytest.mark.django_db(transaction=True),
]

# Scheduled, returned and rate; the four grades and all; own, standing, moderated and lowered.
HEAD_BEFORE = {
    "returned": "3 1 33.3%*",
    "standing": "0 1 0 0 1",
    "lowered": "0 1 0 0 0 1 0 0 1 0",
    "register": "1 audit",
}
HEAD_AFTER = {
    "returned": "3 2 66.7%*",
    "standing": "0 1 1 0 2",
    "lowered": "0 2 0 0 0 1 1 0 2 1",
    "register": "2 audits",
}
PAGE_OF_EDITION_TWO = {
    "edition": "Edition 2",
    "returned": "3 0 3 2 66.7%*",
    "standing": "0 1 1 0 2 1 of 2*",
    "lowered": "0 2 0 0 0 1 1 0 2 1",
    "moderated": "2 2 100.0%*",
    "downgraded": "1 2 50.0%*",
}
IN_THE_PDF = {
    1: (
        "Total 3 0 3 1 33.3%*",
        "Total 0 1 0 0 1 1 of 1*",
        "Grade downgraded 0 1 0.0%*",
    ),
    2: (
        "Total 3 0 3 2 66.7%*",
        "Total 0 1 1 0 2 1 of 2*",
        "Grade downgraded 1 2 50.0%*",
    ),
}
MATRIX = "Auditor's grade (rows) by settled grade (columns)"
IN_THE_CSV = {
    ("Returns by month", "Total", "Scheduled"): ("3", "3"),
    ("Returns by month", "Total", "Returned"): ("1", "2"),
    ("Standing grades by month", "Total", "Good"): ("1", "1"),
    ("Standing grades by month", "Total", "Requires improvement"): ("0", "1"),
    ("Own and standing grades by month", "Total", "As the auditor graded it: Good"): ("1", "2"),
    (MATRIX, "Good", "Good"): ("1", "1"),
    (MATRIX, "Good", "Requires improvement"): ("0", "1"),
}


def give_out(world) -> str:
    """One audit returned and supported, one outstanding, and a fresh one: its case's reference."""
    committed(world, 3, 3)
    world.audit(case=world.new_case(), auditor=world.second_auditor)
    return world.audit(case=world.new_case()).case.reference


def ask_for_edition_one(world) -> ReportRun:
    """The month's report as it is before the audit comes back; a worker makes it meanwhile."""
    return request_report(
        kind=ReportKind.MONTHLY,
        last_month=world.round.month,
        scope=world.authority,
        by=world.qa_manager,
        source=RequestSource.PERSON,
    )


def issued(run: ReportRun) -> dict[str, bytes]:
    wait_for(lambda: is_published(run), "edition 1 is published")
    files = ReportFile.objects.filter(report__run=run)
    return {file.kind: bytes(file.content) for file in files}


def values(sheet: bytes) -> list[str]:
    """What the CSV says in the rows that are looked at."""
    rows = csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))
    found = {(row["table"], row["row"], row["column"]): row["value"] for row in rows}
    return [found[place] for place in IN_THE_CSV]


def assert_edition(number: int, files: dict[str, bytes]) -> None:
    said = chain.words(files["pdf"])
    assert [line for line in IN_THE_PDF[number] if line not in said] == []
    assert values(files["csv"]) == [each[number - 1] for each in IN_THE_CSV.values()]


def walk(page, world, machine, look) -> None:
    """All of it, by keyboard; `look` is what is asked of the key pages."""
    machine.start_worker()
    machine.start_schedule()
    reference = give_out(world)
    first = ask_for_edition_one(world)
    assert chain.head_of_service_sees(page, world.head_of_service, assert_fits) == HEAD_BEFORE
    chain.return_the_audit(page, world.auditor, reference, look)
    chain.lower_it_blind(page, world.second_qa_officer, look)
    chain.settle_it(page, world.director, reference, look)
    chain.read_what_came_back(page, world.auditor, look)
    assert chain.head_of_service_sees(page, world.head_of_service, look) == HEAD_AFTER
    rows, files = chain.next_edition(page, world.qa_manager, look)
    assert rows == PAGE_OF_EDITION_TWO
    assert_edition(2, files)
    assert_edition(1, issued(first))


def test_an_audit_is_returned_lowered_by_two_and_counted_everywhere(page, world, machine):
    walk(page, world, machine, assert_sound)


def test_all_of_it_works_without_a_script(browser, live_server, world, machine):
    with without_script(browser, live_server) as page:
        walk(page, world, machine, assert_fits)
