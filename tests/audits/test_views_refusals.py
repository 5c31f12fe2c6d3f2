"""Who is turned away from an audit's pages: out of sight 404, in sight without the right 403."""

import datetime
import uuid

import pytest
from django.utils import timezone

from audits.choices import ExemptionReason, ExtensionReason, RoundKind, SafetyJudgement
from audits.domain import drafting, exempting, extending, reviewing, safety
from audits.views.beside import beside
from cases.choices import InvolvementKind
from cases.domain import glass, restricting
from kit.working_days import add_working_days
from tests.factories.cases import CaseInvolvementFactory
from tests.pages import opened, sent, text_of

WHY = "The court asks for the file this afternoon."


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (opened, "audit_overview"),
        (opened, "audit_check"),
        (opened, "audit_receipt"),
        (opened, "audit_extension"),
        (opened, "audit_exemption"),
        (opened, "safety_concern_raise"),
        (sent, "audit_start"),
        (sent, "audit_return"),
    ],
)
def test_an_audit_is_worked_on_by_its_auditor_alone(world, ask, name):
    audit = world.draft().audit
    people = (world.other_head_of_service, world.team_manager, world.auditor)
    outside, manager, auditor = (ask(user, name, audit.public_id) for user in people)
    assert (outside.status_code, manager.status_code) == (404, 403)
    assert auditor.status_code in (200, 302)


@pytest.mark.parametrize("name", ["audit_overview", "audit_check"])
def test_an_auditor_who_is_no_longer_independent_reads_no_draft(world, name):
    audit = drafting.start(world.audit(), by=world.auditor).audit
    assert opened(world.auditor, name, audit.public_id).status_code == 200
    CaseInvolvementFactory(
        case=world.case,
        user=world.auditor,
        kind=InvolvementKind.DECIDED,
        happened_on=timezone.localdate(),
    )
    assert opened(world.auditor, name, audit.public_id).status_code == 403


def more_time(audit, by):
    court, due = ExtensionReason.COURT_WEEK, add_working_days(audit.due_on, 3)
    return extending.ask(audit, reason=court, new_due_on=due, by=by)


def excuse(audit, by):
    return exempting.ask(audit, reason=ExemptionReason.REDEPLOYED, by=by)


@pytest.mark.parametrize(
    ("ask", "name"), [(more_time, "extension_decision"), (excuse, "exemption_decision")]
)
def test_what_was_asked_is_decided_by_who_may(world, ask, name):
    asked = ask(world.audit(), world.auditor)
    people = (world.other_head_of_service, world.qa_officer, world.head_of_service)
    answers = [opened(user, name, asked.public_id).status_code for user in people]
    assert answers == [404, 403, 200]


def test_whoever_raised_a_concern_does_not_answer_it(world):
    concern = safety.raise_concern(
        world.audit(), judgement=SafetyJudgement.NOT_SAFE, worry="He is back.", by=world.auditor
    )
    for user, status in ((world.auditor, 403), (world.team_manager, 200)):
        assert opened(user, "safety_concern", concern.public_id).status_code == status


def test_an_opened_case_lists_what_came_back_and_closes_with_the_role(world):
    world.returned_audit()
    world.audit(in_round=world.open_round(name="Neglect", kind=RoundKind.THEMED, in_ledger=False))
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)
    use = glass.open_glass(reference=world.case.reference, reason=WHY, by=world.director)
    page = opened(world.director, "opened_case", use.public_id)
    assert world.round.name in text_of(page)
    assert "Neglect" not in text_of(page)

    world.director.grants.update(until_on=timezone.localdate() - datetime.timedelta(days=1))

    assert opened(world.director, "opened_case", use.public_id).status_code == 403


def test_registers_lead_to_pages_that_their_reader_may_open(world):
    led = {name: beside("audit", getattr(world, name)) for name in ("qa_manager", "director")}
    assert led == {"qa_manager": [("External reviewers", "reviewers")], "director": []}
    people = ("team_manager", "director", "information_governance")
    names = {name: [to for _, to in beside("case", getattr(world, name))] for name in people}
    assert names == {
        "team_manager": [],
        "director": ["break_glass"],
        "information_governance": ["restricted_cases", "break_glass"],
    }


def test_rows_are_offered_as_a_file_to_who_may_take_them(world):
    world.audit()
    for user, offered in ((world.head_of_service, True), (world.team_manager, False)):
        page = text_of(opened(user, "audit_register"))
        assert ("app-register__export" in page) is offered


def test_rounds_reviewers_are_kept_by_the_qa_manager(world):
    assignment = world.reviews()
    for user, status in ((world.director, 403), (world.qa_manager, 200)):
        assert opened(user, "reviewers").status_code == status
    for public_id in (assignment.public_id, uuid.uuid4()):
        assert sent(world.director, "reviewer_end", public_id).status_code == 403


def test_a_reviewers_next_audit_is_one_of_the_rounds_they_still_review(world):
    elsewhere = world.open_round(name="Neglect", kind=RoundKind.THEMED, in_ledger=False)
    world.reviews()
    ending, reviewer = world.reviews(in_round=elsewhere), world.external_reviewer
    mine = world.returned_audit(world.audit(auditor=reviewer))
    world.audit(auditor=reviewer, case=world.new_case(), in_round=elsewhere)
    assert "Neglect" in text_of(opened(reviewer, "audit_receipt", mine.public_id))
    reviewing.end_assignment(ending, by=world.qa_manager)
    assert "Neglect" not in text_of(opened(reviewer, "audit_receipt", mine.public_id))
