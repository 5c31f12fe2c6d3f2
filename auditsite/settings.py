"""Django's settings: what is decided once. What differs between places is read by env.py."""

import os
from datetime import timedelta
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from auditsite import env, logs, mail

ENV = env.read(os.environ)
BASE_DIR = env.BASE_DIR
VAR = ENV.var
PORT = ENV.port

DEBUG = False
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.old_secret_keys
ALLOWED_HOSTS = ENV.allowed_hosts
SITE_URL = ENV.site_url
ROOT_URLCONF = "auditsite.urls"
WSGI_APPLICATION = "auditsite.wsgi.application"

INSTALLED_APPS = [
    "reporting",
    "moderation",
    "audits",
    "actions",
    "cases",
    "accounts",
    "kit",
    "auditsite.apps.SignIn",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "crispy_forms",
    "csp",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "auditsite.apps.StaticFiles",
]

MIDDLEWARE = [
    "auditsite.middleware.RequestLogMiddleware",
    "auditsite.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "auditsite.middleware.KnownHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "auditsite.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "auditsite.sign_in.middleware.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "auditsite.sign_in.middleware.SecondFactorMiddleware",
    "auditsite.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    # Innermost, so that nothing outside it adds to a page what it has not noted.
    "auditsite.middleware.CaseViewMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "auditsite.context.frame",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
FORM_RENDERER = "kit.form_renderer.QuickRenderer"

# Database

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
    ),
}


def _database() -> dict[str, Any]:
    found = dict(dj_database_url.parse(ENV.database_url))
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return found | {"OPTIONS": SQLITE_OPTIONS}
    return found | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _cache() -> dict[str, Any]:
    """Drawn charts and counted attempts: shared by all web processes wherever there is Redis."""
    if ENV.on_filesystem_broker:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.broker_url}


CACHES = {"default": _cache()}

# Jobs: the database is the queue of record, Celery is the doorbell (architecture.md section 3)

TICK_SECONDS = ENV.seconds.tick
LEASE_SECONDS = ENV.seconds.lease
HEARTBEAT_SECONDS = ENV.seconds.heartbeat
RECONCILER_SECONDS = ENV.seconds.reconciler
SEAL_SECONDS = 60 * 60

BROKER_FOLDER = VAR / "broker"


def _transport_options() -> dict[str, Any]:
    if not ENV.on_filesystem_broker:
        return {"socket_connect_timeout": 2, "health_check_interval": 10}
    return {
        "data_folder_in": str(BROKER_FOLDER / "queue"),
        "data_folder_out": str(BROKER_FOLDER / "queue"),
        "processed_folder": str(BROKER_FOLDER / "processed"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.1,
    }


CELERY_BROKER_URL = ENV.broker_url
CELERY_BROKER_TRANSPORT_OPTIONS = _transport_options()
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/London"
CELERY_ENABLE_UTC = True
CELERY_WORKER_POOL = "solo"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "reporting.tick",
        "schedule": TICK_SECONDS,
        # A tick nobody took is worth nothing once the next has rung.
        "options": {"expires": TICK_SECONDS},
    },
    "seal": {
        "task": "cases.seal",
        "schedule": SEAL_SECONDS,
        "options": {"expires": SEAL_SECONDS},
    },
    "send": {
        "task": "accounts.send",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
}

# Mail: by EMAIL_URL, else files in a folder

MAIL_FOLDER = VAR / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
globals().update(mail.settings_of(ENV.email_url, folder=MAIL_FOLDER))

# Signing in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.UncommonPasswordValidator"},
    {"NAME": f"{VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {"change_password": "auditsite.sign_in.forms.ChangePasswordForm"}
MFA_FORMS = {"activate_totp": "auditsite.sign_in.forms.ActivateAppForm"}
ACCOUNT_ADAPTER = "auditsite.sign_in.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Attempts are counted by the address that the one proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.production else 0
# Five wrong passwords for one person from one network address end there (axes); ten from
# everywhere, as for the codes of the second step (allauth). A council may be one address.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,10/15m/key"}
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Trying again while locked out does not prolong it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_USERNAME_CALLABLE = "auditsite.sign_in.attempts.name_of"
AXES_CLIENT_IP_CALLABLE = "auditsite.sign_in.attempts.address_of"

# The second step
SECOND_FACTOR_REQUIRED = ENV.sign_in.second_factor_required
MFA_ADAPTER = "auditsite.sign_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = "Case audits", 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60

# The council's own sign-in: a link, because our policy (form-action) lets no form end elsewhere.
SOCIALACCOUNT_ADAPTER = "auditsite.sign_in.adapters.CouncilSignIn"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = ENV.sign_in.council.as_providers() if ENV.sign_in.council else {}

# Staying signed in
SESSION_IDLE_MINUTES, SESSION_ABSOLUTE_HOURS = ENV.sign_in.idle_minutes, ENV.sign_in.absolute_hours
# The row outlives the session, so that what is sent too late is known to be whose.
SESSION_COOKIE_AGE = (SESSION_ABSOLUTE_HOURS + 12) * 60 * 60

# What the browser may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENV.production
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if ENV.proxy_ssl_header:
    proxy_header = ENV.proxy_ssl_header.upper().replace("-", "_")
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{proxy_header}", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.production
SECURE_HSTS_PRELOAD = ENV.production
SESSION_COOKIE_SECURE = ENV.production
CSRF_COOKIE_SECURE = ENV.production
CSRF_COOKIE_HTTPONLY = True
# A browser takes a cookie of this name from this host alone, over TLS, for the whole of it.
_host_only = "__Host-" if ENV.production else ""
SESSION_COOKIE_NAME = f"{_host_only}session"
CSRF_COOKIE_NAME = f"{_host_only}csrf"
# What a message says stays on the server; Django's default puts it into a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Language, time and files

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Uploads never touch the disk: what is larger is not taken in, and the form says so.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if not ENV.production:
    broker_folders = [BROKER_FOLDER / name for name in ("queue", "processed", "control")]
    env.make_folders(VAR, [STATIC_ROOT, MAIL_FOLDER, *broker_folders])

LOGGING = logs.settings(production=ENV.production)
