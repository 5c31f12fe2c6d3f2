"""What the environment says of signing in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

ANYBODYS = ("/common", "/organizations", "/consumers")
"""Entra ID's issuers that vouch for every tenant's people, and so for nobody's address."""
HERE = ("localhost", "127.0.0.1", "::1")
NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
YES, NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


@dataclass(frozen=True)
class Council:
    """The council's own sign-in, by OpenID Connect."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    email_domains: list[str]

    def as_providers(self) -> dict[str, Any]:
        """As allauth's SOCIALACCOUNT_PROVIDERS."""
        app = {
            "provider_id": "council",
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {
                "server_url": self.issuer,
                "oauth_pkce_enabled": True,
                "verified_email": self.email_domains,
            },
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


@dataclass(frozen=True)
class SignIn:
    """How people sign in, and for how long."""

    second_factor_required: bool
    idle_minutes: int
    absolute_hours: int
    council: Council | None


def read(environ: Mapping[str, str], *, production: bool) -> SignIn:
    """What `problems` has found nothing wrong with."""
    asked = environ.get("SECOND_FACTOR_REQUIRED", "").lower()
    return SignIn(
        second_factor_required=asked in YES if asked else production,
        idle_minutes=int(environ.get("SESSION_IDLE_MINUTES") or 30),
        absolute_hours=int(environ.get("SESSION_ABSOLUTE_HOURS") or 12),
        council=_council(environ),
    )


def problems(environ: Mapping[str, str], *, production: bool) -> list[str]:
    """One line for each thing to mend."""
    found = []
    if environ.get("SECOND_FACTOR_REQUIRED", "").lower() not in ("", *YES, *NO):
        found.append("SECOND_FACTOR_REQUIRED must be yes, no or left out.")
    if not _within(environ.get("SESSION_IDLE_MINUTES") or "30", 5, 240):
        found.append("SESSION_IDLE_MINUTES must be a whole number of minutes from 5 to 240.")
    if not _within(environ.get("SESSION_ABSOLUTE_HOURS") or "12", 1, 24):
        found.append("SESSION_ABSOLUTE_HOURS must be a whole number of hours from 1 to 24.")
    return [*found, *_council_problems(environ, production=production)]


def _council(environ: Mapping[str, str]) -> Council | None:
    if not environ.get("OIDC_ISSUER"):
        return None
    return Council(
        issuer=environ["OIDC_ISSUER"].rstrip("/"),
        client_id=environ["OIDC_CLIENT_ID"],
        client_secret=environ["OIDC_CLIENT_SECRET"],
        name=environ.get("OIDC_NAME") or "your council account",
        email_domains=_domains(environ),
    )


def _council_problems(environ: Mapping[str, str], *, production: bool) -> list[str]:
    if not any(environ.get(name) for name in NEEDED):
        return []
    found = [f"{name} must be set, as another OIDC_ setting is." for name in NEEDED]
    found = [each for each, name in zip(found, NEEDED, strict=True) if not environ.get(name)]
    issuer = urlsplit(environ.get("OIDC_ISSUER", ""))
    local = issuer.scheme == "http" and issuer.hostname in HERE and not production
    if environ.get("OIDC_ISSUER") and issuer.scheme != "https" and not local:
        found.append("OIDC_ISSUER must begin with https://.")
    if _domains(environ) and any(part in issuer.path for part in ANYBODYS):
        found.append("OIDC_ISSUER must name your own tenant where OIDC_EMAIL_DOMAINS is set.")
    return found


def _domains(environ: Mapping[str, str]) -> list[str]:
    parts = environ.get("OIDC_EMAIL_DOMAINS", "").split(",")
    return [part.strip().lower() for part in parts if part.strip()]


def _within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text) <= most
