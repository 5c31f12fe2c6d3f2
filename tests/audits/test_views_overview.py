"""Where an audit stands, starting it, checking and returning it, and what happens then."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from audits.choices import (
    FindingKind,
    Grade,
    ResponseKind,
    RoundKind,
    SafetyJudgement,
    Standing,
)
from audits.domain import completion, drafting, extending, safety, sending_back
from audits.domain.owning import readers_of
from audits.domain.responding import NewAction, OwnResponse
from audits.domain.sections import OwnSection
from audits.models import AuditReturn
from audits.permissions import can_audit_view_returned
from cases.choices import AccessCapacity
from cases.domain import access
from tests.factories.actions import raised


@pytest.fixture
def signed_in(client, world):
    client.force_login(world.auditor)
    return client


def shown(client, name: str, audit, *arguments) -> str:
    return client.get(reverse(name, args=[audit.public_id, *arguments])).content.decode()


def post(client, name: str, audit, data=None):
    return client.post(reverse(name, args=[audit.public_id]), data or {})


def plan_action(world, draft, *, due_on: datetime.date) -> None:
    new = NewAction("Visit at home.", world.practitioner, due_on)
    drafting.save_section_page(
        draft,
        domain=world.domain("A"),
        own=OwnSection(),
        findings=[],
        response=OwnResponse(ResponseKind.NEW_ACTION, new=new),
        seen=None,
        by=world.auditor,
    )


def test_before_the_start_the_page_says_what_to_know(signed_in, world):
    page = shown(signed_in, "audit_overview", world.audit())

    for said in ("Before you start", "Read from", "Judge what happened from", "Petra Practitioner"):
        assert said in page
    assert "may be unsafe now" in page
    assert "No earlier audit of this child" in page


def test_starting_needs_the_tick_and_goes_to_the_first_section(signed_in, world):
    audit = world.audit()
    refused = post(signed_in, "audit_start", audit)
    assert "Tick the box to confirm it" in refused.content.decode()
    assert not audit.returns.exists()

    answer = post(signed_in, "audit_start", audit, {"is_independent": "on"})
    assert answer.url == reverse("audit_section", args=[audit.public_id, "A"])
    assert audit.returns.get().version == 1


def test_a_second_press_of_start_carries_on(signed_in, world):
    audit = world.audit()
    for _ in range(2):
        answer = post(signed_in, "audit_start", audit, {"is_independent": "on"})
    assert answer.url == reverse("audit_overview", args=[audit.public_id])
    assert audit.returns.count() == 1


def test_a_line_audit_asks_for_no_tick(signed_in, world):
    dip = world.open_round(kind=RoundKind.DIP_SAMPLE, standing=Standing.LINE)
    audit = world.audit(in_round=dip)
    assert "Line audit" in shown(signed_in, "audit_overview", audit)
    assert post(signed_in, "audit_start", audit).status_code == 302


def test_the_sections_show_how_far_each_has_come(signed_in, world):
    draft = drafting.start(world.audit(), by=world.auditor)
    drafting.save_domain(draft, domain=world.domain("A"), what_i_saw="Note.", by=world.auditor)

    page = shown(signed_in, "audit_overview", draft.audit)
    assert "0 of 6 sections done, last saved on" in page
    assert page.count(">Started<") == 1
    assert page.count(">Not started<") == 5


def test_the_earlier_work_about_the_child_is_shown(signed_in, world):
    earlier = world.open_round(kind=RoundKind.THEMED, name="Neglect audit")
    world.returned_audit(world.audit(in_round=earlier, auditor=world.second_auditor))
    raised(world, now=timezone.now(), due_on=timezone.localdate())

    page = shown(signed_in, "audit_overview", world.audit())
    assert "Neglect audit" in page
    assert "its grade is not released yet" in page
    assert "Agree the safety plan with the family." in page


def test_the_check_says_what_is_missing_and_where(signed_in, world):
    draft = drafting.start(world.audit(), by=world.auditor)
    drafting.save_domain(draft, domain=world.domain("A"), what_i_saw="Note.", by=world.auditor)

    page = shown(signed_in, "audit_check", draft.audit)
    assert "Say what difference it made for the child." in page
    assert reverse("audit_section", args=[draft.audit.public_id, "A"]) in page
    assert "Return the audit" not in page


def test_the_check_warns_without_keeping_from_the_return(signed_in, world):
    draft = world.draft()
    drafting.save_domain(
        draft, domain=world.domain("A"), what_i_saw="Petra knows her well.", by=world.auditor
    )

    page = shown(signed_in, "audit_check", draft.audit)
    for said in ("gives no date", "worker&#x27;s name stands", "No voice of the child"):
        assert said in page
    assert post(signed_in, "audit_return", draft.audit).status_code == 302


def test_a_text_of_another_audit_is_noticed(signed_in, world):
    world.draft()
    other = world.draft(world.audit(case=world.new_case()))
    page = shown(signed_in, "audit_check", other.audit)
    assert page.count("The same text stands in another of your audits.") == 3


def test_returning_raises_the_actions_and_says_what_happens_next(signed_in, world):
    following = world.audit(case=world.new_case())
    draft = world.draft(A=(2, 3))
    plan_action(world, draft, due_on=timezone.localdate() + datetime.timedelta(days=9))

    answer = post(signed_in, "audit_return", draft.audit)
    assert answer.url == reverse("audit_receipt", args=[draft.audit.public_id])
    page = signed_in.get(answer.url).content.decode()
    assert "your grades are fixed" in page
    assert reverse("audit_overview", args=[following.public_id]) in page
    action = draft.responses.order_by("pk").first().action
    assert (action.what, action.owners.get().user) == ("Visit at home.", world.practitioner)


def test_an_action_whose_day_has_passed_is_mended_first(signed_in, world):
    draft = world.draft(A=(2, 3))
    plan_action(world, draft, due_on=timezone.localdate() - datetime.timedelta(days=1))

    page = post(signed_in, "audit_return", draft.audit).content.decode()
    assert "This was not returned" in page
    assert "day has passed" in page
    assert draft.audit.returns.get().returned_at is None


def test_a_second_press_of_return_ends_on_the_same_page(signed_in, world):
    draft = world.draft()
    first, second = (post(signed_in, "audit_return", draft.audit) for _ in range(2))
    assert first.url == second.url


def test_after_the_return_the_overview_leads_to_reading(signed_in, world):
    audit = world.returned_audit()
    answer = signed_in.get(reverse("audit_overview", args=[audit.public_id]))
    assert answer.url == reverse("audit_returned", args=[audit.public_id])


def test_what_was_sent_back_opens_with_its_question(signed_in, world):
    audit = world.returned_audit()
    sending_back.send_back(audit, reason="Which visit was alone?", by=world.qa_officer)

    page = shown(signed_in, "audit_overview", audit)
    assert "Which visit was alone?" in page
    assert "6 of 6 sections done" in page
    assert reverse("audit_version", args=[audit.public_id, 1]) in page


def test_a_concern_raised_here_says_whether_somebody_took_it_on(signed_in, world):
    audit = world.audit()
    worry = {"judgement": SafetyJudgement.CHECK_TODAY, "worry": "He is back in the house."}
    concern = safety.raise_concern(audit, **worry, by=world.auditor)
    assert "nobody has taken it on yet" in shown(signed_in, "audit_overview", audit)

    safety.acknowledge(concern, by=world.team_manager)
    assert f"{world.team_manager.name} took it on" in shown(signed_in, "audit_overview", audit)

    safety.settle(concern, what_was_done="Seen at home.", by=world.team_manager)
    assert "You raised a concern" not in shown(signed_in, "audit_overview", audit)


def test_before_it_is_returned_again_the_question_stands_there_and_whether_it_was_answered(
    signed_in, world
):
    audit = world.returned_audit()
    draft = sending_back.send_back(audit, reason="Which visit was alone?", by=world.qa_officer)
    page = shown(signed_in, "audit_check", audit)
    assert "Which visit was alone?" in page
    assert "You have changed nothing since then." in page

    own = {"what_i_saw": "Alone on 3 March.", "by": world.auditor}
    drafting.save_domain(draft, domain=world.domain("A"), **own)
    assert "You have changed nothing since then." not in shown(signed_in, "audit_check", audit)


def test_saving_the_last_thing_leads_to_the_check(signed_in, world):
    draft = world.draft()
    kinds = {f"finding-{n}-kind": kind for n, kind in enumerate(FindingKind.values)}
    page = signed_in.get(reverse("audit_section", args=[draft.audit.public_id, "A"]))
    typed = kinds | {
        "seen": page.context["seen"],
        "what_i_saw": "Note of 3 March.",
        "difference_made": "Calm.",
        "grade-practice": "3",
        "grade-outcome": "3",
    }
    answer = signed_in.post(page.request["PATH_INFO"], typed)
    assert answer.url == reverse("audit_check", args=[draft.audit.public_id])


def test_more_time_is_asked_for_once(signed_in, world):
    audit = world.audit()
    address = reverse("audit_extension", args=[audit.public_id])
    page = signed_in.get(address)
    day = page.context["form"].fields["when"].choices[0][0]
    typed = {"reason": "court_week", "when": day, "note": "Three days in court."}

    assert signed_in.post(address, typed).status_code == 302
    assert str(audit.extensions.get().new_due_on) == day
    again = signed_in.post(address, typed).content.decode()
    assert "already waits for a decision" in again
    assert "Three days in court." in again


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose why you need more time."),
        ({"reason": "court_week", "when": "other"}, "Enter the day"),
        (
            {"reason": "court_week", "when": "other", "day_0": "1", "day_1": "1", "day_2": "2020"},
            "Choose a day after the present due date.",
        ),
    ],
)
def test_more_time_needs_a_reason_and_a_later_day(signed_in, world, typed, said):
    audit = world.audit()
    assert said in post(signed_in, "audit_extension", audit, typed).content.decode()
    assert not audit.extensions.exists()


def test_being_excused_is_asked_for_with_a_reason(signed_in, world):
    audit = world.audit()
    page = post(signed_in, "audit_exemption", audit).content.decode()
    assert "Choose why you can&#x27;t do this audit." in page

    post(signed_in, "audit_exemption", audit, {"reason": "record_locked", "note": "By the court."})
    assert audit.exemptions.get().note == "By the court."
    assert "You asked to be excused" in shown(signed_in, "audit_overview", audit)


def test_what_was_asked_shows_until_it_is_decided(signed_in, world):
    audit = world.audit()
    later = audit.due_on + datetime.timedelta(days=2)
    extending.ask(audit, reason="court_week", new_due_on=later, by=world.auditor)
    page = shown(signed_in, "audit_overview", audit)
    assert "It waits for a decision" in page
    assert "Ask for more time" not in page


@pytest.mark.parametrize("sections", [1, 3])
def test_the_overview_asks_the_database_no_more_the_more_is_written(
    signed_in, world, sections, django_assert_max_num_queries
):
    draft = drafting.start(world.audit(), by=world.auditor)
    for code in "ABF"[:sections]:
        own = {"what_i_saw": "Note.", "by": world.auditor}
        drafting.save_domain(draft, domain=world.domain(code), **own)
    with django_assert_max_num_queries(37):
        shown(signed_in, "audit_overview", draft.audit)


def test_a_full_draft_returns_with_its_grades_fixed(world):
    draft = world.draft()
    completion.return_audit(draft.audit, by=world.auditor)
    kept = AuditReturn.objects.get(pk=draft.pk)
    assert set(kept.grades.values_list("standing", flat=True)) == {Grade.GOOD}


def test_after_returning_the_next_audit_is_named_with_its_due_day(signed_in, world):
    late = world.audit(case=world.new_case())
    late.due_on = datetime.date(2023, 7, 31)
    late.save()
    draft = world.draft()
    completion.return_audit(draft.audit, by=world.auditor)
    page = shown(signed_in, "audit_receipt", draft.audit)
    assert f"Your next audit ({late.round.name}) was due on 31 July 2023" in page


@pytest.mark.parametrize("page", ["audit_check", "audit_receipt"])
def test_only_who_may_read_the_findings_is_named(signed_in, world, page):
    people = [world.practitioner, world.team_manager, world.head_of_service]
    colleague = world.person("Colin Colleague", Role.PRACTITIONER, world.team)
    draft = world.draft()
    if page == "audit_receipt":
        completion.return_audit(draft.audit, by=world.auditor)

    said = shown(signed_in, page, draft.audit)
    assert all(person.name in said for person in people)
    assert colleague.name not in said
    assert not can_audit_view_returned(colleague, draft.audit)


def test_of_a_restricted_case_only_those_named_on_it_are_said_to_read(signed_in, world):
    managers = [world.team_manager, world.head_of_service]
    draft = world.draft()
    world.case.restricted_at, world.case.restricted_by = timezone.now(), world.qa_manager
    world.case.save()
    named = {"capacity": AccessCapacity.NAMED, "because_of": draft.audit.public_id}
    access.grant(managers[0], case=world.case, **named)
    assert readers_of(draft.audit, on=timezone.localdate()) == managers[:1]
