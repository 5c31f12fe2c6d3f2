"""The second step: who needs one, what they see without it, and that it cannot be taken away."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import HistoryEntry
from tests.factories.accounts import RoleGrantFactory
from tests.factories.sign_in import SECRET, code_now, make_factor
from tests.pages import client_of, text_of

PASSWORD = "a long walk by the river"
NEED_ONE = (
    "qa_manager",
    "director",
    "administrator",
    "information_governance",
    "external_reviewer",
)
DO_NOT = ("practitioner", "team_manager", "service_manager", "head_of_service", "qa_officer")
OTHERS = (*DO_NOT, "report_recipient")


@pytest.fixture(autouse=True)
def required(settings, db):
    settings.SECOND_FACTOR_REQUIRED = True


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def signing_in(user, *, client=None, **query):
    """A browser in which the password has just been given."""
    browser = client or Client()
    answer = browser.post("/sign-in/", {"login": user.email, "password": PASSWORD, **query})
    return browser, answer


# Who needs one


@pytest.mark.parametrize("role", NEED_ONE)
def test_without_one_only_the_set_up_is_seen(world, role):
    browser = client_of(getattr(world, role))
    for name in ("start", "reports", "account_change_password", "mfa_generate_recovery_codes"):
        assert browser.get(reverse(name)).url == reverse("mfa_index")
    assert "Set up a second step" in text_of(browser.get(reverse("mfa_index")))


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_need_none(world, role):
    assert client_of(getattr(world, role)).get("/").status_code == 200


def test_a_grant_bites_at_the_next_request(world):
    browser = client_of(world.qa_officer)
    assert browser.get("/").status_code == 200
    RoleGrantFactory(user=world.qa_officer, role=Role.QA_MANAGER, unit=world.authority)
    assert browser.get("/").url == reverse("mfa_index")


def test_where_it_is_not_required_nobody_is_held_up(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert client_of(world.qa_manager).get("/").status_code == 200


def test_signing_out_is_always_possible(world):
    answer = client_of(world.qa_manager).post(reverse("account_logout"))
    assert answer.url == reverse("account_login")


# Setting one up


def set_up_app(browser):
    address = reverse("mfa_activate_totp")
    page = browser.get(address)
    assert text_of(page).count("<svg") == 1
    secret = page.context["form"].secret
    return browser.post(address, {"code": code_now(secret)})


@pytest.mark.django_db(transaction=True)
def test_an_app_opens_everything_and_gives_codes_once(world):
    browser, _ = signing_in(with_password(world.qa_manager))
    assert set_up_app(browser).url == reverse("mfa_view_recovery_codes")
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    shown = text_of(browser.get(reverse("mfa_view_recovery_codes")))
    assert all(code in shown for code in codes)
    again = text_of(browser.get(reverse("mfa_view_recovery_codes")))
    assert "10 of 10 are left" in again
    assert not any(code in again for code in codes)
    assert browser.get("/").status_code == 200
    assert HistoryEntry.objects.filter(verb="second_factor_added").count() == 1


def test_a_wrong_code_sets_up_nothing(world):
    browser, _ = signing_in(with_password(world.qa_manager))
    browser.get(reverse("mfa_activate_totp"))
    answer = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "That code is not right" in text_of(answer)
    assert not Authenticator.objects.exists()


def test_secrets_are_sealed_in_the_database(world):
    app = make_factor(world.qa_manager, "totp")
    codes = make_factor(world.qa_manager, "recovery_codes")
    app.refresh_from_db()
    assert SECRET not in str(app.data)
    assert app.wrap().validate_code(code_now())
    assert len(codes.data["seed"]) > 100  # a seed by itself has 80 signs


# Signing in with one


def test_password_alone_does_not_sign_in(world):
    user = with_password(world.qa_manager)
    make_factor(user, "totp")
    browser, answer = signing_in(user)
    assert answer.url == reverse("mfa_authenticate")
    assert browser.get("/").url.startswith(reverse("account_login"))


def test_a_code_signs_in_and_leads_back_in_a_new_session(world):
    user = with_password(world.qa_manager)
    make_factor(user, "totp")
    browser, _ = signing_in(user, next="/reports/")
    before = browser.cookies["session"].value
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer.url == "/reports/"
    assert browser.cookies["session"].value != before
    assert browser.get("/reports/").status_code == 200


def test_a_code_is_taken_once(world):
    user = with_password(world.qa_manager)
    make_factor(user, "totp")
    code = code_now()
    first, _ = signing_in(user)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    second, _ = signing_in(user)
    answer = second.post(reverse("mfa_authenticate"), {"code": code})
    assert "That code is not right" in text_of(answer)


def test_a_recovery_code_signs_in_once(world):
    user = with_password(world.qa_manager)
    make_factor(user, "totp")
    code = make_factor(user, "recovery_codes").wrap().get_unused_codes()[0]
    first, _ = signing_in(user)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert first.get("/").status_code == 200
    second, _ = signing_in(user)
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_for_long(world):
    user = with_password(world.qa_manager)
    make_factor(user, "totp")
    browser, _ = signing_in(user)
    for _ in range(10):
        browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "Wait 15 minutes" in text_of(answer)
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    ("kind", "asks"), [("totp", "mfa_reauthenticate"), ("webauthn", "mfa_reauthenticate_webauthn")]
)
def test_a_session_that_passed_none_is_asked_for_it(world, kind, asks):
    browser = client_of(world.qa_manager)
    make_factor(world.qa_manager, kind)
    assert browser.get("/reports/").url == f"{reverse(asks)}?next=%2Freports%2F"


def test_a_session_that_is_asked_goes_on_with_a_code(world):
    browser = client_of(world.qa_manager)
    make_factor(world.qa_manager, "totp")
    address = f"{reverse('mfa_reauthenticate')}?next=/reports/"
    assert browser.post(address, {"code": code_now(), "next": "/reports/"}).url == "/reports/"
    assert browser.get("/reports/").status_code == 200


# Removing one


def signed_in_with_app(user):
    with_password(user)
    make_factor(user, "totp")
    browser, _ = signing_in(user)
    browser.post(reverse("mfa_authenticate"), {"code": code_now()})
    return browser


def test_the_only_one_stays_where_the_role_needs_it(world):
    browser = signed_in_with_app(world.qa_manager)
    for answer in (browser.get, browser.post):
        assert "Your role needs a second step" in text_of(answer(reverse("mfa_deactivate_totp")))
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_the_only_passkey_stays_where_the_role_needs_it(world):
    browser = signed_in_with_app(world.qa_manager)
    passkey = make_factor(world.qa_manager, "webauthn")
    address = reverse("mfa_remove_webauthn", args=[passkey.pk])
    Authenticator.objects.filter(type="totp").delete()
    assert "Your role needs a second step" in text_of(browser.post(address))
    make_factor(world.qa_manager, "totp")
    assert browser.post(address).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_where_no_role_needs_it_the_app_and_its_codes_go(world):
    browser = signed_in_with_app(world.qa_officer)
    make_factor(world.qa_officer, "recovery_codes")
    assert browser.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert HistoryEntry.objects.filter(verb="second_factor_removed").count() == 1


def test_nobody_removes_anothers_passkey(world):
    passkey = make_factor(world.director, "webauthn")
    browser = signed_in_with_app(world.qa_manager)
    assert browser.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


# Saying again who one is


def test_a_change_long_after_signing_in_asks_again(world, time_machine):
    time_machine.move_to("2026-03-03 09:00")
    browser = signed_in_with_app(world.qa_officer)
    assert browser.get(reverse("mfa_deactivate_totp")).status_code == 200
    time_machine.move_to("2026-03-03 09:20")
    address = reverse("mfa_deactivate_totp")
    assert browser.get(address).url.startswith(reverse("account_reauthenticate"))
    answer = browser.post(
        f"{reverse('account_reauthenticate')}?next={address}",
        {"password": PASSWORD, "next": address},
    )
    assert answer.url == address
    assert browser.get(address).status_code == 200


def test_a_password_is_changed_by_whoever_knows_it(world):
    browser, _ = signing_in(with_password(world.auditor))
    new = "a quiet harbour in winter"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    wrong = browser.post(reverse("account_change_password"), data | {"oldpassword": "another"})
    assert "not your present password" in text_of(wrong)
    assert browser.post(reverse("account_change_password"), data).url == reverse("mfa_index")
    world.auditor.refresh_from_db()
    assert world.auditor.check_password(new)
