import datetime
from decimal import Decimal

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from actions.models import Action
from audits.choices import (
    Axis,
    ContributionSource,
    ContributionState,
    FindingKind,
    Grade,
    ResponseKind,
    SafetyJudgement,
)
from audits.domain import drafting, responding, tools
from audits.domain.responding import OwnResponse
from audits.domain.sections import OwnContribution, OwnGrade
from audits.domain.writing import NEVER
from audits.exceptions import ChangedMeanwhile
from audits.models import Answer, AuditReturn, DomainEvidence, Theme
from cases.choices import InvolvementKind
from kit.exceptions import NotPossible
from tests.factories.actions import raised
from tests.factories.audits import small_tool
from tests.factories.cases import CaseInvolvementFactory

ALIKE = dict.fromkeys(Axis, OwnGrade(Grade.GOOD))


@pytest.fixture
def draft(world):
    return drafting.start(world.audit(), by=world.auditor)


def save(world, draft, code: str = "A", **values):
    given = {"domain": world.domain(code), "by": world.auditor}
    return drafting.save_domain(draft, **given | values)


def answer(draft, code: str) -> Answer:
    return draft.answers.get(question__code=code)


def test_starting_opens_the_first_version(world, draft):
    assert (draft.version, draft.returned_at, draft.audit.auditor) == (1, None, world.auditor)


def test_an_audit_is_started_once(world, draft):
    with pytest.raises(NotPossible, match="This audit is started"):
        drafting.start(draft.audit, by=world.auditor)


def test_only_the_auditor_writes(world, draft):
    with pytest.raises(Refused, match="Only the auditor"):
        save(world, draft, by=world.qa_manager, what_i_saw="Mine.")

    assert not DomainEvidence.objects.exists()


def test_independence_is_checked_at_each_saving(world, draft):
    decided = InvolvementKind.DECIDED
    CaseInvolvementFactory(
        case=world.case, user=world.auditor, kind=decided, happened_on=draft.started_at
    )

    with pytest.raises(Refused, match="Ask the QA team to give it to someone else"):
        save(world, draft, what_i_saw="Note of 3 March.")


def test_saving_again_replaces_what_is_named_and_keeps_the_rest(world, draft):
    save(world, draft, what_i_saw="First.", difference_made="Calm.", grades=ALIKE)

    changed = {Axis.PRACTICE: OwnGrade(Grade.INADEQUATE, "No visit.")}
    save(world, draft, what_i_saw="Second.", grades=changed)

    text = draft.evidence.get()
    assert (text.what_i_saw, text.difference_made) == ("Second.", "Calm.")
    assert list(draft.grades.order_by("axis").values_list("axis", "grade", "rationale")) == [
        ("outcome", Grade.GOOD, ""),
        ("practice", Grade.INADEQUATE, "No visit."),
    ]


def test_saving_writes_no_history(world, draft):
    entries = HistoryEntry.objects.count()

    world.fill(draft)

    assert HistoryEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("section", "code", "given", "column", "kept"),
    [
        ("A", "A1", "partly", "choice", "partly"),
        ("A", "A1-date", datetime.date(2025, 3, 3), "on", datetime.date(2025, 3, 3)),
        ("A", "A2", ["school", "health"], "choice", "school,health"),
        ("A", "A2", "not_applicable", "choice", "not_applicable"),
        ("B", "B1", "Seen at school.", "text", "Seen at school."),
        ("B", "B2", Decimal("6"), "number", Decimal("6")),
    ],
)
def test_an_answer_stands_in_the_column_of_its_type(
    world, draft, section, code, given, column, kept
):
    save(world, draft, section, answers={code: given})

    assert getattr(answer(draft, code), column) == kept


@pytest.mark.parametrize(
    ("section", "code", "given"),
    [
        ("A", "A1", "perhaps"),
        ("A", "A1", "not_applicable"),
        ("A", "A1-date", "yesterday"),
        ("A", "A2", ["police"]),
        ("A", "A1", ["yes", "no"]),
        ("B", "B2", "six"),
        ("A", "B1", "Not asked here."),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(world, draft, section, code, given):
    with pytest.raises(NotPossible, match=f"{code}"):
        save(world, draft, section, answers={code: given})


def test_a_section_is_left_out_only_where_the_tool_allows(world, draft):
    left_out = dict.fromkeys(Axis, OwnGrade(not_applicable_because="Not yet born."))

    save(world, draft, "F", grades=left_out)
    assert set(draft.grades.values_list("is_not_applicable", "grade")) == {(True, None)}

    with pytest.raises(NotPossible, match="applies to every child"):
        save(world, draft, "A", grades=left_out)


def test_a_section_is_graded_or_left_out_not_both(world, draft):
    both = {Axis.PRACTICE: OwnGrade(Grade.GOOD, not_applicable_because="Not yet born.")}

    with pytest.raises(NotPossible, match="not both"):
        save(world, draft, "F", grades=both)


def test_a_section_of_another_version_is_refused(world, draft):
    newer = tools.publish_tool(small_tool(), by=world.qa_manager)

    section = {"domain": newer.domains.first(), "by": world.auditor}
    strength, none = FindingKind.STRENGTH, ResponseKind.NONE_NEEDED
    for step in (
        lambda: drafting.save_domain(draft, **section, what_i_saw="Note."),
        lambda: drafting.add_finding(draft, **section, kind=strength, text="Seen alone."),
        lambda: drafting.respond(draft, **section, kind=none, reason="All is planned."),
    ):
        with pytest.raises(NotPossible, match="another version"):
            step()


def test_a_version_that_was_returned_stays_as_it_is(world):
    returned = world.returned_audit().returns.get()

    with pytest.raises(NotPossible, match="returned"):
        save(world, returned, what_i_saw="Afterthought.")


def test_people_are_asked_or_there_is_a_reason(world, draft):
    asleep = OwnContribution(ContributionState.NOT_ASKED, reason="Asleep during the visit.")
    child = ContributionSource.CHILD
    drafting.save_people(draft, by=world.auditor, contributions={child: asleep})
    silent = OwnContribution(ContributionState.NOT_ASKED)

    with pytest.raises(NotPossible, match="why they were not asked"):
        drafting.save_people(draft, by=world.auditor, contributions={child: silent})

    assert draft.contributions.get().reason == "Asleep during the visit."


def test_the_questions_about_people_are_answered_with_them(world, draft):
    drafting.save_people(
        draft,
        by=world.auditor,
        contributions={},
        domain=world.domain("people"),
        answers={"PEO6": "school"},
    )

    assert answer(draft, "PEO6").choice == "school"


def test_the_safety_answer_needs_its_evidence(world, draft):
    with pytest.raises(NotPossible, match="how you know"):
        drafting.save_safety(draft, judgement=SafetyJudgement.SAFE, evidence=" ", by=world.auditor)


def test_the_overall_keeps_its_three_texts(world, draft):
    said = {"child_now": "I am four.", "first_step": "Ring her.", "to_celebrate": "School."}
    drafting.save_overall(draft, grades={}, by=world.auditor, **said)

    assert AuditReturn.objects.values(*said).get() == said


@pytest.mark.parametrize(
    ("save_it", "values"),
    [
        (drafting.save_people, {"contributions": {}}),
        (drafting.save_safety, {"judgement": SafetyJudgement.SAFE, "evidence": "Seen."}),
        (drafting.save_overall, {"grades": {}, "child_now": "I am four."}),
    ],
    ids=["people", "safety", "overall"],
)
def test_a_page_that_missed_a_save_overwrites_nothing(world, draft, save_it, values):
    save_it(draft, seen=NEVER, by=world.auditor, **values)

    with pytest.raises(ChangedMeanwhile):
        save_it(draft, seen=NEVER, by=world.auditor, **values)


def test_a_finding_belongs_to_a_section(world, draft):
    section, theme = world.domain("B"), Theme.objects.create(code="voice", name="Voice")
    said = {"kind": FindingKind.STRENGTH, "text": "Seen alone.", "themes": [theme]}

    finding = drafting.add_finding(draft, domain=section, by=world.auditor, **said)

    assert (finding.domain, list(draft.findings.all())) == (section, [finding])
    assert (draft.findings.get().kind, finding.themes.get()) == (FindingKind.STRENGTH, theme)


def respond(world, draft, kind: ResponseKind, action: Action | None = None, reason: str = ""):
    return drafting.respond(
        draft, domain=world.domain("A"), kind=kind, action=action, reason=reason, by=world.auditor
    )


def test_an_action_for_the_child_answers_a_weak_grade(world, draft):
    action = raised(world)

    response = respond(world, draft, ResponseKind.NEW_ACTION, action)

    assert response.action == action


def test_an_action_for_another_child_does_not(world, draft):
    with pytest.raises(NotPossible, match="another child"):
        respond(world, draft, ResponseKind.OPEN_ACTION, raised(world, case=world.new_case()))


@pytest.mark.parametrize("kind", ResponseKind.values)
def test_a_response_names_an_action_or_a_reason(world, draft, kind):
    with pytest.raises(NotPossible, match="Name an action"):
        respond(world, draft, ResponseKind(kind))


def test_a_sections_response_is_whole_too(world, draft):
    section = world.domain("A")
    other = OwnResponse(ResponseKind.OPEN_ACTION, action=raised(world, case=world.new_case()))
    with pytest.raises(NotPossible, match="another child"):
        responding.write_response(draft, section, other)
    responding.write_response(draft, section, OwnResponse(ResponseKind.NONE_NEEDED, reason="So."))
    assert draft.responses.get().reason == "So."
