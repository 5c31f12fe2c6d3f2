"""Django's settings: what is decided once. What differs between places is read by env.py."""

import os
from typing import Any

from csp.constants import NONE, SELF

from auditsite import database, env, logs, mail
from auditsite.sign_in import settings as sign_in

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

DATABASES = {"default": database.settings(ENV.database_url)}
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

# Signing in: auditsite/sign_in/settings.py

globals().update(sign_in.settings_of(ENV))

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
