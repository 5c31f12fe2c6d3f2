"""What the database itself refuses of moderations and what follows them."""

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from audits.choices import Axis, Grade
from audits.models import Domain
from moderation.choices import ChosenBecause, ReAuditEnd, Settlement
from moderation.domain import feedback, re_audits, settling
from moderation.models import AuditImport, ImportCorrection, ModerationSettings
from tests.constraints import break_each, constraints_of, tried
from tests.factories.import_files import RETURNED, bring
from tests.factories.moderation import assigned, committed, returned

LATER = timezone.now() + datetime.timedelta(days=1)
SETTLED = {"settled_at": LATER, "settled_by": F("assigned_by")}
PROPOSED = {"proposed_at": LATER, "proposed_by": F("assigned_by")}
ENDED = {"ended_at": LATER, "ended_by": F("scheduled_by"), "ended_because": ReAuditEnd.MOVED}

CHANGES = {
    "batch": {
        "audit_import_imported": {"imported_by": None},
        "audit_import_keeps_no_bytes": {"content": b"month"},
    },
    "assigned": {
        "moderation_committed": {"committed_at": LATER},
        "moderation_committed_by_moderator": {
            "committed_at": LATER,
            "committed_by": F("assigned_by"),
        },
        "moderation_settled_after_commit": SETTLED
        | {"settlement": Settlement.SAME, "settled_grade": 3},
        "moderation_proposed_after_commit": PROPOSED
        | {"settlement": Settlement.AUDITOR, "settled_grade": 3},
        "moderation_withdrawn": {"withdrawn_at": LATER},
        "moderation_sighted_has_reason": {"is_blind": False},
        "moderation_by_hand_has_reason": {"chosen_because": ChosenBecause.BY_HAND},
    },
    "proposed": {
        "moderation_proposed": {"proposed_by": None},
        "moderation_settled": {"settled_at": LATER},
        "moderation_settled_by_two": {"settled_at": LATER, "settled_by": F("proposed_by")},
    },
    "committed": {
        "moderation_settled_grade": SETTLED | {"settlement": Settlement.SAME},
        "moderation_settled_from_a_proposal": SETTLED
        | {"settlement": Settlement.OTHER, "settled_grade": 3},
    },
    "feedback": {"feedback_says_both": {"to_try": ""}},
    "schedule": {
        "re_audit_ended": {"ended_at": LATER},
        "re_audit_ended_with_reason": ENDED | {"ended_because": ""},
        "re_audit_ended_by_two": ENDED | {"second_ended_by": F("ended_by")},
        "re_audit_is_another_audit": {"held": F("origin")},
    },
    "regrade": {
        "regrade_on_scale": {"grade": 5},
        "regrade_is_a_grade_or_not_applicable": {"grade": None},
    },
    "settings": {"moderation_one_row": {"id": 2}},
}
SECONDS = {
    "assigned": {
        "moderation_once_a_return": (
            {},
            {"withdrawn_at": LATER, "withdrawn_by": lambda row: row.assigned_by},
        )
    },
    "correction": {"import_correction_once_a_column": ({}, {"column": "team"})},
    "schedule": {
        "re_audit_one_due": (
            {"number": 2},
            {
                "ended_at": LATER,
                "ended_by": lambda row: row.scheduled_by,
                "ended_because": ReAuditEnd.BETTER,
            },
        ),
    },
    "ended": {"re_audit_number_once": ({}, {"number": 2})},
    "regrade": {"regrade_once_a_domain_and_axis": ({}, {"domain": lambda row: section("people")})},
    "evidence": {"regrade_evidence_once_a_domain": ({}, {"domain": lambda row: section("people")})},
}


def section(code):
    return Domain.objects.get(code=code)


def batch(world):
    bring(world, RETURNED)
    return AuditImport.objects.get()


def correction(world):
    bring(world, RETURNED)
    bring(world, RETURNED | {"overall_practice_grade": "I"})
    return ImportCorrection.objects.get()


def across(world):
    return committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)


def proposed(world):
    given = {"settlement": Settlement.AUDITOR, "reason": "On file.", "by": world.qa_manager}
    return settling.propose(across(world), **given)


def schedule(world):
    audit = returned(world, Grade.INADEQUATE).audit
    return re_audits.schedule(audit, by=world.qa_officer)


def ended(world):
    second = {"second_by": world.second_qa_officer, "by": world.qa_officer}
    return re_audits.end(schedule(world), because=ReAuditEnd.MOVED, **second)


def said(world):
    given = {"strength": "Clear.", "to_try": "Say more.", "by": world.second_qa_officer}
    return feedback.give_feedback(across(world), **given)


ROWS = {
    "batch": batch,
    "correction": correction,
    "assigned": assigned,
    "committed": across,
    "proposed": proposed,
    "feedback": said,
    "schedule": schedule,
    "ended": ended,
    "regrade": lambda world: across(world).regrades.get(domain__code="A", axis=Axis.PRACTICE),
    "evidence": lambda world: across(world).evidence.first(),
    "settings": lambda world: ModerationSettings.objects.create(),
}


@pytest.mark.parametrize("kind", ROWS)
def test_the_database_refuses_what_does_not_hold(world, kind):
    break_each(ROWS[kind](world), CHANGES.get(kind, {}), SECONDS.get(kind, {}))


def test_every_constraint_is_tried():
    assert tried(CHANGES, SECONDS) == sorted(constraints_of("moderation"))
