"""Deciding requests: what the page tells, the decision, and how whoever asked learns of it."""

import datetime

import pytest
from django.utils import timezone

from audits.choices import ExemptionReason, ExtensionReason
from audits.domain import exempting, extending
from kit.months import long_date
from kit.working_days import add_working_days
from tests.pages import opened, sent, text_of
from tests.world import World


def more_time(world: World, days: int = 3, **values):
    audit = world.audit()
    due, court = add_working_days(audit.due_on, days), ExtensionReason.COURT_WEEK
    given = {"note": "Four days in the High Court.", "by": world.auditor} | values
    return extending.ask(audit, reason=court, new_due_on=due, **given)


def excuse(world: World, by=None):
    reason = ExemptionReason.REDEPLOYED
    return exempting.ask(world.audit(), reason=reason, by=by or world.auditor)


@pytest.fixture
def asked(world):
    return more_time(world)


def decide(user, asked, **said):
    name = "extension_decision" if hasattr(asked, "new_due_on") else "exemption_decision"
    return sent(user, name, asked.public_id, **said)


def test_the_page_says_who_asks_for_what_and_what_granting_means(world, asked):
    page = text_of(opened(world.team_manager, "extension_decision", asked.public_id))

    for said in (
        world.case.reference,
        f"{world.auditor.name} ({world.auditor.post})",
        long_date(asked.new_due_on),
        "3 working days later",
        "Court week",
        "Four days in the High Court.",
        "more time is not an exemption",
    ):
        assert said in page


def test_more_time_is_given(world, asked):
    answer = decide(world.team_manager, asked, decision="grant")

    assert answer.status_code == 302
    asked.audit.refresh_from_db()
    assert asked.audit.due_on == asked.new_due_on


def test_who_asked_reads_the_answer_on_the_start_page_and_in_the_audit(world, asked):
    why = "Your hearing ends on Tuesday; ask again if it does not."
    decide(world.team_manager, asked, decision="refuse", because=why)

    told = f"by {world.team_manager.post}: {why}"
    assert told in text_of(opened(world.auditor, "start"))
    assert told in text_of(opened(world.auditor, "audit_overview", asked.audit.public_id))


def test_an_excused_auditor_reads_who_excused_them(world):
    asked = excuse(world)

    decide(world.head_of_service, asked, decision="grant")

    page = text_of(opened(world.auditor, "audit_overview", asked.audit.public_id))
    assert "You are excused" in page
    assert f"by {world.head_of_service.post}." in page
    assert f"by {world.head_of_service.post}." in text_of(opened(world.auditor, "start"))


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "Choose whether you grant it or refuse it."),
        ({"decision": "refuse", "because": " "}, "Say why you refuse it"),
    ],
)
def test_a_decision_is_whole(world, asked, said, error):
    answer = decide(world.team_manager, asked, **said)

    assert answer.status_code == 200
    assert error in text_of(answer)
    asked.refresh_from_db()
    assert (asked.approved_at, asked.refused_at) == (None, None)


def test_who_comes_second_is_told_so(world, asked):
    decide(world.team_manager, asked, decision="grant")

    page = text_of(decide(world.qa_manager, asked, decision="refuse", because="Not now."))

    assert "This extension is approved" in page
    assert f"by {world.team_manager.post}" in page


def test_a_longer_time_is_for_the_qa_manager(world):
    longer = more_time(world, days=8)

    refused = decide(world.team_manager, longer, decision="grant")
    given = decide(world.qa_manager, longer, decision="grant")

    assert (refused.status_code, given.status_code) == (403, 302)
    assert "Ask the QA manager for longer" in text_of(refused)


def test_nobody_decides_what_they_asked(world):
    answer = opened(
        world.qa_manager, "exemption_decision", excuse(world, by=world.qa_manager).public_id
    )

    assert answer.status_code == 403
    assert "somebody else decides" in text_of(answer)


def test_of_an_audit_that_came_back_nothing_is_told_nor_left_to_decide(world, asked):
    """Whoever moderates it next learns nothing of its auditor here (domain rule 12)."""
    world.returned_audit(asked.audit)

    page = text_of(opened(world.qa_manager, "extension_decision", asked.public_id))

    assert "nothing is left to decide" in page
    assert world.auditor.name not in page


def test_start_pages_lead_to_what_one_may_decide(world, asked):
    links = {
        user: f"/requests/more-time/{asked.public_id}/" in text_of(opened(user, "start"))
        for user in (world.team_manager, world.head_of_service, world.qa_manager)
    }
    officer = text_of(opened(world.qa_officer, "start"))

    assert all(links.values())
    assert "More time, until" in officer
    assert f"/requests/more-time/{asked.public_id}/" not in officer


def test_what_came_back_leaves_the_list(world, asked):
    world.returned_audit(asked.audit)

    assert "Requests for you to decide" not in text_of(opened(world.team_manager, "start"))
    assert "More time, until" not in text_of(opened(world.qa_manager, "start"))


def test_an_old_answer_leaves_the_start_page_and_stays_in_the_audit(world, asked):
    long_ago = timezone.now() - datetime.timedelta(days=30)
    extending.refuse(asked, because="Not in May.", by=world.team_manager, now=long_ago)

    assert "Not in May." not in text_of(opened(world.auditor, "start"))
    assert "Not in May." in text_of(opened(world.auditor, "audit_overview", asked.audit.public_id))
