"""A dashboard's figures are the report's figures of the same unit, in six queries."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from audits.choices import Axis, Grade, SafetyJudgement
from audits.models import SafetyAnswer
from moderation.domain.queries import still_blind
from reporting.domain.dashboard.counting import count_dashboard
from tests.factories.moderation import assigned
from tests.reporting.dashboards import figures_of, ledger_of
from tests.reporting.records import AS_AT, GOOD, NOVEMBER, Records
from tests.reporting.test_counting_property import HEADLINES, audits, write
from tests.reporting.test_counting_what_follows import concern


class DashboardEqualsReport(TestCase):
    @settings(max_examples=25)
    @given(world=st.lists(audits, max_size=10))
    def test_any_world(self, world):
        records = Records()
        write(records, world)
        for scope in (records.authority, records.protection):
            report = records.figures(scope=scope)
            for axis in Axis:
                self.check(figures_of(records, scope, axis), report, axis)

    def check(self, found, report, axis):
        assert found.months == report.returns.months
        assert found.levels == report.returns.levels
        assert set(found.exemptions) == set(report.returns.exemptions)
        assert sum((team.returns.planned for team in found.teams), 0) == found.total.planned
        assert found.practice_by_outcome == report.grades.practice_by_outcome
        assert found.safety == report.safety
        for mine, theirs, headline in zip(
            found.grades, report.grades.months, HEADLINES, strict=True
        ):
            if headline == axis:
                assert mine == theirs


def test_domains_are_those_of_the_report_on_both_axes(records):
    weak = (Grade.INADEQUATE, Grade.GOOD)
    records.returned(grades={"A": weak, "Z": weak})
    records.returned(grades={"A": (None, Grade.GOOD), "Z": weak}, team=records.care_team)
    (mine,) = figures_of(records, records.care).domains
    theirs, overall = records.figures(scope=records.care).grades.domains
    assert overall.is_overall
    assert (mine.practice.unit, mine.outcome.unit) == (theirs.practice, theirs.outcome)
    assert mine.practice.not_applicable == theirs.practice_not_applicable == 1
    assert mine.practice.authority_below_good.counts == "1 of 1"
    assert (mine.on(Axis.PRACTICE), mine.on(Axis.OUTCOME)) == (mine.practice, mine.outcome)
    assert mine.outcome.authority.total == mine.outcome.unit.total + 1


def test_safety_is_that_of_the_report(records):
    for judgement, times in zip(SafetyJudgement, (3, 2, 1), strict=True):
        for _ in range(times):
            SafetyAnswer.objects.create(
                audit_return=records.returned(), judgement=judgement, evidence="Seen."
            )
    audit = records.returned().audit
    waits = ((10, None), (30, -1), (50, 0), (300, None), (None, None))
    for acknowledged, settled in waits:
        concern(
            records,
            audit,
            raised=-5,
            acknowledged=None if acknowledged is None else -5 + acknowledged / 60,
            settled=settled,
        )
    found = figures_of(records, records.authority)
    assert found.safety == records.figures().safety
    assert (found.safety.safe, found.safety.check_today, found.safety.unsafe) == (3, 2, 1)
    assert (found.safety.acknowledged, found.safety.settled) == (3, 1)
    assert found.safety.median_minutes == 30


def test_a_month_counts_those_that_are_graded_on_the_axis(records):
    for grades in (GOOD, {"Z": (None, Grade.GOOD)}):
        records.moderated(records.returned(grades=grades), Grade.GOOD)
    practice, outcome = (figures_of(records, records.authority, axis) for axis in Axis)
    assert [found.moderated.counts for found in (practice, outcome)] == ["1 of 1", "2 of 2"]


def test_actions_are_those_of_the_report(records):
    records.returned()
    assert figures_of(records, records.protection).actions == records.figures().actions


def test_teams_stand_in_order_of_name_with_their_own_counts(records):
    records.returned(grades={"Z": (Grade.INADEQUATE, Grade.GOOD)})
    records.audit(team=records.care_team)
    care, protection = figures_of(records, records.authority).teams
    assert (care.name, care.returns.returned, protection.returns.returned) == ("Care 1", 0, 1)
    assert protection.grades.inadequate == 1


def test_the_figures_take_six_queries_beside_the_ledgers_two(records):
    for _ in range(3):
        records.moderated(records.returned(), Grade.GOOD)
    ledger = ledger_of(records.protection)
    with CaptureQueriesContext(connection) as captured:
        count_dashboard(ledger, axis=Axis.PRACTICE, authority=records.authority)
    assert len(captured) <= 6


def test_one_auditors_ledger_counts_their_audits_alone(records):
    records.returned()
    records.returned(auditor=records.second)
    ledger = replace(ledger_of(records.authority), auditor=records.second.pk)
    found = count_dashboard(ledger, axis=Axis.PRACTICE, authority=records.authority)
    assert (found.total.planned, found.standing.total) == (1, 1)


def test_what_is_still_to_be_moderated_blind_is_left_out_of_every_figure(world):
    moderation = assigned(world)
    waiting = still_blind(moderation.moderator)
    assert list(waiting) == [moderation.audit_return.audit_id]
    assert list(still_blind(world.qa_officer)) == []


def test_left_out_audits_are_counted_apart(records):
    made = records.returned()
    records.returned()
    ledger = ledger_of(records.authority).leaving_out([made.audit_id])
    found = count_dashboard(ledger, axis=Axis.PRACTICE, authority=records.authority)
    assert (found.total.planned, found.standing.total, found.hidden) == (1, 1, 1)
    assert found.as_at == AS_AT
    assert found.months[-1].month == NOVEMBER
