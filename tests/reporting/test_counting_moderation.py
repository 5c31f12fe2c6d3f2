"""Moderation: settled, waiting and withdrawn at a moment, against the own grade (rule 13)."""

import pytest

from audits.choices import Axis
from moderation.choices import ChosenBecause
from reporting.domain.figures import ComparisonCounts
from tests.reporting.records import OCTOBER, done


def moderation(records, **chosen):
    return records.figures(**chosen).moderation


def returned(records, own=3, **values):
    return records.returned(grades={"Z": (own, 3)}, **values)


@pytest.mark.parametrize(
    ("settled_grade", "said"),
    [
        (3, ComparisonCounts(supported=1)),
        (2, ComparisonCounts(downgraded=1)),
        (4, ComparisonCounts(upgraded=1)),
    ],
)
def test_the_settled_grade_is_compared_with_the_auditors_own(records, settled_grade, said):
    made = returned(records, own=3)
    records.moderated(made, settled_grade)
    made.grades.update(standing=1)
    assert moderation(records).counts == said


def test_settled_at_the_moment_still_waits(records):
    records.moderated(returned(records), 2, settled=0)
    now, later = moderation(records), moderation(records, hours=1)
    assert (now.counts.total, now.waiting) == (0, 1)
    assert (later.counts.total, later.waiting) == (1, 0)


def test_committed_at_the_moment_does_not_wait_yet(records):
    records.moderated(returned(records), 2, committed=0, settled=None)
    assert [moderation(records, hours=hours).waiting for hours in (0, 1)] == [0, 1]


def test_withdrawn_before_the_moment_does_not_count(records):
    records.moderated(returned(records), 2, settled=-5, withdrawn=0)
    assert [moderation(records, hours=hours).counts.total for hours in (0, 1)] == [1, 0]


def test_moderation_of_a_version_sent_back_since_does_not_count(records):
    audit = records.audit()
    first = records.version(audit, -40, sent_back=-10)
    records.moderated(first, 2, settled=-20)
    found = moderation(records)
    assert (found.returned, found.counts.total) == (0, 0)
    assert moderation(records, hours=-15).counts.total == 1


def test_the_matrix_has_own_in_rows_and_settled_in_columns(records):
    records.moderated(returned(records, own=4), 1)
    records.moderated(returned(records, own=3), 3)
    found = moderation(records)
    assert found.matrix.rows == ((0, 0, 0, 1), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
    assert found.settled_grades.inadequate == 1


def test_own_is_read_on_the_tools_headline_axis(records):
    tool = records.new_tool("OUT", headline_axis=Axis.OUTCOME)
    october = records.round(OCTOBER, tool_version=tool)
    records.moderated(records.returned(round=october, grades={"Z": (4, 2)}), 2)
    assert moderation(records).counts == ComparisonCounts(supported=1)


def test_reasons_blindness_and_second_people_are_counted_of_settled_ones(records):
    by_hand = {"chosen_because": ChosenBecause.BY_HAND, "chosen_reason": "Asked by the panel."}
    sighted = {"is_blind": False, "sighted_reason": "Coached the auditor."}
    records.moderated(returned(records), 3)
    proposed = done("proposed", -10, records.officer)
    records.moderated(returned(records), 2, **by_hand, **sighted, **proposed)
    records.moderated(returned(records), 2, **by_hand, settled=None)
    found = moderation(records)
    assert [(row.code, row.counts.total) for row in found.reasons] == [
        ("random", 1),
        ("by_hand", 1),
    ]
    assert (found.blind, found.sighted, found.two_people, found.waiting) == (1, 1, 1, 1)
    assert found.random == ComparisonCounts(supported=1)


def test_months_and_scope(records):
    october = records.round(OCTOBER)
    records.moderated(returned(records, round=october, team=records.care_team), 2)
    records.moderated(returned(records), 3)
    first, second = moderation(records).months
    assert (first.counts.downgraded, second.counts.supported) == (1, 1)
    assert moderation(records, scope=records.care).counts.total == 1
