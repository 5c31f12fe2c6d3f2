"""Signing in, in a real browser: an app, a passkey, the council's own sign-in, and staying in."""

import json
import re
import subprocess
import sys
import urllib.request

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from accounts.models import User
from audits.domain import drafting
from auditsite.sign_in import sessions
from auditsite.sign_in.environment import Council
from tests.factories.sign_in import code_now, make_factor
from tests.journeys.looking import PASSWORD, assert_sound, sign_in, sound, sound_in_error
from tests.journeys.walking import press, without_script, write
from tests.servers import free_port, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def heading(page, name):
    page.get_by_role("heading", name=name, exact=True).wait_for()


# An authenticator app


def test_an_app_is_set_up_by_keyboard_and_used_to_sign_in(page, world):
    sign_in(page, world.qa_manager)
    heading(page, "Set up a second step")
    assert_sound(page)
    page.goto("/reports/")
    heading(page, "Set up a second step")
    page.get_by_role("button", name="Set up an app").press("Enter")
    heading(page, "Set up an authenticator app")
    assert_sound(page)
    secret = page.locator(".app-secret").inner_text()
    write(page, "Code from the app", code_now(secret))
    press(page, "Set up the app")
    heading(page, "Recovery codes")
    assert page.locator(".app-codes li").count() == 10
    assert_sound(page)
    recovery = page.locator(".app-codes li").first.inner_text()
    page.get_by_role("button", name="I have kept them").press("Enter")
    heading(page, "Quality assurance")

    page.get_by_role("button", name="Sign out").click()
    sign_in(page, world.qa_manager)
    heading(page, "The second step")
    assert_sound(page)
    write(page, "Code", "000000")
    press(page, "Sign in")
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert_sound(page)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    heading(page, "Quality assurance")


def test_the_app_works_without_a_script(browser, live_server, world):
    with without_script(browser, live_server) as page:
        sign_in(page, world.qa_manager)
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_text("Passkeys need JavaScript, which is off in this browser.").wait_for()
        page.get_by_role("link", name="Set up an authenticator app instead").click()
        secret = page.locator(".app-secret").inner_text()
        page.get_by_label("Code from the app").fill(code_now(secret))
        page.get_by_role("button", name="Set up the app").click()
        page.get_by_role("button", name="I have kept them").click()
        heading(page, "Quality assurance")


# A passkey


@pytest.fixture
def key(page):
    """A security key in this browser, that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return made["authenticatorId"]


def test_a_passkey_is_added_and_used_to_sign_in_and_to_go_on(page, world, key):
    sign_in(page, world.director)
    page.get_by_role("button", name="Add a passkey").click()
    heading(page, "Add a passkey")
    assert_sound(page)
    press(page, "Add a passkey")
    heading(page, "Recovery codes")
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_text("Passkey 1, added on").wait_for()
    assert_sound(page)
    page.get_by_role("link", name="Remove Passkey 1").click()
    assert_sound(page)
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_text("Your role needs a second step").wait_for()
    assert_sound(page)

    page.get_by_role("button", name="Sign out").click()
    sign_in(page, world.director)
    heading(page, "The second step")
    assert_sound(page)
    press(page, "Use my passkey")
    page.get_by_role("link", name="My work").wait_for()


def test_a_passkey_that_says_no_is_explained(page, world):
    sign_in(page, world.director)
    page.get_by_role("button", name="Add a passkey").click()
    heading(page, "Add a passkey")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(Error('no')); }")
    press(page, "Add a passkey")
    page.get_by_text("The passkey was not used.").wait_for()
    assert_sound(page)


# The other pages


def test_every_other_page_is_sound(page, world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    make_factor(world.qa_officer, "recovery_codes")
    sign_in(page, world.qa_officer)
    heading(page, "Quality assurance")
    make_factor(world.qa_officer, "totp")
    names = ("mfa_index", "account_reauthenticate", "mfa_reauthenticate", "mfa_deactivate_totp")
    more = ("mfa_view_recovery_codes", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")
    sound(page, *(reverse(name) for name in (*names, *more, "kept_work")))
    sound_in_error(page, reverse("account_change_password"), "Change my password")
    sound_in_error(page, reverse("mfa_reauthenticate"), "Continue")


def test_the_lock_out_is_sound(browser, live_server, world):
    """In a browser whose console may note that the answer is no ordinary page (429)."""
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/sign-in/")
    for _ in range(5):
        page.get_by_label("E-mail address").fill(world.auditor.email)
        page.get_by_label("Password", exact=True).fill("another password")
        page.get_by_role("button", name="Sign in").click()
    heading(page, "Too many attempts")
    assert_sound(page)
    context.close()


# Staying signed in


def end_session(page):
    """As if nobody had been there for longer than allowed."""
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    session = SessionStore(cookies["session"])
    session[sessions.SEEN_AT] = 0
    session.save()


def test_one_key_keeps_the_session_and_what_was_typed_outlives_it(page, world, settings):
    draft = drafting.start(world.audit(), by=world.auditor)
    sign_in(page, world.auditor)
    settings.SESSION_IDLE_MINUTES = 2
    page.clock.install()
    page.goto(reverse("audit_section", args=[draft.audit.public_id, "A"]))
    heading(page, "You will soon be signed out")
    assert_sound(page)
    settings.SESSION_IDLE_MINUTES = 30
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You will soon be signed out").wait_for(state="hidden")

    page.get_by_label("What I saw").fill("Line one.\nLine two.")
    end_session(page)
    page.clock.fast_forward("30:00")
    heading(page, "You have been signed out")
    page.get_by_text("What you typed is kept until you have signed in.").wait_for()
    assert_sound(page)
    page.keyboard.press("Enter")
    page.get_by_label("E-mail address").fill(world.auditor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    heading(page, "What you wrote was kept")
    assert_sound(page)
    press(page, "Save it now")
    page.get_by_role("heading", name="What you wrote was kept").wait_for(state="hidden")
    assert draft.evidence.get().what_i_saw.splitlines() == ["Line one.", "Line two."]


def test_a_draft_outlives_the_session_without_a_script(browser, live_server, world):
    draft = drafting.start(world.audit(), by=world.auditor)
    with without_script(browser, live_server) as page:
        sign_in(page, world.auditor)
        page.goto(reverse("audit_section", args=[draft.audit.public_id, "A"]))
        page.get_by_label("What I saw").fill("Case note of 3 September.")
        end_session(page)
        page.get_by_role("button", name="Save and come back later").click()
        page.get_by_label("E-mail address").fill(world.auditor.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Save it now").click()
        page.get_by_role("heading", name="Your audit").first.wait_for()
    assert draft.evidence.get().what_i_saw == "Case note of 3 September."


# The council's own sign-in


@pytest.fixture(scope="session")
def provider(tmp_path_factory):
    """A published OpenID Connect provider, running as a process of its own."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with (tmp_path_factory.mktemp("provider") / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        wait_until(lambda: answers(f"{address}/.well-known/openid-configuration"), "no provider")
        yield address
        process.terminate()
        process.wait(10)


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def known_to(provider, name, **claims):
    """Somebody whom the provider knows, and what it says of them."""
    data = json.dumps(claims).encode()
    headers = {"Content-Type": "application/json"}
    address = f"{provider}/users/{name}"
    urllib.request.urlopen(urllib.request.Request(address, data, headers, method="PUT")).close()


def council(provider, *domains):
    given = Council(provider, "case-audits", "a secret", "Aireborough Council", list(domains))
    return given.as_providers()


def to_council(page):
    """To the provider, whose page asks for a style sheet on the internet and an icon."""
    page.route(
        re.compile("^https://"), lambda route: route.fulfill(body="", content_type="text/css")
    )
    page.route(re.compile("favicon.ico$"), lambda route: route.fulfill(body=""))
    page.get_by_role("button", name="Sign in with Aireborough Council").click()


def through_council(page, name):
    to_council(page)
    page.locator("input[name=sub]").fill(name)
    page.locator("input[name=sub]").press("Enter")


def test_someone_with_an_account_signs_in_with_the_council(page, world, settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS = council(provider)
    email = world.auditor.email
    known_to(provider, "amira", email=email.upper(), email_verified=True)
    page.goto("/my-sign-in/")
    assert_sound(page)
    through_council(page, "amira")
    heading(page, "My sign-in")
    assert page.url.endswith("/my-sign-in/")
    assert not SocialAccount.objects.exists()


def test_the_second_step_is_asked_for_after_the_council(page, world, settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS = council(provider, "aireborough.example")
    known_to(provider, "quinn", email=world.qa_manager.email)
    make_factor(world.qa_manager, "totp")
    page.goto("/sign-in/")
    through_council(page, "quinn")
    heading(page, "The second step")
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in").click()
    heading(page, "Quality assurance")


REFUSED = [
    (
        "stranger",
        {"email": "stranger@aireborough.example", "email_verified": True},
        "There is no account here",
    ),
    ("unsure", {"email": "AUDITOR", "email_verified": False}, "did not confirm your e-mail"),
    ("nameless", {}, "did not confirm your e-mail"),
    (
        "system",
        {"email": "system@localhost.invalid", "email_verified": True},
        "There is no account here",
    ),
]


@pytest.mark.parametrize(("name", "claims", "sentence"), REFUSED, ids=[r[0] for r in REFUSED])
def test_others_are_told_why_they_are_not_let_in(
    page, world, settings, provider, name, claims, sentence
):
    settings.SOCIALACCOUNT_PROVIDERS = council(provider)
    told = claims | ({"email": world.auditor.email} if claims.get("email") == "AUDITOR" else {})
    known_to(provider, name, **told)
    people = User.objects.count()
    page.goto("/sign-in/")
    through_council(page, name)
    page.get_by_text(sentence).wait_for()
    assert_sound(page)
    assert User.objects.count() == people


def test_someone_who_left_is_not_let_in(page, world, settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS = council(provider)
    known_to(provider, "gone", email=world.auditor.email, email_verified=True)
    User.objects.filter(pk=world.auditor.pk).update(is_active=False)
    page.goto("/sign-in/")
    through_council(page, "gone")
    heading(page, "This account is closed")


def test_saying_no_there_leads_back(page, world, settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS = council(provider)
    page.goto("/sign-in/")
    to_council(page)
    page.locator("button[value=deny]").click()
    page.get_by_text("Try again, or use your password.").wait_for()


def test_a_provider_that_is_down_is_explained(page, world, settings):
    settings.SOCIALACCOUNT_PROVIDERS = council(f"http://localhost:{free_port()}")
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with Aireborough Council").click()
    page.get_by_text("did not answer as it should").wait_for()
    assert page.get_by_label("E-mail address").is_visible()
