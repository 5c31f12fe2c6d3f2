"""What an auditor says of a section beside its grades: findings, and what should happen."""

import datetime

import pytest
from django.utils import timezone

from actions.choices import ActionScope
from actions.domain import verification
from actions.models import Action, ActionSettings
from audits.choices import FindingKind, ResponseKind
from audits.domain import completion, drafting, responding, sending_back
from audits.domain.responding import NewAction, OwnFinding, OwnResponse
from audits.models import Theme
from kit.exceptions import NotPossible
from tests.factories.actions import DUE, done, raised

OPEN, NEW = ResponseKind.OPEN_ACTION, ResponseKind.NEW_ACTION
STRENGTH = FindingKind.STRENGTH
SOON = timezone.localdate() + datetime.timedelta(days=7)


@pytest.fixture
def draft(world):
    return drafting.start(world.audit(), by=world.auditor)


def find(world, draft, *findings: OwnFinding, code="A"):
    responding.write_findings(draft, world.domain(code), findings)


def respond(world, draft, kind: ResponseKind, code="A", **own):
    responding.write_response(draft, world.domain(code), OwnResponse(kind, **own))
    return draft.responses.get(domain__code=code)


def plan(world, draft, what="Visit at home.", code="A"):
    return respond(world, draft, NEW, code, new=NewAction(what, world.practitioner, SOON))


def test_a_line_without_words_is_no_finding(world, draft):
    find(world, draft, OwnFinding(STRENGTH, " Seen alone. "), OwnFinding(STRENGTH, "  "))
    assert draft.findings.get().text == "Seen alone."


def test_a_finding_that_was_answered_is_taken_away_and_the_answer_stays(world, draft):
    section, by = world.domain("A"), world.auditor
    said = {"text": "Drift.", "themes": [Theme.objects.create(code="drift", name="Drift")]}
    found = drafting.add_finding(draft, domain=section, kind=STRENGTH, by=by, **said)
    answer = {"kind": ResponseKind.NONE_NEEDED, "reason": "Done.", "finding": found}
    response = drafting.respond(draft, domain=section, by=by, **answer)
    assert draft.responses.get().finding == found

    find(world, draft, OwnFinding(STRENGTH, " ", public_id=found.public_id))

    response.refresh_from_db()
    assert (response.finding, draft.findings.count()) == (None, 0)


def test_a_finding_of_another_section_is_left_alone(world, draft):
    find(world, draft, OwnFinding(STRENGTH, "Seen alone."), code="B")
    elsewhere = draft.findings.get()

    find(world, draft, OwnFinding(STRENGTH, "", public_id=elsewhere.public_id))

    assert draft.findings.get() == elsewhere


def test_an_action_planned_for_another_audit_is_refused(world, draft):
    other = drafting.start(world.audit(case=world.new_case()), by=world.auditor)
    planned = plan(world, other).planned

    with pytest.raises(NotPossible, match="another audit"):
        respond(world, draft, OPEN, planned=planned)


def test_a_plan_that_is_reworded_stays_the_one_that_another_section_names(world, draft):
    planned = plan(world, draft).planned
    other = respond(world, draft, OPEN, "B", planned=planned)

    plan(world, draft, " Visit at school. ")

    other.refresh_from_db()
    assert other.planned.what == "Visit at school."
    assert draft.planned_actions.get() == planned


def test_a_new_action_leaves_the_plan_of_another_section_as_it_is(world, draft):
    planned = plan(world, draft).planned
    respond(world, draft, OPEN, "B", planned=planned)

    plan(world, draft, "Ring the school.", code="B")

    words = draft.planned_actions.order_by("pk").values_list("what", flat=True)
    assert list(words) == ["Visit at home.", "Ring the school."]


def test_a_reason_is_kept_only_where_no_action_follows(world, draft):
    response = respond(world, draft, OPEN, action=raised(world), reason="Already planned.")
    assert response.reason == ""

    response = respond(world, draft, ResponseKind.NONE_NEEDED, reason="Already done.")
    assert (response.reason, response.action) == ("Already done.", None)


def test_what_an_earlier_version_raised_stays_an_action_of_this_audit(world):
    first = world.draft(A=(2, 2))
    plan(world, first)
    audit = completion.return_audit(first.audit, by=world.auditor).audit
    second = sending_back.send_back(audit, reason="Which visit?", by=world.qa_officer)
    action = second.responses.get(domain__code="A").action

    assert respond(world, second, OPEN, action=action).kind == NEW
    assert respond(world, second, OPEN, action=raised(world)).kind == OPEN


def test_an_open_action_for_the_team_answers_too(world, draft):
    for_team = raised(world, scope=ActionScope.TEAM, case=None)
    assert respond(world, draft, OPEN, action=for_team).action == for_team


def test_an_action_planned_once_is_raised_once_for_both_its_sections(world):
    draft = world.draft()
    respond(world, draft, OPEN, "B", planned=plan(world, draft).planned)

    returned = completion.return_audit(draft.audit, by=world.auditor)

    action = Action.objects.get()
    assert [response.action for response in returned.responses.all()] == [action, action]


@pytest.mark.parametrize(
    ("overall", "is_verified"), [((1, 2), True), ((2, 1), False), ((2, 2), False)]
)
def test_actions_are_verified_where_the_headline_grade_is_inadequate(world, overall, is_verified):
    ActionSettings.objects.update_or_create(defaults={"verification_percent": 0})
    draft = world.draft(A=(1, 1), B=(2, 2), Z=overall)
    plan(world, draft)

    completion.return_audit(draft.audit, by=world.auditor)

    assert Action.objects.get().needs_verification is is_verified


def test_themes_of_the_section_come_first(world):
    own, other = (
        Theme.objects.create(code=code, name=code, domain_code=code) for code in ("A", "B")
    )
    assert responding.themes_for(world.domain("A")) == ([own], [other])


def test_what_is_done_or_withdrawn_answers_nothing_any_more(world, draft):
    waiting = [raised(world, due_on=DUE + datetime.timedelta(days=days)) for days in (1, 0)]
    done(world)
    verification.withdraw(raised(world), reason="Moved.", by=world.team_manager)

    found = responding.open_actions_of(draft.audit, user=world.auditor)

    assert found == [waiting[1], waiting[0]]
