"""An auditor's start page: what to carry on, the month's audits, what came back, actions."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from audits.choices import ExemptionReason, Grade
from audits.domain import completion, drafting, exempting, reviewing, sending_back
from kit.months import add_months, first_of
from moderation.domain import feedback, settling
from reporting.domain.start.auditor import auditor_work, result_text
from reporting.domain.start.page import start_page
from reporting.domain.start.wording import waited, when
from tests.factories.actions import raised
from tests.factories.moderation import assigned, commit, committed, regrade, returned
from tests.pages import opened, text_of

NOW = datetime.datetime(2026, 3, 3, 14, 30, tzinfo=datetime.UTC)


def test_nothing_given_out_is_nothing_to_carry_on(world):
    work = auditor_work(world.auditor)
    assert (work.carry_on, work.audits, work.agreement.of, work.urgency) == (None, (), 0, 3)


def test_the_audit_last_touched_is_carried_on(world):
    world.draft(world.audit(case=world.new_case()))
    drafting.start(world.audit(case=world.new_case()), by=world.auditor)
    last = drafting.start(world.audit(case=world.new_case()), by=world.auditor)
    work = auditor_work(world.auditor)
    assert work.carry_on.public_id == last.audit.public_id
    assert work.carry_on.state_text.startswith("In progress, 0 of ")


def test_when_none_is_started_the_one_due_first(world):
    first = world.audit(case=world.new_case())
    world.audit(case=world.new_case())
    carry_on = auditor_work(world.auditor).carry_on
    assert (carry_on.public_id, carry_on.state_text) == (first.public_id, "Not started")


def test_each_audit_says_how_far_it_is_and_how_long_is_left(world):
    world.draft(world.audit(case=world.new_case()))
    (row,) = auditor_work(world.auditor).audits
    assert row.state_text == "In progress, 6 of 6 sections done"
    assert " working day" in row.due
    assert row.saved.startswith("last saved today ")


def test_a_conversation_not_yet_recorded_is_asked_for_by_the_workers_name(world):
    draft = drafting.start(world.audit(), by=world.auditor)
    drafting.start(world.audit(case=world.new_case()), by=world.auditor)
    (row,) = auditor_work(world.auditor).to_talk
    assert (row.public_id, row.talk_to) == (draft.audit.public_id, world.worker.name)
    page = text_of(opened(world.auditor, "start"))
    assert reverse("audit_people", args=[draft.audit.public_id]) in page

    world.fill(draft)
    assert auditor_work(world.auditor).to_talk == ()


def test_of_months_that_are_over_no_conversation_is_asked_for(world):
    earlier = world.monthly_round(add_months(first_of(datetime.date.today()), -2))
    drafting.start(world.audit(in_round=earlier), by=world.auditor)
    assert auditor_work(world.auditor).to_talk == ()


def test_returned_ones_stay_for_the_month_and_excused_ones_go(world):
    world.returned_audit()
    excused = world.audit(case=world.new_case())
    asked = exempting.ask(excused, reason=ExemptionReason.SICK_LEAVE, by=world.auditor)
    assert len(auditor_work(world.auditor).to_do) == 1
    exempting.approve(asked, by=world.qa_manager)
    work = auditor_work(world.auditor)
    assert (len(work.audits), work.returned, work.to_do) == (1, 1, ())


def test_what_is_outstanding_from_earlier_months_stands_apart(world):
    month = add_months(first_of(timezone.localdate()), -2)
    world.audit(in_round=world.monthly_round(month))
    before = world.monthly_round(add_months(month, -1))
    world.returned_audit(world.audit(case=world.new_case(), in_round=before))
    work = auditor_work(world.auditor)
    assert (len(work.earlier), len(work.of_month), work.urgency) == (1, 0, 1)
    assert work.earlier[0].is_late


def test_a_question_comes_back_with_its_words(world):
    audit = world.returned_audit()
    sending_back.send_back(audit, reason="Which visits did you see?", by=world.qa_officer)
    (row,) = auditor_work(world.auditor).sent_back
    assert (row.question, row.state_text[:9]) == ("Which visits did you see?", "Sent back")
    completion.return_audit(audit, by=world.auditor)
    assert auditor_work(world.auditor).sent_back == ()


def test_a_settled_moderation_is_told_in_words_with_its_feedback(world):
    moderation = assigned(world, returned(world, Grade.GOOD))
    assert auditor_work(world.auditor).came_back == ()
    commit(regrade(moderation))
    moderator = moderation.moderator
    feedback.give_feedback(moderation, strength="Risk.", to_try="Say where.", by=moderator)
    work = auditor_work(world.auditor)
    (row,) = work.came_back
    assert (row.result, row.strength, row.to_try) == (
        "Moderated: supported, Good.",
        "Risk.",
        "Say where.",
    )
    assert row.public_id == moderation.public_id
    assert work.agreement.counts == "1 of 1"


def test_a_moderation_that_is_not_settled_is_not_told(world):
    commit(regrade(assigned(world, returned(world, Grade.GOOD)), {"Z": (Grade.INADEQUATE,) * 2}))
    work = auditor_work(world.auditor)
    assert (work.came_back, work.agreement.of) == ((), 0)


def test_another_auditors_work_is_not_mine(world):
    world.audit(auditor=world.second_auditor)
    assert auditor_work(world.auditor).audits == ()
    assert len(auditor_work(world.second_auditor).audits) == 1


def test_my_actions_lead_with_the_overdue(world):
    today = timezone.localdate()
    raised(world, owners=[world.auditor], due_on=today + datetime.timedelta(days=9))
    late = raised(world, owners=[world.auditor], due_on=today - datetime.timedelta(days=9))
    work = auditor_work(world.auditor)
    assert work.actions[0].action == late
    assert (len(work.actions), work.overdue_actions, work.urgency) == (2, 1, 1)


def test_a_changed_grade_is_told_from_what_to_what():
    assert result_text(Grade.GOOD, Grade.INADEQUATE) == (
        "Moderated: downgraded, from Good to Inadequate."
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "today 14:30"), (20, "yesterday 18:30"), (60, "on 1 March 2026, 02:30")],
)
def test_a_moment_is_told_as_near_as_it_is(hours, said):
    assert when(NOW - datetime.timedelta(hours=hours), now=NOW) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (2879, "47 hours"), (2880, "2 days")],
)
def test_waiting_is_told_in_minutes_then_hours_then_days(minutes, said):
    assert waited(minutes) == said


def test_a_reviewers_own_work_goes_with_the_round(world):
    world.auditor = reviewer = world.external_reviewer
    assignment = world.reviews()
    held = committed(world, Grade.OUTSTANDING, Grade.GOOD)
    settling.let_stand(held, reason="Less is on file.", by=held.moderator)
    work = auditor_work(reviewer)
    assert (len(work.audits), len(work.came_back)) == (1, 1)
    assert [each.kind for each in start_page(reviewer).sections] == ["reviewer", "auditor"]
    reviewing.end_assignment(assignment, by=world.qa_manager)
    work = auditor_work(reviewer)
    assert (work.audits, work.came_back) == ((), ())
    reviewer.grants.update(until_on=timezone.localdate() - datetime.timedelta(days=1))
    assert start_page(reviewer).sections == ()


def test_who_audits_nothing_is_shown_their_actions_and_the_way_to_their_cases(world):
    page = text_of(opened(world.practitioner, "start"))
    assert "My actions" in page
    assert "Audits of the cases you work on" in page
    assert "No audit is yours this month." not in page

    assert "No audit is yours this month." in text_of(opened(world.service_manager, "start"))
