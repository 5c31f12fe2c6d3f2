"""What the environment may say, and what it is told when it says too little."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from auditsite import env, mail

PRODUCTION = {
    "AUDITSITE_ENV": "production",
    "SECRET_KEY": "a secret of fifty characters, or a few more than 50",
    "DATABASE_URL": "postgresql://audit:secret@db.example.org/audit",
    "BROKER_URL": "rediss://:secret@broker.example.org/0",
    "ALLOWED_HOSTS": "audit.example.org, www.audit.example.org",
    "PROXY_SSL_HEADER": "X-Forwarded-Proto",
    "EMAIL_URL": "smtp+tls://audit:se%40cret@mail.example.org",
    "EMAIL_FROM": "audits@example.org",
}


def run_manage(*arguments, **environ):
    left_out = ("_URL", "_ASYNC_UNSAFE")
    kept = {name: value for name, value in os.environ.items() if not name.endswith(left_out)}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environ,
        capture_output=True,
        text=True,
    )


def test_nothing_set_means_sqlite_and_loopback(tmp_path):
    chosen = env.read({"AUDITSITE_VAR": str(tmp_path)})
    assert chosen.database_url == f"sqlite:///{tmp_path}/db.sqlite3"
    assert chosen.on_filesystem_broker
    assert chosen.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert chosen.port == 8000


def test_secret_is_kept_for_its_owner_only(tmp_path):
    first = env.read({"AUDITSITE_VAR": str(tmp_path / "var")}).secret_key
    assert env.read({"AUDITSITE_VAR": str(tmp_path / "var")}).secret_key == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600


def test_production_reads_its_own(tmp_path):
    chosen = env.read(PRODUCTION | {"AUDITSITE_VAR": str(tmp_path)})
    assert chosen.production
    assert chosen.allowed_hosts == ["audit.example.org", "www.audit.example.org"]
    assert list(tmp_path.iterdir()) == []


def test_mails_link_to_the_first_host_named(tmp_path):
    assert env.read(PRODUCTION).site_url == "https://audit.example.org"
    tried = env.read({"AUDITSITE_VAR": str(tmp_path), "PORT": "8080"})
    assert tried.site_url == "http://localhost:8080"


def test_cookies_belong_to_one_host_in_production_alone():
    asked = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, "
        "*s.SECURE_PROXY_SSL_HEADER)"
    )
    told = run_manage("shell", "--no-imports", "-c", asked, **PRODUCTION).stdout.split()
    assert told[:2] == ["__Host-session", "__Host-csrf"]
    assert told[2:] == ["True", "True", "31536000", "HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "AUDITSITE_ENV"])
def test_production_names_what_is_missing(name):
    told = {other: value for other, value in PRODUCTION.items() if other != name}
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.read(told)
    problems = str(refusal.value).splitlines()[1:]
    assert len(problems) == 1
    assert problems[0].startswith(f"- {name} must be set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "sqlite:///var/db.sqlite3"),
        ("BROKER_URL", "filesystem://"),
        ("BROKER_URL", "redis://broker.example.org/0"),
        ("ALLOWED_HOSTS", "*"),
        ("SECRET_KEY_FALLBACKS", "short"),
    ],
)
def test_production_refuses_what_is_for_trying(name, value):
    with pytest.raises(ImproperlyConfigured, match=f"- {name} must"):
        env.read(PRODUCTION | {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AUDITSITE_ENV", "prod"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DATABASE_URL", "mysql://localhost/audit"),
        ("EMAIL_URL", "imap://mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:none"),
        ("BROKER_URL", "amqp://localhost"),
        ("LEASE_SECONDS", "0"),
        ("PROXY_SSL_HEADER", "X-Forwarded-Proto: https"),
    ],
)
def test_wrong_value_is_named(name, value):
    with pytest.raises(ImproperlyConfigured, match=f"- {name} must"):
        env.read({name: value})


def test_command_refuses_without_a_traceback():
    refused = run_manage("check", AUDITSITE_ENV="production")
    assert refused.returncode == 1
    assert "BROKER_URL must be set" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_deployment_check_is_silent():
    checked = run_manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert checked.stderr == ""
    assert checked.returncode == 0


def test_mail_goes_where_its_address_says(tmp_path):
    chosen = mail.settings_of(PRODUCTION["EMAIL_URL"], folder=tmp_path)
    assert (chosen["EMAIL_HOST"], chosen["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (chosen["EMAIL_USE_TLS"], chosen["EMAIL_USE_SSL"]) == (True, False)
    assert chosen["EMAIL_HOST_PASSWORD"] == "se@cret"
    assert mail.settings_of("", folder=tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path)
