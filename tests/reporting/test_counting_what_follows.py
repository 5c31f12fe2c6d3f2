"""Safety, re-audits, actions and learning as at a moment (domain rules 7, 8, 16 and 17)."""

import datetime
from dataclasses import replace

import pytest

from actions.choices import ActionScope, UpdateKind
from actions.models import Action, ActionUpdate
from audits.choices import (
    Axis,
    ContributionSource,
    ContributionState,
    FindingKind,
    ResponseKind,
    RoundKind,
    SafetyJudgement,
)
from audits.models import (
    Contribution,
    Finding,
    FindingResponse,
    SafetyAnswer,
    SafetyConcern,
    Theme,
)
from kit.months import LONDON
from moderation.choices import ReAuditEnd
from moderation.models import ReAuditSchedule
from reporting.domain.counting.actions import count_actions
from reporting.domain.figures import GradeCounts, OverdueBands, SafetyMonth
from tests.reporting.dashboards import ledger_of
from tests.reporting.records import NOVEMBER, OCTOBER, at, done

DECEMBER = datetime.date(2023, 12, 1)
INADEQUATE = {"Z": (1, 3)}


def december(day: int) -> datetime.date:
    return DECEMBER.replace(day=day)


YESTERDAY, NEXT_WEEKS = december(7), december(31)


# Safety


def answer(made, judgement=SafetyJudgement.SAFE) -> None:
    SafetyAnswer.objects.create(audit_return=made, judgement=judgement, evidence="Seen at school.")


def concern(records, audit, *, raised=-10.0, acknowledged=None, settled=None) -> None:
    SafetyConcern.objects.create(
        audit=audit,
        judgement=SafetyJudgement.NOT_SAFE,
        worry="Nobody has seen the child.",
        raised_at=at(raised),
        raised_by=records.auditor,
        what_was_done="" if settled is None else "A visit was made.",
        **done("acknowledged", acknowledged, records.officer),
        **done("settled", settled, records.officer),
    )


def test_the_answers_of_versions_in_force_count(records):
    audit = records.audit()
    answer(records.version(audit, -30, sent_back=-20), SafetyJudgement.NOT_SAFE)
    answer(records.version(audit, -10, number=2))
    answer(records.returned(), SafetyJudgement.CHECK_TODAY)
    records.returned()
    found = records.figures().safety
    assert (found.safe, found.check_today, found.unsafe) == (1, 1, 0)
    assert found.months == (SafetyMonth(NOVEMBER, returned=3, answered=2, concerns=0),)


def test_concerns_count_from_when_they_were_raised(records):
    concern(records, records.audit(), raised=-10, acknowledged=-5, settled=-1)
    concern(records, records.audit(), raised=0)
    concern(records, records.audit(), raised=-3, acknowledged=0)
    found = records.figures().safety
    assert (found.concerns, found.acknowledged, found.settled) == (2, 1, 1)
    assert records.figures(hours=1).safety.concerns == 3


@pytest.mark.parametrize(
    ("waits", "median"), [((), None), ((0.5,), 30), ((0.5, 3, 1), 60), ((0.5, 1, 1.5, 20), 75)]
)
def test_the_median_wait_is_in_minutes(records, waits, median):
    for wait in waits:
        concern(records, records.audit(), raised=-50, acknowledged=wait - 50)
    assert records.figures().safety.median_minutes == median


def test_a_month_without_returns_has_nought_answers_and_concerns(records):
    records.audit(round=records.round(OCTOBER))
    answer(records.returned())
    assert records.figures().safety.months == (
        SafetyMonth(OCTOBER, returned=0, answered=0, concerns=0),
        SafetyMonth(NOVEMBER, returned=1, answered=1, concerns=0),
    )


# Re-audits


def schedule(records, made, *, due_on=YESTERDAY, scheduled=-900, **values) -> ReAuditSchedule:
    return ReAuditSchedule.objects.create(
        case=made.audit.case,
        origin=made.audit,
        due_on=due_on,
        scheduled_at=at(scheduled),
        scheduled_by=records.system,
        **values,
    )


def re_audit(records, made, returned, grades=INADEQUATE, **values):
    """The re-audit made of the same case, in a round outside the ledger."""
    again = records.round(DECEMBER, kind=RoundKind.RE_AUDIT, **values)
    audit = records.audit(round=again, case=made.audit.case)
    records.version(audit, returned, grades=grades)
    return audit


def test_a_re_audit_is_held_once_it_is_returned(records):
    made = records.returned(-200, grades=INADEQUATE)
    schedule(records, made, held=re_audit(records, made, -10, {"Z": (2, 1)}))
    before, after = records.figures(hours=-10).re_audits, records.figures().re_audits
    assert (before.inadequate, before.held, before.late) == (1, 0, 0)
    assert (after.inadequate, after.held, after.late, after.due) == (1, 1, 0, 1)
    assert after.after == GradeCounts(requires_improvement=1)


def test_a_re_audit_is_graded_on_the_headline_axis_of_its_own_tool(records):
    made = records.returned(-200, grades=INADEQUATE)
    other = records.new_tool("OUT", headline_axis=Axis.OUTCOME)
    schedule(records, made, held=re_audit(records, made, -10, {"Z": (2, 1)}, tool_version=other))
    assert records.figures().re_audits.after == GradeCounts(inadequate=1)


def test_late_from_the_day_after_it_was_due(records):
    schedule(records, records.returned(grades=INADEQUATE), due_on=december(7))
    schedule(records, records.returned(grades=INADEQUATE), due_on=december(8))
    schedule(records, records.returned(grades=INADEQUATE), due_on=december(1), scheduled=0)
    found = records.figures().re_audits
    assert (found.scheduled, found.late, found.due) == (2, 1, 1)


def test_ended_before_the_moment_is_neither_late_nor_to_come(records):
    for hours in (-1, 0):
        schedule(
            records,
            records.returned(grades=INADEQUATE),
            ended_because=ReAuditEnd.CASE_CLOSED,
            second_ended_by=records.second,
            **done("ended", hours, records.officer),
        )
    found = records.figures().re_audits
    assert (found.scheduled, found.ended, found.late) == (2, 1, 1)


def test_the_forecast_begins_in_the_month_of_the_moment(records):
    for due_on in (december(7), december(8), december(31), datetime.date(2024, 2, 29)):
        schedule(records, records.returned(grades=INADEQUATE), due_on=due_on)
    january, february = datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)
    forecast = records.figures().re_audits.forecast
    assert forecast == ((DECEMBER, 2), (january, 0), (february, 1))


def test_re_audits_of_other_units_and_months_are_not_counted(records):
    schedule(records, records.returned(grades=INADEQUATE, team=records.care_team))
    october = records.round(OCTOBER)
    schedule(records, records.returned(grades=INADEQUATE, round=october))
    assert records.figures().re_audits.scheduled == 2
    assert records.figures(scope=records.protection).re_audits.scheduled == 1


# Actions


def action(records, *, made=None, raised=-100, due_on=NEXT_WEEKS, **moments) -> Action:
    """For the child of a return, or for the team when none is given."""
    judges = dict.fromkeys(("verified", "impact_judged"), records.second)
    states = {
        key: value
        for name, hours in moments.items()
        for key, value in done(name, hours, judges.get(name, records.officer)).items()
    }
    raised_action = Action.objects.create(
        scope=ActionScope.CHILD if made else ActionScope.TEAM,
        case=made.audit.case if made else None,
        unit=records.team,
        what="Agree the safety plan.",
        due_on=due_on,
        raised_at=at(raised),
        raised_by=records.auditor,
        impact_shown=None if moments.get("impact_judged") is None else True,
        **states,
    )
    if made:
        link(made, raised_action)
    return raised_action


def link(made, linked: Action, code: str = "Z") -> None:
    FindingResponse.objects.create(
        audit_return=made,
        domain=made.audit.round.tool_version.domains.get(code=code),
        kind=ResponseKind.OPEN_ACTION,
        action=linked,
    )


def test_an_action_is_in_the_state_of_the_moment(records):
    made = records.returned(-200)
    action(records, made=made, started=-50, done=-40, verified=-30, impact_judged=-20)
    seen = [records.figures(hours=hours).actions for hours in (-100, -99, -49, -39, -29, -19)]
    assert [found.raised for found in seen] == [0, 1, 1, 1, 1, 1]
    names = ("open", "in_progress", "done", "verified", "impact_shown")
    assert [getattr(found, name) for found, name in zip(seen[1:], names, strict=True)] == [1] * 5


def test_an_action_sent_back_was_done_until_then(records):
    sent_back = action(records, made=records.returned(-200), started=-50)
    for kind, hours in ((UpdateKind.EVIDENCE, -40), (UpdateKind.SENT_BACK, -20)):
        ActionUpdate.objects.create(
            action=sent_back, kind=kind, text="Seen.", at=at(hours), by=records.officer
        )
    seen = [records.figures(hours=hours).actions for hours in (-30, 0)]
    assert [(found.done, found.in_progress) for found in seen] == [(1, 0), (0, 1)]


def test_overdue_by_calendar_days(records):
    made = records.returned(-2000, allocated=-3000)
    late = (december(8), december(7), datetime.date(2023, 11, 28), datetime.date(2023, 11, 27))
    for due_on in (*late, datetime.date(2023, 11, 8), datetime.date(2023, 11, 7)):
        action(records, made=made, due_on=due_on)
    action(records, made=made, due_on=december(1), done=-10)
    assert records.figures().actions.overdue == OverdueBands(up_to_10=2, up_to_30=2, over_30=1)


def test_an_action_linked_twice_counts_once(records):
    linked = action(records, made=records.returned(-200))
    link(records.returned(-200), linked, code="A")
    assert records.figures().actions.raised == 1


def test_actions_of_a_version_sent_back_and_withdrawn_ones_do_not_count(records):
    audit = records.audit()
    action(records, made=records.version(audit, -300, sent_back=-20))
    action(records, made=records.returned(-200), withdrawn=-1)
    action(records, made=records.returned(-200), withdrawn=0)
    assert records.figures().actions.raised == 1


def test_a_teams_action_counts_in_the_period_and_scope_it_was_raised_in(records):
    records.returned()
    for hours in (-200, -300):
        action(records, raised=hours)
    action(records, raised=-1)
    assert records.figures().actions.raised == 2
    assert records.figures(scope=records.care).actions.raised == 0


@pytest.mark.parametrize(
    ("scope", "raised"), [(ActionScope.CHILD, 0), (ActionScope.TEAM, 1), (ActionScope.SERVICE, 1)]
)
def test_without_a_link_only_actions_for_units_count(records, scope, raised):
    made = records.returned()
    found = action(records, raised=-200)
    found.scope = scope
    found.case = made.audit.case if scope == ActionScope.CHILD else None
    found.save()
    assert records.figures().actions.raised == raised


@pytest.mark.parametrize(
    ("day", "seconds", "is_counted"),
    [
        (OCTOBER, -1, False),
        (OCTOBER, 0, True),
        (DECEMBER, -1, True),
        (DECEMBER, 0, False),
    ],
)
def test_a_teams_action_belongs_to_the_month_of_londons_day(records, day, seconds, is_counted):
    records.returned(round=records.round(OCTOBER))
    midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=LONDON)
    moment = midnight + datetime.timedelta(seconds=seconds)
    action(records, raised=(moment - at(0)) / datetime.timedelta(hours=1))
    assert records.figures().actions.raised == is_counted


def test_one_auditors_ledger_has_no_teams_actions(records):
    made = records.returned(-200)
    action(records, raised=-200)
    action(records, made=made)
    ledger = ledger_of(records.authority)
    assert count_actions(ledger).raised == 2
    assert count_actions(replace(ledger, auditor=made.audit.auditor_id)).raised == 1


@pytest.mark.parametrize("shown", [True, False])
def test_whether_it_helped_is_counted_apart(records, shown):
    judged = action(records, made=records.returned(-200), done=-9, verified=-8, impact_judged=-7)
    Action.objects.filter(pk=judged.pk).update(impact_shown=shown)
    found = records.figures().actions
    assert (found.impact_shown, found.impact_not_shown, found.verified) == (shown, not shown, 0)
    assert (found.raised, found.completed, found.checked) == (1, 1, 1)


# Learning


def theme(code: str) -> Theme:
    return Theme.objects.create(code=code, name=code.title(), group="Practice")


def finding(made, *themes: Theme, kind=FindingKind.STRENGTH) -> None:
    domain = made.audit.round.tool_version.domains.first()
    Finding.objects.create(audit_return=made, domain=domain, kind=kind, text="Seen.").themes.set(
        themes
    )


def test_a_theme_counts_once_an_audit_most_frequent_first(records):
    plans, visits = theme("plans"), theme("visits")
    first, second = records.returned(), records.returned()
    finding(first, plans, visits)
    finding(first, plans)
    finding(second, visits)
    finding(second, plans, kind=FindingKind.DEVELOPMENT)
    learning = records.figures().learning
    assert [(row.code, row.audits) for row in learning.strengths] == [("visits", 2), ("plans", 1)]
    assert [(row.code, row.audits) for row in learning.developments] == [("plans", 1)]
    assert learning.returned == 2


def test_five_strengths_and_six_developments_are_named(records):
    made = records.returned()
    themes = [theme(f"theme-{number}") for number in range(7)]
    for kind in FindingKind:
        finding(made, *themes, kind=kind)
    learning = records.figures().learning
    assert (len(learning.strengths), len(learning.developments)) == (5, 6)


def test_findings_and_contributions_of_a_version_sent_back_do_not_count(records):
    made = records.version(records.audit(), -30, sent_back=-10)
    finding(made, theme("plans"))
    Contribution.objects.create(
        audit_return=made, source=ContributionSource.CHILD, state=ContributionState.SPOKEN_TO
    )
    learning = records.figures().learning
    assert learning.strengths == ()
    assert sum(row.asked for row in learning.contributions) == 0


@pytest.mark.parametrize(
    ("state", "counted"),
    [("spoken_to", (1, 1)), ("in_writing", (1, 1)), ("declined", (1, 0)), ("not_asked", (0, 0))],
)
def test_asked_and_answered_are_both_counted_by_source(records, state, counted):
    Contribution.objects.create(
        audit_return=records.returned(), source="child", state=state, reason="Too young."
    )
    rows = {row.code: row for row in records.figures().learning.contributions}
    assert (rows["child"].asked, rows["child"].answered) == counted
    assert set(rows) == set(ContributionSource.values)
