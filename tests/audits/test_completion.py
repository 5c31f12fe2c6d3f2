import datetime

import pytest
from django.utils import timezone

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from actions.models import Action
from audits.choices import (
    Axis,
    ContributionSource,
    ContributionState,
    ExemptionReason,
    Grade,
    ResponseKind,
    SafetyJudgement,
)
from audits.domain import completion, drafting, exempting, responding, safety
from audits.domain.responding import NewAction, OwnResponse
from audits.domain.sections import OwnContribution, OwnGrade
from audits.exceptions import IncompleteAudit
from audits.models import DomainEvidence, DomainGrade, FindingResponse
from cases.choices import InvolvementKind
from kit.exceptions import NotPossible
from kit.months import london_day
from tests.factories.cases import CaseInvolvementFactory

GOOD, WEAK = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT


def lacks(draft) -> list[tuple[str, str]]:
    return [(lack.section_code, lack.sentence) for lack in completion.missing(draft)]


def regrade(draft, code: str, **values):
    DomainGrade.objects.filter(audit_return=draft, domain__code=code).update(**values)


def test_a_new_draft_lacks_every_section(world):
    draft = drafting.start(world.audit(), by=world.auditor)

    assert {code for code, _ in lacks(draft)} == {"A", "B", "F", "Z", "people", "safety"}


def test_a_full_draft_lacks_nothing(world):
    assert completion.missing(world.draft()) == []


@pytest.mark.parametrize("code", ["A", "Z"])
def test_each_axis_needs_its_grade(world, code):
    draft = world.draft()
    regrade(draft, code, grade=None)

    assert lacks(draft) == [
        (code, "Give a grade for practice."),
        (code, "Give a grade for outcome."),
    ]


def test_the_overall_says_what_it_is_like_to_be_the_child(world):
    draft = world.draft()
    drafting.save_overall(draft, grades={}, child_now="  ", by=world.auditor)

    assert lacks(draft) == [("Z", "Say what it is like to be this child now.")]


def test_a_section_that_does_not_apply_needs_no_texts(world):
    draft = world.draft()
    DomainEvidence.objects.filter(domain__code="F").delete()
    assert {code for code, _ in lacks(draft)} == {"F"}
    left_out = OwnGrade(not_applicable_because="Not yet born.")

    drafting.save_domain(
        draft, domain=world.domain("F"), by=world.auditor, grades=dict.fromkeys(Axis, left_out)
    )

    assert lacks(draft) == []


@pytest.mark.parametrize("text", ["what_i_saw", "difference_made"])
def test_each_section_needs_both_texts(world, text):
    draft = world.draft()
    DomainEvidence.objects.filter(domain__code="B").update(**{text: "  "})

    assert [code for code, _ in lacks(draft)] == ["B"]


@pytest.mark.parametrize(("outcome", "needs_reason"), [(3, False), (2, True)])
def test_grades_two_steps_apart_need_a_reason(world, outcome, needs_reason):
    draft = world.draft(A=(4, outcome))
    none = ResponseKind.NONE_NEEDED
    drafting.respond(draft, domain=world.domain("A"), kind=none, reason="Done.", by=world.auditor)
    assert lacks(draft) == []
    regrade(draft, "A", rationale="")

    reasons = ["Say why the outcome is so different from the practice."] * needs_reason
    assert [sentence for _, sentence in lacks(draft)] == reasons


@pytest.mark.parametrize(("lower", "needs_reason"), [("A", False), ("AB", True)])
def test_an_overall_above_two_sections_needs_a_reason(world, lower, needs_reason):
    draft = world.draft(
        **dict.fromkeys(lower, (3, 3)),
        Z=(4, 4),
        F=(4, 4),
        **{code: (4, 4) for code in "AB" if code not in lower},
    )
    assert lacks(draft) == []
    regrade(draft, "Z", rationale="")

    assert (
        lacks(draft)
        == [("Z", "Two sections are lower. Say why the overall is higher.")] * needs_reason
    )


def test_a_weak_section_needs_an_action_or_a_reason(world):
    draft = world.draft(B=(2, 3))
    FindingResponse.objects.all().delete()

    assert lacks(draft) == [("B", "Say what should happen, or why no action is needed.")]


def test_a_weak_overall_is_answered_by_what_follows_from_its_sections(world):
    draft = world.draft(B=(2, 2), Z=(2, 2))
    assert FindingResponse.objects.get().domain.code == "B"

    assert lacks(draft) == []


def test_a_weak_overall_alone_needs_an_answer_too(world):
    draft = world.draft(Z=(2, 3))

    assert [code for code, _ in lacks(draft)] == ["Z"]


def test_the_conversation_with_the_worker_was_held_or_has_a_reason(world):
    draft = world.draft()
    draft.contributions.all().delete()
    assert [code for code, _ in lacks(draft)] == ["people"]

    away = OwnContribution(ContributionState.NOT_ASKED, reason="Worker has left.")
    contributions = {ContributionSource.WORKER: away}
    drafting.save_people(draft, by=world.auditor, contributions=contributions)

    assert lacks(draft) == []


@pytest.mark.parametrize("judgement", [SafetyJudgement.CHECK_TODAY, SafetyJudgement.NOT_SAFE])
def test_a_child_who_may_be_unsafe_needs_a_raised_concern(world, judgement):
    draft = world.draft()
    drafting.save_safety(draft, judgement=judgement, evidence="Bail ended.", by=world.auditor)
    assert [code for code, _ in lacks(draft)] == ["safety"]

    safety.raise_concern(
        draft.audit, judgement=judgement, worry="Bail ended on Friday.", by=world.auditor
    )

    assert lacks(draft) == []


def test_a_child_who_is_not_safe_needs_a_concern_that_says_so(world):
    draft, worry = world.draft(), {"worry": "Bail ended.", "by": world.auditor}
    safety.raise_concern(draft.audit, judgement=SafetyJudgement.CHECK_TODAY, **worry)
    unsafe = SafetyJudgement.NOT_SAFE
    drafting.save_safety(draft, judgement=unsafe, evidence="He is back.", by=world.auditor)
    assert [code for code, _ in lacks(draft)] == ["safety"]
    safety.raise_concern(draft.audit, judgement=unsafe, **worry)
    assert lacks(draft) == []


def test_returning_lets_the_own_grades_stand(world):
    draft = world.draft(A=(3, 4))

    returned = completion.return_audit(draft.audit, by=world.auditor)

    assert (returned.returned_by, returned.sent_back_at) == (world.auditor, None)
    grades = returned.grades.values_list("grade", "standing")
    assert all(grade == standing for grade, standing in grades)
    assert returned.grades.get(domain__code="A", axis=Axis.OUTCOME).standing == Grade.OUTSTANDING


def test_an_incomplete_draft_says_what_is_missing_and_stays_a_draft(world):
    draft = world.draft()
    regrade(draft, "A", grade=None)

    with pytest.raises(IncompleteAudit, match="2 things are still missing") as incomplete:
        completion.return_audit(draft.audit, by=world.auditor)

    assert incomplete.value.missing == completion.missing(draft)
    draft.refresh_from_db()
    assert draft.returned_at is None


def test_a_planned_action_is_late_or_not_by_the_day_of_the_return(world):
    at = timezone.now() - datetime.timedelta(days=3)
    draft = world.draft(now=at)
    new = NewAction("Visit at home.", world.practitioner, london_day(at))
    responding.write_response(
        draft, world.domain("A"), OwnResponse(ResponseKind.NEW_ACTION, new=new)
    )
    assert lacks(draft) == [("A", "The action's day has passed. Choose a later one.")]

    completion.return_audit(draft.audit, by=world.auditor, now=at)

    assert Action.objects.get().due_on == london_day(at)


def test_only_the_auditor_returns(world):
    with pytest.raises(Refused, match="Only the auditor"):
        completion.return_audit(world.draft().audit, by=world.qa_manager)


def test_nothing_is_returned_twice(world):
    audit = world.returned_audit()

    with pytest.raises(NotPossible, match="This audit is returned"):
        completion.return_audit(audit, by=world.auditor)


def test_an_excused_audit_is_not_returned(world):
    draft = world.draft()
    asked = exempting.ask(draft.audit, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    exempting.approve(asked, by=world.qa_manager)

    with pytest.raises(NotPossible, match="exempted"):
        completion.return_audit(draft.audit, by=world.auditor)


def test_independence_is_checked_again_at_the_return(world):
    draft = world.draft()
    CaseInvolvementFactory(
        case=world.case,
        user=world.auditor,
        kind=InvolvementKind.DECIDED,
        happened_on=draft.started_at,
    )

    with pytest.raises(Refused, match="You can't audit this case: you took a decision"):
        completion.return_audit(draft.audit, by=world.auditor)


def test_the_return_is_in_the_history(world):
    audit = world.returned_audit()

    entry = HistoryEntry.objects.get(verb="audit_returned")
    assert (entry.subject_id, entry.facts) == (audit.public_id, {"version": 1})
