"""Addresses: signing in and out here, every page in the app whose records it shows."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from auditsite.sign_in import views as sign_in
from auditsite.views import health

COUNCIL = {"provider_id": "council"}

urlpatterns = [
    path("health/", health, name="health"),
    path("sign-in/", sign_in.LoginView.as_view(), name="account_login"),
    path("sign-in/deactivated/", account.account_inactive, name="account_inactive"),
    path("sign-in/second-step/", sign_in.SecondStepView.as_view(), name="mfa_authenticate"),
    path("sign-in/council/", sign_in.council_login, COUNCIL, name="openid_connect_login"),
    path("sign-in/council/back/", sign_in.council_back, COUNCIL, name="openid_connect_callback"),
    path("sign-in/again/", sign_in.again, name="account_reauthenticate"),
    path("sign-in/again/code/", sign_in.again_by_code, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", sign_in.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("sign-in/left/", sign_in.session_left, name="session_left"),
    path("sign-in/kept/", sign_in.kept_work, name="kept_work"),
    path("sign-in/kept/drop/", sign_in.drop_kept_work, name="drop_kept_work"),
    path("sign-out/", account.logout, name="account_logout"),
    path("my-sign-in/", sign_in.IndexView.as_view(), name="mfa_index"),
    path("my-sign-in/password/", sign_in.change_password, name="account_change_password"),
    path("my-sign-in/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("my-sign-in/app/remove/", sign_in.RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path("my-sign-in/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "my-sign-in/passkeys/<int:pk>/remove/",
        sign_in.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("my-sign-in/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "my-sign-in/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("", include("reporting.urls")),
    path("", include("moderation.urls")),
    path("", include("audits.urls")),
    path("", include("actions.urls")),
    path("", include("cases.urls")),
    path("", include("accounts.urls")),
]
