"""What Django, allauth and axes are told about signing in: decided once, or read from env.py."""

from datetime import timedelta
from typing import Any

from auditsite.env import Env

VALIDATORS = "django.contrib.auth.password_validation"

PASSWORDS: dict[str, Any] = {
    "AUTH_USER_MODEL": "accounts.User",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
        {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": "accounts.passwords.UncommonPasswordValidator"},
        {"NAME": f"{VALIDATORS}.NumericPasswordValidator"},
    ],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "/",
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_FORMS": {
        "change_password": "auditsite.sign_in.forms.ChangePasswordForm",
        "login": "auditsite.sign_in.forms.LoginForm",
    },
    "ACCOUNT_ADAPTER": "auditsite.sign_in.adapters.Accounts",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_SESSION_REMEMBER": False,
}

ATTEMPTS: dict[str, Any] = {
    # Five wrong passwords for one person from one network address end there (axes); ten from
    # everywhere, as for the codes of the second step (allauth). A council may be one address.
    "ACCOUNT_RATE_LIMITS": {"login": "120/m/ip", "login_failed": "60/m/ip,10/15m/key"},
    "AXES_FAILURE_LIMIT": 5,
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    # Trying again while locked out does not prolong it.
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_LOCKOUT_TEMPLATE": "429.html",
    "AXES_USERNAME_CALLABLE": "auditsite.sign_in.attempts.name_of",
    "AXES_CLIENT_IP_CALLABLE": "auditsite.sign_in.attempts.address_of",
}

SECOND_STEP: dict[str, Any] = {
    "MFA_ADAPTER": "auditsite.sign_in.adapters.SecondFactors",
    "MFA_FORMS": {
        "activate_totp": "auditsite.sign_in.forms.ActivateAppForm",
        "authenticate": "auditsite.sign_in.forms.SecondStepForm",
        "reauthenticate": "auditsite.sign_in.forms.SecondStepAgainForm",
    },
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Case audits",
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 10 * 60,
}

COUNCIL: dict[str, Any] = {
    "SOCIALACCOUNT_ADAPTER": "auditsite.sign_in.adapters.CouncilSignIn",
    # A link, because our policy (form-action) lets no form end elsewhere.
    "SOCIALACCOUNT_LOGIN_ON_GET": True,
}


def settings_of(env: Env) -> dict[str, Any]:
    """Django's settings for signing in and staying signed in."""
    chosen = env.sign_in
    return {
        **PASSWORDS,
        **ATTEMPTS,
        **SECOND_STEP,
        **COUNCIL,
        # Attempts are counted by the address that the one proxy saw.
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if env.production else 0,
        "SECOND_FACTOR_REQUIRED": chosen.second_factor_required,
        "SOCIALACCOUNT_PROVIDERS": chosen.council.as_providers() if chosen.council else {},
        "SESSION_IDLE_MINUTES": chosen.idle_minutes,
        "SESSION_ABSOLUTE_HOURS": chosen.absolute_hours,
        # The row outlives the session, so that what is sent too late is known to be whose.
        "SESSION_COOKIE_AGE": (chosen.absolute_hours + 12) * 60 * 60,
    }
