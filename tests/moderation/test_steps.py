"""Each step of a moderation and of re-audits is stamped, and in the history."""

import datetime

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from audits.choices import Grade, RoundKind
from moderation.choices import ChosenBecause, ReAuditEnd, Settlement
from moderation.domain import assigning, feedback, handing_on, re_audits, regrading, settling
from moderation.models import Moderation
from tests.factories.moderation import in_force, regrade, returned
from tests.steps import START, Steps

WHY = "Said in a sentence."
DAY = datetime.timedelta(days=1)
THREE_MONTHS = relativedelta(months=3)


@pytest.fixture
def steps():
    return Steps()


def given_out(steps, world, audit_return=None):
    chosen = {
        "moderator": world.second_qa_officer,
        "because": ChosenBecause.BY_HAND,
        "reason": f" {WHY} ",
        "by": world.qa_manager,
        "stamps": "assigned",
    }
    audit_return = audit_return or in_force(world.returned_audit(now=START, A=(3, 3)))
    facts = {"because": "by_hand", "is_blind": True}
    for name, of in {"audit": audit_return.audit, "moderator": world.second_qa_officer}.items():
        facts[name] = str(of.public_id)
    return steps.take("moderation_assigned", assigning.assign, audit_return, facts=facts, **chosen)


def committed(steps, world, moderation, overall):
    regrade(moderation, {"Z": (overall, overall)})
    given = {"gave_grade_away": True, "by": moderation.moderator, "stamps": "committed"}
    given["facts"] = {"own": 3, "moderated": int(overall), "gave_grade_away": True}
    return steps.take("moderation_committed", regrading.commit, moderation, **given)


def test_from_being_given_out_to_the_panel(world, steps):
    moderation = given_out(steps, world)
    assert (moderation.chosen_reason, moderation.position) == (WHY, 0)
    sighted = {"by": moderation.moderator, "reason": f" {WHY} "}
    said = "moderation_recorded_as_sighted"
    steps.take(said, assigning.record_as_sighted, moderation, **sighted)
    committed(steps, world, moderation, Grade.REQUIRES_IMPROVEMENT)
    proposal = {"settlement": Settlement.AUDITOR, "reason": f" {WHY} ", "by": world.qa_manager}
    panel = {"settlement": "auditor", "grade": 3}
    propose = {"stamps": "proposed", "facts": panel} | proposal
    steps.take("moderation_proposed", settling.propose, moderation, **propose)
    said = "moderation_proposal_withdrawn"
    steps.take(said, settling.withdraw_proposal, moderation, by=world.director)
    row = Moderation.objects.get()
    assert (row.sighted_reason, row.record_gave_grade_away) == (WHY, True)
    assert (row.proposed_at, row.proposed_by, row.settlement) == (None, None, "")
    assert (row.settled_grade, row.settled_reason) == (None, "")
    steps.take("moderation_proposed", settling.propose, moderation, **propose)
    second = {"by": world.director, "stamps": "settled"}
    second["facts"] = panel | {"for_partner": False}
    steps.take("moderation_settled", settling.settle, moderation, **second)
    row = Moderation.objects.get()
    assert (row.settlement, row.settled_grade) == (Settlement.AUDITOR, Grade.GOOD)
    assert (row.settled_reason, row.settled_for) == (WHY, "")
    steps.assert_told()


def test_the_moderators_grade_stands_at_once_and_the_auditor_hears_of_it(world, steps):
    moderation = committed(steps, world, given_out(steps, world), Grade.OUTSTANDING)
    reason = {"reason": f" {WHY} ", "by": moderation.moderator, "stamps": "settled"}
    steps.take("moderation_settled", settling.let_stand, moderation, **reason)
    row = Moderation.objects.get()
    assert (row.settled_reason, row.settled_grade) == (WHY, Grade.OUTSTANDING)
    change = moderation.audit_return.grades.get(domain__code="Z", axis="practice").changes.get()
    assert (change.at, change.by, change.second_by) == (steps.now, moderation.moderator, None)
    told = {"strength": f" {WHY} ", "to_try": f" {WHY} ", "by": moderation.moderator}
    given = steps.take(
        "audit_feedback_given", feedback.give_feedback, moderation, stamps="given", **told
    )
    assert (given.strength, given.to_try) == (WHY, WHY)
    steps.assert_told()


def test_it_is_taken_back_or_given_back(world, steps):
    moderation = given_out(steps, world)
    by = {"by": world.qa_manager, "stamps": "withdrawn"}
    steps.take("moderation_withdrawn", assigning.withdraw, moderation, **by)
    again = given_out(steps, world, moderation.audit_return)
    by = {"by": world.administrator, "stamps": "withdrawn"}
    steps.take("moderation_withdrawn", handing_on.give_back, again, **by)
    steps.assert_told()


def re_audit(steps, world, grade):
    round_of = {"kind": RoundKind.RE_AUDIT, "name": f"Re-audits {steps.now}"}
    audit = world.audit(in_round=world.open_round(**round_of), now=steps.now)
    return world.returned_audit(audit, now=steps.now, A=(grade, grade), Z=(grade, grade))


def test_re_audits_until_it_is_better(world, steps):
    by = world.qa_officer
    audit = returned(world, Grade.INADEQUATE).audit
    facts = {"number": 1, "due_on": (timezone.localdate() + THREE_MONTHS).isoformat()}
    first = {"by": by, "stamps": "scheduled", "facts": facts}
    due = steps.take("re_audit_scheduled", re_audits.schedule, audit, **first)
    steps.now = START + 900 * DAY
    worse = re_audit(steps, world, Grade.INADEQUATE)
    held = {"audit": worse, "by": by, "facts": {"audit": str(worse.public_id)}}
    steps.take("re_audit_held", re_audits.hold, due, **held)
    again = steps.take("re_audit_scheduled", re_audits.follow_up, due, by=by, stamps="scheduled")
    assert (again.number, again.origin) == (2, audit)
    better = re_audit(steps, world, Grade.GOOD)
    steps.take("re_audit_held", re_audits.hold, again, audit=better, by=by)
    ended = steps.take("re_audits_ended", re_audits.follow_up, again, by=by, stamps="ended")
    assert ended.ended_because == ReAuditEnd.BETTER
    steps.assert_told()


def test_two_people_end_re_audits(world, steps):
    audit, by = returned(world, Grade.INADEQUATE).audit, world.qa_officer
    due = steps.take("re_audit_scheduled", re_audits.schedule, audit, by=by)
    why = {"because": ReAuditEnd.MOVED, "second_by": world.qa_manager, "stamps": "ended"}
    why["facts"] = {"because": "moved", "second": str(world.qa_manager.public_id)}
    ended = steps.take("re_audits_ended", re_audits.end, due, by=by, **why)
    ended.refresh_from_db()
    assert (ended.ended_because, ended.second_ended_by) == (ReAuditEnd.MOVED, world.qa_manager)
    steps.assert_told()
