"""Grades: own and standing at a moment, by axis and domain, over versions of a tool (rule 14)."""

from audits.choices import Axis, RoundKind
from reporting.domain.figures import GradeCounts
from tests.reporting.records import OCTOBER


def grades(records, **chosen):
    return records.figures(**chosen).grades


def overall(practice, outcome=3):
    return {"Z": (practice, outcome)}


def test_the_grades_of_the_version_in_force_count(records):
    audit = records.audit()
    records.version(audit, -30, sent_back=-20, grades=overall(2))
    records.version(audit, -10, number=2, grades=overall(4))
    assert grades(records, hours=-25).own == GradeCounts(requires_improvement=1)
    assert grades(records, hours=-15).own == GradeCounts()
    assert grades(records).own == GradeCounts(outstanding=1)


def test_a_return_at_the_moment_has_no_grade_yet(records):
    records.returned(0)
    assert grades(records).standing.total == 0
    assert grades(records, hours=1).standing.total == 1


def test_the_standing_grade_follows_the_change_in_force(records):
    made = records.returned(grades=overall(3))
    records.change(made, 2, hours=-10, superseded=-5)
    records.change(made, 1, hours=-5)
    seen = [grades(records, hours=hours).standing for hours in (-10, -9, -5, -4)]
    assert seen == [
        GradeCounts(good=1),
        GradeCounts(requires_improvement=1),
        GradeCounts(requires_improvement=1),
        GradeCounts(inadequate=1),
    ]
    assert grades(records).own == GradeCounts(good=1)


def test_the_column_that_keeps_todays_standing_is_not_read(records):
    made = records.returned(grades=overall(3))
    made.grades.update(standing=1)
    assert grades(records).standing == GradeCounts(good=1)


def test_the_headline_axis_is_the_tools(records):
    on_outcome = records.new_tool("OUT", headline_axis=Axis.OUTCOME)
    october = records.round(OCTOBER, tool_version=on_outcome)
    records.returned(round=october, grades=overall(4, 1))
    records.returned(grades=overall(3, 2))
    first, second = grades(records).months
    assert (first.own, second.own) == (GradeCounts(inadequate=1), GradeCounts(good=1))


def test_two_versions_in_one_month_each_have_their_axis(records):
    newer = records.new_tool("MCFA", headline_axis=Axis.OUTCOME)
    themed = records.round(
        records.november.month, kind=RoundKind.THEMED, in_ledger=True, tool_version=newer
    )
    records.returned(grades=overall(4, 1))
    records.returned(round=themed, grades=overall(4, 1))
    assert grades(records).last.own == GradeCounts(outstanding=1, inadequate=1)


def test_domains_are_joined_over_versions_under_the_newest_name(records):
    records.returned(grades={"A": (4, 3)})
    newer = records.new_tool("MCFA", words=", reworded")
    records.returned(round=records.round(OCTOBER, tool_version=newer), grades={"A": (2, 3)})
    domain, overall_domain = grades(records).domains
    assert (domain.code, domain.name) == ("A", "Domain A, reworded")
    assert domain.practice == GradeCounts(outstanding=1, requires_improvement=1)
    assert domain.outcome == GradeCounts(good=2)
    assert overall_domain.is_overall


def test_not_applicable_is_no_grade(records):
    records.returned(grades={"A": (None, 3)})
    domain = grades(records).domains[0]
    assert (domain.practice, domain.practice_not_applicable) == (GradeCounts(), 1)
    assert (domain.outcome, domain.outcome_not_applicable) == (GradeCounts(good=1), 0)


def test_a_change_of_one_axis_leaves_the_other(records):
    made = records.returned(grades=overall(3, 3))
    records.change(made, 1, hours=-5, axis=Axis.OUTCOME)
    found = grades(records)
    assert found.standing == GradeCounts(good=1)
    assert found.domains[-1].outcome == GradeCounts(inadequate=1)


def test_practice_by_outcome_has_the_standing_overall_grades(records):
    made = records.returned(grades=overall(3, 3))
    records.returned(grades=overall(4, 2))
    records.change(made, 1, hours=-5, axis=Axis.OUTCOME)
    matrix = grades(records).practice_by_outcome
    assert matrix.rows == ((0, 0, 1, 0), (0, 0, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0))


def test_moderated_and_lowered_are_counted_once_settled(records):
    made = records.returned(grades=overall(3))
    records.moderated(made, 2, settled=-5)
    records.change(made, 2, hours=-5)
    before, after = grades(records, hours=-5).last, grades(records).last
    assert (before.moderated, before.lowered) == (0, 0)
    assert (after.moderated, after.lowered) == (1, 1)


def test_a_grade_lowered_by_a_correction_alone_is_not_moderated(records):
    records.change(records.returned(grades=overall(3)), 2, hours=-5)
    assert (grades(records).moderated, grades(records).lowered) == (0, 0)


def test_a_scope_has_the_grades_of_its_teams_only(records):
    records.returned(grades=overall(4))
    records.returned(team=records.care_team, grades=overall(1))
    assert grades(records, scope=records.care).standing == GradeCounts(inadequate=1)
    assert grades(records).standing.total == 2
