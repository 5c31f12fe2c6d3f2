"""What the database itself refuses of the programme and its audits."""

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from audits.choices import (
    Axis,
    ChangeSource,
    ContributionSource,
    ContributionState,
    ExemptionReason,
    ExtensionReason,
    ResponseKind,
    RoundKind,
    SafetyJudgement,
)
from audits.domain import (
    drafting,
    exempting,
    extending,
    grading,
    overriding,
    safety,
    sending_back,
)
from audits.domain.sections import OwnSection
from audits.models import AuditSettings, Domain, PlannedAction, Question
from cases.choices import IndependenceBreach
from tests.constraints import break_each, constraints_of, tried
from tests.factories.actions import raised

LONG_AGO, SECOND_OF_MONTH = datetime.date(2000, 1, 1), datetime.date(2023, 11, 2)
NOW = timezone.now()
EARLIER = NOW - datetime.timedelta(days=1)
WHY = "Said in a sentence."
REFUSED_THEN = {"refused_at": NOW, "refused_by": F("requested_by"), "refused_because": WHY}
SENT_BACK = {"sent_back_at": F("returned_at"), "sent_back_by": F("returned_by")}
SETTLED = {"settled_at": NOW, "settled_by": F("raised_by"), "what_was_done": WHY}
ACKNOWLEDGED = {"acknowledged_at": NOW, "acknowledged_by": F("raised_by")}


def asker(row):
    return row.requested_by


def section(code):
    return Domain.objects.get(code=code)


def question(code):
    return Question.objects.get(code=code)


CHANGES = {
    "version": {
        "tool_version_published": {"published_by": None},
        "tool_version_grades_its_headline": {"grades_practice": False},
    },
    "round": {
        "round_month_first_day": {"month": SECOND_OF_MONTH},
        "round_dates": {"due_on": LONG_AGO},
        "round_returns_closed": {"returns_closed_at": NOW},
        "round_sample_closed": {"sample_closed_at": NOW},
        "round_grades_closed": {"grades_closed_at": NOW},
        "round_monthly_in_ledger": {"in_ledger": False},
        "round_re_audit_not_in_ledger": {"kind": RoundKind.RE_AUDIT},
    },
    "reviewer": {
        "reviewer_dates": {"until_on": LONG_AGO},
        "reviewer_ended": {"ended_at": NOW},
    },
    "audit": {
        "audit_month_first_day": {"month": SECOND_OF_MONTH},
        "audit_voided": {"voided_at": NOW},
    },
    "returned": {
        "return_returned": {"returned_by": None},
        "return_sent_back": {"sent_back_by": F("returned_by")},
        "return_sent_back_after_return": SENT_BACK | {"sent_back_reason": WHY},
        "return_sent_back_with_reason": SENT_BACK | {"sent_back_at": NOW},
    },
    "overall": {"domain_overall_is_graded": {"may_be_not_applicable": True}},
    "contribution": {
        "contribution_not_asked_has_reason": {"state": ContributionState.NOT_ASKED, "reason": ""}
    },
    "grade": {
        "grade_on_scale": {"grade": 5},
        "grade_standing_on_scale": {"standing": 0},
        "grade_not_applicable_is_no_grade": {
            "is_not_applicable": True,
            "not_applicable_reason": WHY,
        },
        "grade_not_applicable_has_reason": {
            "is_not_applicable": True,
            "grade": None,
            "standing": None,
        },
        "grade_standing_needs_own": {"grade": None},
    },
    "exemption": {
        "exemption_approved": {"approved_at": NOW},
        "exemption_refused": REFUSED_THEN | {"refused_by": None},
        "exemption_withdrawn": {"withdrawn_at": NOW},
        "exemption_refused_with_words": REFUSED_THEN | {"refused_because": ""},
        "exemption_withdrawn_or_refused": REFUSED_THEN
        | {"withdrawn_at": NOW, "withdrawn_by": F("requested_by")},
        "exemption_two_people": {"approved_at": NOW, "approved_by": F("requested_by")},
    },
    "excused": {"exemption_approved_or_refused": REFUSED_THEN},
    "extension": {
        "extension_approved": {"approved_at": NOW},
        "extension_refused": REFUSED_THEN | {"refused_by": None},
        "extension_refused_with_words": REFUSED_THEN | {"refused_because": ""},
        "extension_is_later": {"new_due_on": F("old_due_on")},
        "extension_two_people": {"approved_at": NOW, "approved_by": F("requested_by")},
    },
    "response": {
        "response_action_or_reason": {"kind": ResponseKind.NONE_NEEDED, "reason": WHY},
    },
    "override": {
        "override_confirmed": {"confirmed_at": NOW},
        "override_has_reason": {"reason": ""},
        "override_two_people": {"confirmed_at": NOW, "confirmed_by": F("asked_by")},
        "override_not_for_oneself": {"confirmed_at": NOW, "confirmed_by": F("auditor")},
        "override_confirmed_for": {"confirmed_for": "Wharfeshire"},
    },
    "safety answer": {"safety_answer_has_evidence": {"evidence": ""}},
    "concern": {
        "concern_acknowledged": {"acknowledged_at": NOW},
        "concern_settled": ACKNOWLEDGED | {"settled_by": F("raised_by")},
        "concern_is_a_worry": {"judgement": SafetyJudgement.SAFE},
        "concern_says_what_worries": {"worry": ""},
        "concern_settled_after_acknowledged": SETTLED,
    },
    "settings": {"audits_one_row": {"id": 2}},
    "change": {
        "standing_change_changes_something": {"old": F("new")},
        "standing_change_two_people": {"second_by": F("by")},
        "standing_change_has_reason": {"reason": ""},
    },
}

SECONDS = {
    "version": {"tool_version_once": ({}, {"number": 2})},
    "round": {"round_one_monthly_a_month": ({}, {"kind": RoundKind.THEMED})},
    "reviewer": {
        "reviewer_once_a_round": ({}, {"ended_at": NOW, "ended_by": lambda row: row.assigned_by})
    },
    "audit": {
        "audit_case_once_in_round": (
            {},
            {"voided_at": NOW, "voided_by": lambda row: row.allocated_by},
        )
    },
    "sent back": {"return_version_once": ({}, {"version": 3})},
    "returned": {
        "return_one_in_force": (
            {"version": 2},
            {
                "sent_back_reason": WHY,
                "sent_back_at": NOW,
                "sent_back_by": lambda row: row.returned_by,
            },
        )
    },
    "draft": {
        "return_one_draft": (
            {"version": 2},
            {"returned_at": NOW, "returned_by": lambda row: row.audit.auditor},
        )
    },
    "domain": {
        "domain_code_once": ({"position": 99}, {"code": "NEW"}),
        "domain_position_once": ({"code": "OTHER"}, {"position": 98}),
    },
    "overall": {"domain_one_overall": ({"position": 99, "code": "NEW"}, {"is_overall": False})},
    "question": {
        "question_code_once": ({"position": 99}, {"code": "NEW"}),
        "question_position_once": ({"code": "OTHER"}, {"position": 98}),
    },
    "option": {"question_option_once": ({}, {"code": "other"})},
    "answer": {"answer_once_a_question": ({}, {"question": lambda row: question("B1")})},
    "contribution": {"contribution_once_a_source": ({}, {"source": ContributionSource.CHILD})},
    "evidence": {"evidence_once_a_domain": ({}, {"domain": lambda row: section("Z")})},
    "grade": {"grade_once_a_domain_and_axis": ({}, {"domain": lambda row: section("people")})},
    "exemption": {"exemption_one_live": ({}, REFUSED_THEN | {"refused_by": asker})},
    "extension": {"extension_one_waiting": ({}, REFUSED_THEN | {"refused_by": asker})},
    "response": {
        "response_action_once": ({"planned": None}, {"domain": lambda row: section("B")}),
        "response_planned_once": ({"action": None}, {"domain": lambda row: section("F")}),
    },
    "override": {"override_once": ({}, {"breach": IndependenceBreach.DECISION})},
    "save": {"save_once_a_section": ({}, {"section": "else"})},
    "change": {"standing_change_one_in_force": ({}, {"superseded_at": NOW})},
}


def answer(world):
    draft, section = world.draft(), OwnSection(answers={"F1": "yes"})
    drafting.save_sections(draft, sections={world.domain("F"): section}, by=world.auditor)
    return draft.answers.get(question__code="F1")


def sent_back(world):
    audit = world.returned_audit()
    sending_back.send_back(audit, reason=WHY, by=world.qa_officer)
    return audit.returns.get(version=1)


def exemption(world):
    return exempting.ask(world.audit(), reason=ExemptionReason.VACANT_POST, by=world.auditor)


def excused(world):
    return exempting.approve(exemption(world), by=world.qa_manager)


def extension(world):
    audit = world.audit()
    later = audit.due_on + datetime.timedelta(days=1)
    reason = ExtensionReason.COURT_WEEK
    return extending.ask(audit, reason=reason, new_due_on=later, by=world.auditor)


def response(world):
    """A new action, planned and raised."""
    draft = world.draft()
    plan = PlannedAction.objects.create(
        audit_return=draft, what=WHY, due_on=LONG_AGO, owner=world.practitioner
    )
    new = {"kind": ResponseKind.NEW_ACTION, "planned": plan, "action": raised(world)}
    return draft.responses.create(domain=world.domain("A"), **new)


def override(world):
    return overriding.ask_override(
        world.round,
        case=world.case,
        auditor=world.service_manager,
        breach=IndependenceBreach.MANAGER,
        reason=WHY,
        by=world.qa_manager,
    )


def concern(world):
    audit, judgement = world.audit(), SafetyJudgement.CHECK_TODAY
    return safety.raise_concern(audit, judgement=judgement, worry=WHY, by=world.auditor)


def grade(world):
    rows = world.returned_audit().returns.get().grades
    return rows.get(domain__code="A", axis=Axis.PRACTICE)


def change(world):
    held = grade(world)
    source = {"source": ChangeSource.MODERATION, "source_id": held.audit_return.public_id}
    return grading.set_standing_grade(held, grade=2, reason=WHY, by=world.qa_officer, **source)


ROWS = {
    "version": lambda world: world.tool_version,
    "round": lambda world: world.round,
    "reviewer": lambda world: world.reviews(),
    "audit": lambda world: world.audit(),
    "draft": lambda world: world.draft(now=EARLIER),
    "returned": lambda world: world.returned_audit(now=EARLIER).returns.get(),
    "sent back": sent_back,
    "domain": lambda world: world.domain("A"),
    "overall": lambda world: world.domain("Z"),
    "question": lambda world: world.domain("A").questions.get(code="A1"),
    "option": lambda world: world.domain("A").questions.get(code="A2").options.first(),
    "answer": answer,
    "contribution": lambda world: world.draft().contributions.get(),
    "evidence": lambda world: world.draft().evidence.first(),
    "save": lambda world: world.draft().saves.first(),
    "safety answer": lambda world: world.draft().safety_answer,
    "grade": grade,
    "exemption": exemption,
    "excused": excused,
    "extension": extension,
    "response": response,
    "override": override,
    "concern": concern,
    "settings": lambda world: AuditSettings.objects.create(),
    "change": change,
}


@pytest.mark.parametrize("kind", ROWS)
def test_the_database_refuses_what_does_not_hold(world, kind):
    break_each(ROWS[kind](world), CHANGES.get(kind, {}), SECONDS.get(kind, {}))


def test_every_constraint_is_tried():
    assert tried(CHANGES, SECONDS) == sorted(constraints_of("audits"))
