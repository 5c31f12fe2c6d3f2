"""Where mail goes: EMAIL_URL, read once.

smtp://user:password@host:25         plain, for a relay on the same machine
smtp+tls://user:password@host:587    STARTTLS
smtps://user:password@host:465       TLS from the start
(left out)                           files in a folder, to try the program
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
PATIENCE_SECONDS = 20


def problems(environ: Mapping[str, str]) -> list[str]:
    """What is wrong with the address, in words."""
    url = environ.get("EMAIL_URL", "")
    if url and not _is_server(url):
        return ["EMAIL_URL must be smtp://, smtp+tls:// or smtps:// with the server's name."]
    return []


def missing(environ: Mapping[str, str]) -> list[str]:
    """What production needs, in words."""
    found = []
    if not environ.get("EMAIL_URL"):
        found.append("EMAIL_URL must be set to a mail server (smtp+tls://...).")
    if "@" not in environ.get("EMAIL_FROM", ""):
        found.append("EMAIL_FROM must be set to the address that mails come from.")
    return found


def _is_server(url: str) -> bool:
    parts = urlsplit(url)
    try:
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def settings_of(url: str, *, folder: Path) -> dict[str, Any]:
    """Django's settings for an address without a problem."""
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(folder)}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SCHEMES[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": PATIENCE_SECONDS,
    }
