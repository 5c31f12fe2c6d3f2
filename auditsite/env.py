"""Reads the environment once, says everything that is wrong with it in one sentence.

Nothing need be set to try the program: SQLite, Celery's filesystem broker and a generated secret
live under AUDITSITE_VAR, and only loopback is served. `AUDITSITE_ENV=production` demands its own
secret, PostgreSQL, Redis and the host names, and starts with nothing less.
"""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from auditsite import mail
from auditsite.sign_in import environment
from auditsite.sign_in.environment import SignIn

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
FILESYSTEM_BROKER = "filesystem://localhost"
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
BROKER_SCHEMES = ("filesystem", "redis", "rediss")
SECRET_LENGTH = 50


@dataclass(frozen=True)
class Seconds:
    """How often the jobs' machinery looks, in whole seconds; tests shorten them."""

    tick: int
    lease: int
    heartbeat: int
    reconciler: int


@dataclass(frozen=True)
class Env:
    """What the environment decides, checked."""

    production: bool
    port: int
    var: Path
    database_url: str
    broker_url: str
    email_url: str
    email_from: str
    secret_key: str
    old_secret_keys: list[str]
    allowed_hosts: list[str]
    proxy_ssl_header: str
    seconds: Seconds
    sign_in: SignIn

    @property
    def on_filesystem_broker(self) -> bool:
        return self.broker_url.startswith("filesystem")

    @property
    def site_url(self) -> str:
        """Where links in mails lead, without a slash at the end: the first host named.

        Never the host that a request named: whoever asks chooses that one.
        """
        host = self.allowed_hosts[0]
        return f"https://{host}" if self.production else f"http://{host}:{self.port}"


def read(environ: Mapping[str, str]) -> Env:
    """The environment as the settings use it.

    Raises ImproperlyConfigured with one line for each thing to mend.
    """
    production = environ.get("AUDITSITE_ENV", "") == "production"
    problems = [
        *_problems(environ),
        *(_production_problems(environ) if production else []),
        *environment.problems(environ, production=production),
    ]
    if problems:
        raise ImproperlyConfigured("The program cannot start:\n- " + "\n- ".join(problems))
    var = Path(environ.get("AUDITSITE_VAR") or BASE_DIR / "var").resolve()
    return Env(
        production=production,
        port=int(environ.get("PORT") or 8000),
        var=var,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{var / 'db.sqlite3'}",
        broker_url=_broker(environ.get("BROKER_URL", "")),
        email_url=environ.get("EMAIL_URL", ""),
        email_from=environ.get("EMAIL_FROM") or "case-audits@localhost",
        secret_key=environ.get("SECRET_KEY") or _kept_secret(var),
        old_secret_keys=_listed(environ.get("SECRET_KEY_FALLBACKS", "")),
        allowed_hosts=_hosts(environ) or list(LOOPBACK),
        proxy_ssl_header=environ.get("PROXY_SSL_HEADER", ""),
        seconds=_seconds(environ),
        sign_in=environment.read(environ, production=production),
    )


def make_folders(var: Path, folders: list[Path]) -> None:
    """Makes the program's own folder, closed to other users, and the folders in it."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)


def _broker(url: str) -> str:
    # Celery warns of an address without a host; the filesystem broker needs none.
    return url if _scheme(url).startswith("redis") else FILESYSTEM_BROKER


def _hosts(environ: Mapping[str, str]) -> list[str]:
    return _listed(environ.get("ALLOWED_HOSTS", ""))


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _seconds(environ: Mapping[str, str]) -> Seconds:
    return Seconds(
        tick=int(environ.get("TICK_SECONDS") or 30),
        lease=int(environ.get("LEASE_SECONDS") or 60),
        heartbeat=int(environ.get("HEARTBEAT_SECONDS") or 10),
        reconciler=int(environ.get("RECONCILER_SECONDS") or 30),
    )


def _scheme(url: str) -> str:
    return url.partition(":")[0].partition("+")[0]


def _problems(environ: Mapping[str, str]) -> list[str]:
    found = []
    if environ.get("AUDITSITE_ENV", "") not in ("", "local", "production"):
        found.append("AUDITSITE_ENV must be production, local or left out.")
    if not _is_port(environ.get("PORT") or "8000"):
        found.append("PORT must be a number from 1 to 65535.")
    for name in ("TICK_SECONDS", "LEASE_SECONDS", "HEARTBEAT_SECONDS", "RECONCILER_SECONDS"):
        if not _is_whole(environ.get(name) or "1"):
            found.append(f"{name} must be a whole number of seconds, 1 or more.")
    if _scheme(environ.get("DATABASE_URL") or "sqlite:") not in DATABASE_SCHEMES:
        found.append("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    if _scheme(environ.get("BROKER_URL") or FILESYSTEM_BROKER) not in BROKER_SCHEMES:
        found.append("BROKER_URL must begin with redis:// or rediss://, or be filesystem://.")
    if not re.fullmatch(r"[A-Za-z-]*", environ.get("PROXY_SSL_HEADER", "")):
        found.append("PROXY_SSL_HEADER must be the name of a header, as X-Forwarded-Proto.")
    return [*found, *mail.problems(environ)]


def _production_problems(environ: Mapping[str, str]) -> list[str]:
    found = [*_secret_problems(environ)]
    if not _scheme(environ.get("DATABASE_URL", "")).startswith("postgres"):
        found.append("DATABASE_URL must be set to a PostgreSQL database (postgresql://...).")
    if not _scheme(environ.get("BROKER_URL", "")).startswith("redis"):
        found.append("BROKER_URL must be set to a Redis server (redis://...).")
    elif not urlsplit(environ["BROKER_URL"]).password:
        found.append("BROKER_URL must carry the password of Redis (redis://:password@...).")
    if not environ.get("PROXY_SSL_HEADER"):
        found.append("PROXY_SSL_HEADER must be set to the header in which the proxy says https.")
    found += mail.missing(environ)
    if not _hosts(environ):
        found.append("ALLOWED_HOSTS must be set to the host names served, with commas between.")
    elif "*" in _hosts(environ):
        found.append("ALLOWED_HOSTS must name the hosts served; * is not allowed.")
    return found


def _secret_problems(environ: Mapping[str, str]) -> list[str]:
    found = []
    if len(environ.get("SECRET_KEY", "")) < SECRET_LENGTH:
        found.append(f"SECRET_KEY must be set to at least {SECRET_LENGTH} random characters.")
    if any(len(old) < SECRET_LENGTH for old in _listed(environ.get("SECRET_KEY_FALLBACKS", ""))):
        found.append(
            f"SECRET_KEY_FALLBACKS must be older secrets of {SECRET_LENGTH} characters or more, "
            "with commas between."
        )
    return found


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def _is_port(text: str) -> bool:
    return _is_whole(text) and int(text) <= 65535


def _kept_secret(var: Path) -> str:
    """The secret under `var`, made at the first call and readable by its owner only."""
    path = var / "secret"
    if not path.exists():
        make_folders(var, [])
        with tempfile.NamedTemporaryFile("w", dir=var) as file:
            file.write(secrets.token_urlsafe(SECRET_LENGTH))
            file.flush()
            # A link appears whole or not at all, so that two starts at once agree.
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()
