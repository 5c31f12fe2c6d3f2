"""A busy manager's audit: from its page to returned, by keyboard, without a script, on a phone."""

import pytest
from django.urls import reverse

from audits.choices import SafetyJudgement
from audits.domain import drafting, safety, sending_back, tools
from audits.models import Audit, SafetyConcern
from audits.tools import read_themes, read_tool
from tests.journeys.looking import PHONE, assert_sound, sign_in
from tests.journeys.walking import choose, press, tab_to, without_script, write
from tests.world import GOOD, World

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECTIONS = ("Section A", "Section B", "Section F")


def address(name: str, audit: Audit, *more: object) -> str:
    return reverse(name, args=[audit.public_id, *more])


def test_an_audit_is_made_and_returned_by_keyboard(page, world):
    audit = world.audit()
    sign_in(page, world.auditor)
    page.goto(address("audit_overview", audit))
    tab_to(page, page.get_by_label("I haven't worked with"))
    page.keyboard.press("Space")
    press(page, "Start the audit")
    for name in SECTIONS:
        page.get_by_role("heading", name=name).wait_for()
        write(page, "What I saw", "Case note of 3 September.")
        write(page, "What difference it made for the child", "She is calm.")
        choose(page, "Quality of practice", 1)
        choose(page, "Outcome for the child", 1)
        press(page, "Save and continue")
    page.get_by_role("heading", name="People spoken to").wait_for()
    choose(page, "Allocated worker", 0)
    press(page, "Save and continue")
    page.get_by_role("heading", name="Is the child safe now?").wait_for()
    choose(page, "Having read the record", 0)
    write(page, "How do you know?", "Seen on 3 September.")
    press(page, "Save and continue")
    page.get_by_role("heading", name="Overall judgement").wait_for()
    choose(page, "Quality of practice", 1)
    choose(page, "Outcome for the child", 1)
    write(
        page,
        "In three sentences: what is it like to be this child now, and what has our work changed?",
        "I sleep well.",
    )
    press(page, "Save and continue")
    page.get_by_role("heading", name="Check your answers").wait_for()
    press(page, "Return the audit")
    page.get_by_role("heading", name="Your audit is returned").wait_for()
    assert audit.returns.in_force().get().grades.count() == 8


def test_an_audit_is_made_and_returned_without_a_script(browser, live_server, world):
    audit = world.audit()
    with without_script(browser, live_server) as page:
        sign_in(page, world.auditor)
        page.goto(address("audit_overview", audit))
        page.get_by_label("I haven't worked with").check()
        page.get_by_role("button", name="Start the audit").click()
        for _ in SECTIONS:
            page.get_by_label("What I saw").fill("Case note of 3 September.")
            page.get_by_label("What difference it made").fill("She is calm.")
            page.get_by_label("Requires improvement").first.check()
            page.get_by_label("Requires improvement").last.check()
            page.get_by_label("Why is no action needed?").fill("The plan was rewritten.")
            page.get_by_role("button", name="Save and continue").click()
        page.get_by_label("Spoken to").first.check()
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_label("Yes, and I can say how I know").check()
        page.get_by_label("How do you know?").fill("Seen on 3 September.")
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_label("Good").first.check()
        page.get_by_label("Good").last.check()
        page.get_by_label("Why is the overall higher").fill("The plan works since May.")
        page.get_by_label("In three sentences").fill("I sleep well.")
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_role("button", name="Return the audit").click()
        page.get_by_role("heading", name="Your audit is returned").wait_for()
    assert audit.returns.in_force().get().responses.count() == 3


def test_what_an_answer_asks_for_shows_with_it_and_is_kept(page, world):
    draft = drafting.start(world.audit(), by=world.auditor)
    sign_in(page, world.auditor)
    page.goto(address("audit_section", draft.audit, "A"))
    date, why = page.get_by_text("Question A1-date?"), page.get_by_label("Why is the outcome")
    action = page.get_by_role("heading", name="What should happen")
    assert not any(part.is_visible() for part in (date, why, action))

    page.get_by_role("group", name="Question A1?").get_by_label("Yes").check()
    page.get_by_role("group", name="Quality of practice").get_by_label("Outstanding").check()
    page.get_by_role("group", name="Outcome for the child").get_by_label("Inadequate").check()
    assert all(part.is_visible() for part in (date, why, action))
    page.get_by_label("What I saw").fill("Case note of 3 September.")
    page.get_by_text("5 words; 60 to 120 are enough").wait_for()
    page.get_by_role("button", name="B", exact=True).click()
    page.get_by_role("heading", name="Section B").wait_for()
    assert draft.evidence.get().what_i_saw == "Case note of 3 September."


def test_on_a_phone_each_grade_stands_beside_its_radio(page, world):
    draft = drafting.start(world.audit(), by=world.auditor)
    sign_in(page, world.auditor)
    page.set_viewport_size(PHONE)
    page.goto(address("audit_section", draft.audit, "A"))
    items = page.locator(".app-grade-radios .govuk-radios__item").all()
    assert len(items) == 8
    for item in items:
        radio, label = item.locator("input"), item.locator("label")
        ends = radio.evaluate("each => each.getBoundingClientRect().bottom")
        assert label.evaluate("each => each.getBoundingClientRect().top") < ends


def test_two_windows_lose_nothing(page, world):
    draft = drafting.start(world.audit(), by=world.auditor)
    sign_in(page, world.auditor)
    other = page.context.new_page()
    for window, text in ((page, "From the first window."), (other, "From the second window.")):
        window.goto(address("audit_section", draft.audit, "A"))
        window.get_by_label("What I saw").fill(text)
    for window in (page, other):
        window.get_by_role("button", name="Save and come back later").click()
    other.get_by_text("saved in another window").first.wait_for()
    other.get_by_text("From the first window.").wait_for()
    assert other.get_by_label("What I saw").input_value() == "From the second window."
    assert_sound(other)
    other.get_by_role("button", name="Save and come back later").click()
    other.get_by_role("heading", name="Your audit").wait_for()
    assert draft.evidence.get().what_i_saw == "From the second window."


def test_the_copy_button_copies_the_reference(page, world):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, world.auditor)
    page.goto(address("audit_overview", world.audit()))
    page.get_by_role("button", name="Copy the case reference").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == world.case.reference


@pytest.fixture
def whole(world: World) -> World:
    """The world with the tool that auditors use."""
    by = world.qa_manager
    world.tool_version = tools.publish_tool(read_tool("MCF"), by=by, themes=read_themes())
    return world


EMPTY_PAGES = (
    ("audit_section", "A"),
    ("audit_section", "F"),
    ("audit_people",),
    ("audit_safety",),
    ("audit_overall",),
    ("audit_check",),
    ("audit_extension",),
    ("audit_exemption",),
    ("safety_concern_raise",),
)


def test_every_page_is_sound_while_it_is_empty(page, whole):
    audit = whole.audit()
    sign_in(page, whole.auditor)
    page.goto(address("audit_overview", audit))
    assert_sound(page)
    drafting.start(audit, by=whole.auditor)
    for name, *more in EMPTY_PAGES:
        page.goto(address(name, audit, *more))
        assert_sound(page)


def test_every_page_is_sound_in_error(page, whole):
    audit = whole.audit()
    sign_in(page, whole.auditor)
    page.goto(address("audit_overview", audit))
    page.get_by_role("button", name="Start the audit").click()
    page.get_by_text("There is a problem").wait_for()
    assert_sound(page)
    drafting.start(audit, by=whole.auditor)
    page.goto(address("audit_section", audit, "C"))
    page.get_by_label("Inadequate").first.check()
    page.get_by_label("A new action").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Say what is to be done.").wait_for()
    assert_sound(page)
    page.goto(address("audit_people", audit))
    page.get_by_label("Not asked").first.check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="say why they were not asked").wait_for()
    assert_sound(page)
    for name, button in (
        ("audit_safety", "Save and continue"),
        ("audit_extension", "Ask for more time"),
        ("audit_exemption", "Ask to be excused"),
        ("safety_concern_raise", "Raise the concern"),
    ):
        page.goto(address(name, audit))
        page.get_by_role("button", name=button).click()
        page.get_by_text("There is a problem").wait_for()
        assert_sound(page)


def test_every_page_is_sound_when_it_is_full(page, whole):
    names = "CDEGH"
    draft = whole.draft(A=(1, 2), **dict.fromkeys(names, GOOD))
    audit = draft.audit
    sign_in(page, whole.auditor)
    for name, *more in (("audit_overview",), *EMPTY_PAGES):
        page.goto(address(name, audit, *more))
        assert_sound(page)
    page.goto(address("audit_check", audit))
    page.get_by_role("button", name="Return the audit").click()
    assert_sound(page)
    page.get_by_role("link", name="Read what you returned").click()
    assert_sound(page)
    sending_back.send_back(audit, reason="Which visit was alone?", by=whole.qa_officer)
    page.goto(address("audit_overview", audit))
    page.get_by_text("Which visit was alone?").wait_for()
    assert_sound(page)


def test_a_manager_answers_a_concern(page, whole):
    unsafe = SafetyJudgement.NOT_SAFE
    safety.raise_concern(whole.audit(), judgement=unsafe, worry="Bail ended.", by=whole.auditor)
    concern = SafetyConcern.objects.get()
    sign_in(page, whole.team_manager)
    page.goto(reverse("safety_concern", args=[concern.public_id]))
    assert_sound(page)
    press(page, "I take this on")
    page.get_by_text("Tess Manager took this on").wait_for()
    assert_sound(page)
    write(page, "What was done?", "Visited at noon; he has left.")
    press(page, "Save what was done")
    page.get_by_role("heading", name="What was done").wait_for()
    assert_sound(page)
    concern.refresh_from_db()
    assert concern.settled_by == whole.team_manager


def test_an_officer_sends_an_audit_back(page, whole):
    audit = whole.returned_audit(**dict.fromkeys("CDEGH", GOOD))
    sign_in(page, whole.qa_officer)
    page.goto(address("audit_send_back", audit))
    assert_sound(page)
    press(page, "Send it back")
    page.get_by_text("There is a problem").wait_for()
    assert_sound(page)
    write(page, "What should the auditor look at again?", "Which visit was alone?")
    press(page, "Send it back")
    page.get_by_text("went back to its auditor").wait_for()
    assert audit.returns.drafts().get().version == 2
