"""Each step of an audit and what is asked about it is stamped, and in the history."""

import datetime

import pytest

from audits.choices import (
    ChangeSource,
    ExemptionReason,
    ExtensionReason,
    RoundKind,
    SafetyJudgement,
)
from audits.domain import (
    allocation,
    completion,
    drafting,
    exempting,
    extending,
    grading,
    handing_on,
    overriding,
    reviewing,
    rounds,
    safety,
    sending_back,
    tools,
)
from audits.models import Audit, StandingGradeChange
from cases.choices import AccessCapacity, IndependenceBreach
from cases.models import CaseAccess
from tests.factories.audits import small_tool
from tests.steps import START, Steps

WHY = "Said in a sentence."
DAY = datetime.timedelta(days=1)


def ids(**records):
    return {name: str(record.public_id) for name, record in records.items()}


@pytest.fixture
def steps():
    return Steps()


@pytest.fixture
def audit(world, steps):
    given = {"case": world.case, "auditor": world.auditor, "by": world.qa_officer}
    facts = ids(round=world.round, case=world.case, auditor=world.auditor)
    facts["due_on"] = world.round.due_on.isoformat()
    named = {"stamps": "allocated", "facts": facts} | given
    return steps.take("audit_allocated", allocation.allocate, world.round, **named)


def test_from_allocation_to_the_second_return(world, steps, audit):
    auditor, officer = world.auditor, world.qa_officer
    business = CaseAccess.objects.get(capacity=AccessCapacity.AUDITOR)
    assert (business.user, business.from_at) == (auditor, steps.now)
    first = {"version": 1}
    draft = steps.take("audit_started", drafting.start, audit, by=auditor, of=audit, facts=first)
    assert (draft.version, draft.started_at) == (1, steps.now)
    world.fill(draft, now=steps.now)
    returned = {"of": audit, "by": auditor, "stamps": "returned"}
    first = steps.take("audit_returned", completion.return_audit, audit, facts=first, **returned)
    sent_back = {"reason": WHY, "by": officer, "of": audit, "facts": {"version": 1}}
    second = steps.take("audit_sent_back", sending_back.send_back, audit, **sent_back)
    first.refresh_from_db()
    assert (first.sent_back_at, first.sent_back_by) == (steps.now, officer)
    assert second.started_at == steps.now
    again = {"facts": {"version": 2}} | returned
    steps.take("audit_returned", completion.return_audit, audit, **again)
    steps.assert_told()


def test_exemptions(world, steps, audit):
    asking = {"reason": ExemptionReason.SICK_LEAVE, "by": world.auditor, "note": WHY}
    told = {"of": audit, "facts": {"reason": "sick_leave"}}
    asking, deciding = asking | told, {"by": world.qa_manager} | told
    business = CaseAccess.objects.filter(user=world.auditor, until_at__isnull=True)
    given = {"stamps": "requested"} | asking
    first = steps.take("exemption_asked", exempting.ask, audit, **given)
    assert (first.reason, first.note) == (ExemptionReason.SICK_LEAVE, WHY)
    given = {"because": WHY, "stamps": "refused"} | deciding
    first = steps.take("exemption_refused", exempting.refuse, first, **given)
    assert first.refused_because == WHY
    second = steps.take("exemption_asked", exempting.ask, audit, **asking)
    steps.take("exemption_approved", exempting.approve, second, stamps="approved", **deciding)
    assert not business.exists()
    steps.take("exemption_withdrawn", exempting.withdraw, second, stamps="withdrawn", **deciding)
    assert business.get().from_at == steps.now
    steps.assert_told()


def test_extensions(world, steps, audit):
    first_due = audit.due_on
    asking = {"reason": ExtensionReason.COURT_WEEK, "of": audit, "by": world.auditor, "note": WHY}
    deciding, day = {"of": audit, "by": world.qa_manager}, (first_due + DAY).isoformat()
    asking["facts"] = {"reason": "court_week", "new_due_on": day}
    later = {"new_due_on": first_due + DAY, "stamps": "requested"}
    first = steps.take("extension_asked", extending.ask, audit, **asking | later)
    given = {"because": WHY, "stamps": "refused", "facts": {}} | deciding
    first = steps.take("extension_refused", extending.refuse, first, **given)
    assert (first.note, first.refused_because) == (WHY, WHY)
    second = steps.take("extension_asked", extending.ask, audit, **asking | later)
    approved = {"stamps": "approved", "facts": {"new_due_on": day}} | deciding
    steps.take("extension_approved", extending.approve, second, **approved)
    assert Audit.objects.get().due_on == first_due + DAY
    steps.assert_told()


def test_a_safety_concern(world, steps, audit):
    given = {"judgement": SafetyJudgement.NOT_SAFE, "worry": WHY, "by": world.auditor}
    given["facts"] = {"judgement": "not_safe"}
    raised = steps.take(
        "safety_concern_raised", safety.raise_concern, audit, stamps="raised", **given
    )
    by = {"by": world.team_manager}
    said = "safety_concern_acknowledged"
    steps.take(said, safety.acknowledge, raised, stamps="acknowledged", **by)
    done = {"what_was_done": WHY, "stamps": "settled"} | by
    settled = steps.take("safety_concern_settled", safety.settle, raised, **done)
    settled.refresh_from_db()
    assert settled.what_was_done == WHY
    steps.assert_told()


def test_leave_to_audit_without_independence(world, steps):
    given = {
        "case": world.case,
        "auditor": world.service_manager,
        "breach": IndependenceBreach.MANAGER,
        "reason": WHY,
        "by": world.qa_manager,
    }
    ask, confirm = overriding.ask_override, overriding.confirm_override
    breach = {"breach": "manager"}
    asked = steps.take("override_asked", ask, world.round, stamps="asked", facts=breach, **given)
    second = {"by": world.director, "stamps": "confirmed", "facts": breach | {"for_partner": False}}
    steps.take("override_confirmed", confirm, asked, **second)
    steps.assert_told()


def test_a_round_and_who_reviews_it(world, steps):
    by = world.qa_manager
    published = {"by": by, "stamps": "published", "facts": {"tool": "SMALL", "number": 1}}
    tool = steps.take("tool_published", tools.publish_tool, small_tool(), **published)
    given = {
        "name": "Case-file audits",
        "kind": RoundKind.MONTHLY,
        "standing": "independent",
        "month": START.date(),
        "tool_version": tool,
        "opens_on": START.date(),
        "due_on": START.date(),
    }
    facts = {"kind": "monthly", "month": "2025-11-01"}
    given |= {"by": by, "stamps": "created", "facts": facts}
    opened = steps.take("round_opened", rounds.open_round, **given)
    until = {"reviewer": world.external_reviewer, "until_on": START.date(), "of": opened, "by": by}
    person = ids(person=world.external_reviewer)
    until["facts"] = person | {"until_on": START.date().isoformat()}
    assign, end = reviewing.assign_reviewer, reviewing.end_assignment
    held = steps.take("reviewer_assigned", assign, opened, stamps="assigned", **until)
    assert (held.from_on, held.until_on) == (START.date(), START.date())
    ended = {"by": by, "of": opened, "stamps": "ended", "facts": person}
    steps.take("reviewer_ended", end, held, **ended)
    steps.assert_told()


def test_another_grade_stands(world, steps):
    held = world.returned_audit(now=START).returns.get().grades.first()
    source = {"source": ChangeSource.MODERATION, "source_id": held.audit_return.public_id}
    given = {"by": world.qa_officer, "reason": WHY, "of": held.audit_return.audit} | source
    for grade in (2, 1):
        verb = grading.set_standing_grade
        steps.take("standing_grade_changed", verb, held, grade=grade, **given)
    first, second = StandingGradeChange.objects.all()
    assert (first.old, first.new, second.old, second.new) == (3, 2, 2, 1)
    assert (first.superseded_at, second.at, second.superseded_at) == (steps.now, steps.now, None)
    steps.assert_told()


def test_an_audit_handed_on(world, steps, audit):
    given = {"to": world.second_auditor, "by": world.administrator}
    facts = ids(leaver=world.auditor, auditor=world.second_auditor)
    steps.take("audit_handed_on", handing_on.hand_on, audit, facts=facts, **given)
    held = CaseAccess.objects.filter(capacity=AccessCapacity.AUDITOR, until_at__isnull=True)
    assert (held.get().user, held.get().from_at) == (world.second_auditor, steps.now)
    steps.assert_told()
