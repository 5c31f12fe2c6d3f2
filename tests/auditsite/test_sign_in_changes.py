"""Whoever changes what they sign in with is told by mail, so that a stranger is noticed."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import HistoryEntry
from accounts.tasks import send
from tests.auditsite.test_second_factor import PASSWORD, set_up_app, signing_in, with_password
from tests.factories.sign_in import make_factor
from tests.pages import text_of

NEW = "a quiet harbour in winter"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return signing_in(with_password(world.auditor))[0]


def mailed():
    """The subjects of what went out since the last time."""
    mail.outbox.clear()
    send()
    return [message.subject for message in mail.outbox]


def test_adding_an_app_and_making_codes_anew_is_mailed(browser):
    set_up_app(browser)
    assert mailed() == ["Case audits: an authenticator app was added to your sign-in"]
    browser.post(reverse("mfa_generate_recovery_codes"))
    assert mailed() == ["Case audits: new recovery codes were made for your sign-in"]
    assert HistoryEntry.objects.filter(verb="recovery_codes_made").count() == 1


def test_removing_app_and_passkey_is_mailed_at_once_or_together(world, browser):
    make_factor(world.auditor, "totp")
    passkey = make_factor(world.auditor, "webauthn")
    browser.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert mailed() == ["Case audits: a passkey was removed from your sign-in"]
    browser.post(reverse("mfa_deactivate_totp"))
    change(browser, PASSWORD, NEW)
    assert mailed() == ["Case audits: what you sign in with was changed"]
    assert "authenticator app was removed" in mail.outbox[0].body
    assert "password for Case audits was changed" in mail.outbox[0].body


def change(browser, old, new):
    data = {"oldpassword": old, "password1": new, "password2": new}
    return browser.post(reverse("account_change_password"), data)


def test_a_changed_password_is_mailed_without_a_word_of_it(world, browser):
    change(browser, "not this one", NEW)
    assert mailed() == []
    change(browser, PASSWORD, NEW)
    assert mailed() == ["Case audits: your password was changed"]
    [told] = mail.outbox
    assert told.to == [world.auditor.email]
    assert "tell an administrator of Case audits at once" in told.body
    assert not any(word in told.body for word in (NEW, PASSWORD, "http"))
    assert HistoryEntry.objects.get(verb="password_changed").facts == {}


def test_each_of_two_changes_is_told(browser):
    change(browser, PASSWORD, NEW)
    assert mailed() == ["Case audits: your password was changed"]
    change(browser, NEW, PASSWORD)
    assert mailed() == ["Case audits: your password was changed"]


def test_signing_in_says_nothing_that_nobody_needs(world, browser):
    _, answer = signing_in(with_password(world.second_auditor))
    page = text_of(answer.client.get(answer.url))
    assert "uccessfully" not in page
    assert "signed in as" not in page
