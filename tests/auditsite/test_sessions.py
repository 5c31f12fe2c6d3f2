"""How long one stays signed in, and that nothing written is lost when the time is up."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.domain import drafting
from tests.pages import client_of, text_of

PASSWORD = "a long walk by the river"
NINE = "2026-03-03 09:00"


@pytest.fixture(autouse=True)
def nine_o_clock(db, time_machine):
    time_machine.move_to(NINE, tick=False)


@pytest.fixture
def person(world):
    world.auditor.set_password(PASSWORD)
    world.auditor.save()
    return world.auditor


def sign_in(browser, person, **query):
    return browser.post("/sign-in/", {"login": person.email, "password": PASSWORD, **query})


def is_signed_in(browser):
    return browser.get("/my-sign-in/").status_code == 200


# Limits


def test_half_an_hour_without_a_page_ends_it(person, time_machine):
    browser = client_of(person)
    browser.get("/")
    time_machine.move_to("2026-03-03 09:29", tick=False)
    assert is_signed_in(browser)
    time_machine.move_to("2026-03-03 09:58", tick=False)
    assert is_signed_in(browser)
    time_machine.move_to("2026-03-03 10:28", tick=False)
    assert not is_signed_in(browser)


def test_twelve_hours_end_it_whatever_one_does(person, time_machine):
    browser = client_of(person)
    for hour in range(9, 21):
        for minute in (0, 25, 50):
            time_machine.move_to(f"2026-03-03 {hour:02}:{minute:02}", tick=False)
            assert is_signed_in(browser)
    time_machine.move_to("2026-03-03 21:00", tick=False)
    assert not is_signed_in(browser)


def test_the_limits_are_settings(person, settings, time_machine):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_ABSOLUTE_HOURS = 5, 1
    browser = client_of(person)
    browser.get("/")
    assert browser.get(reverse("session_left")).json() == {"seconds": 300}
    time_machine.move_to("2026-03-03 09:06", tick=False)
    assert not is_signed_in(browser)


def test_asking_prolongs_nothing_and_staying_does(person, time_machine):
    browser = client_of(person)
    browser.get("/")
    time_machine.move_to("2026-03-03 09:28", tick=False)
    assert browser.get(reverse("session_left")).json() == {"seconds": 120}
    assert browser.get(reverse("session_left")).json() == {"seconds": 120}
    assert browser.post(reverse("session_left")).json() == {"seconds": 1800}


def test_a_page_soon_after_another_writes_no_session(person, django_assert_num_queries):
    browser = client_of(person)
    browser.get("/my-sign-in/")
    with django_assert_num_queries(2):  # the session and the person
        browser.get(reverse("session_left"))
    with django_assert_num_queries(2):
        browser.post(reverse("session_left"))


# Signing in


def test_signing_in_begins_a_new_session(person):
    browser = Client()
    browser.get("/reports/")
    session = browser.session
    session["from_before"] = True
    session.save()
    browser.cookies["session"] = session.session_key
    sign_in(browser, person)
    assert browser.session.session_key != session.session_key
    assert not Client().session.exists(session.session_key)


def test_signing_in_leads_back_to_the_page_asked_for(person):
    browser = Client()
    address = browser.get("/my-sign-in/").url
    assert address == "/sign-in/?next=/my-sign-in/"
    assert 'name="next" value="/my-sign-in/"' in text_of(browser.get(address))
    assert sign_in(browser, person, next="/my-sign-in/").url == "/my-sign-in/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:1"],
)
def test_signing_in_leads_nowhere_else(person, elsewhere):
    assert sign_in(Client(), person, next=elsewhere).url == "/"


# What was sent too late


@pytest.fixture
def late(world, person, time_machine):
    """A section that was sent after its session had ended."""
    audit = drafting.start(world.audit(), by=person).audit
    browser = client_of(person)
    address = reverse("audit_section", args=[audit.public_id, "A"])
    assert browser.get(address).status_code == 200
    time_machine.move_to("2026-03-03 09:40", tick=False)
    answer = browser.post(address, {"what_i_saw": "Line <one>.\r\nLine two.", "more": ["1", "2"]})
    assert answer.url == "/sign-in/?next=%2Fsign-in%2Fkept%2F"
    return browser, address


def test_it_is_there_after_signing_in_again(person, late):
    browser, address = late
    assert sign_in(browser, person, next="/sign-in/kept/").url == "/sign-in/kept/"
    page = text_of(browser.get("/sign-in/kept/"))
    assert f'action="{address}"' in page
    assert 'value="Line &lt;one&gt;.\r\nLine two."' in page
    assert page.count('name="more"') == 2


def test_nobody_else_sees_it(world, late):
    browser, _ = late
    world.team_manager.set_password(PASSWORD)
    world.team_manager.save()
    sign_in(browser, world.team_manager)
    assert "Nothing is waiting" in text_of(browser.get("/sign-in/kept/"))


def test_it_is_sealed_and_goes_after_an_hour(person, late, time_machine):
    browser, _ = late
    assert "Line" not in str(dict(browser.session))
    time_machine.move_to("2026-03-03 10:41", tick=False)
    sign_in(browser, person)
    assert "Nothing is waiting" in text_of(browser.get("/sign-in/kept/"))


def test_it_can_be_thrown_away(person, late):
    browser, _ = late
    sign_in(browser, person)
    assert browser.post(reverse("drop_kept_work")).url == "/"
    assert "Nothing is waiting" in text_of(browser.get("/sign-in/kept/"))


def test_a_form_from_another_site_is_not_kept(person, time_machine):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    browser.get("/my-sign-in/")
    time_machine.move_to("2026-03-03 09:40", tick=False)
    answer = browser.post(reverse("account_change_password"), {"password1": "x"})
    assert answer.status_code == 403
    assert "kept_work" not in browser.session
