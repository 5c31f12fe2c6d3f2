"""Whose attempt it is, for axes: the e-mail address and the network address it comes from."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"
"""Where no address is known. PostgreSQL keeps addresses as such, and takes no word for one."""


def name_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The e-mail address that was tried, spelt one way."""
    tried = credentials or {}
    return str(tried.get("email") or "").strip().lower()


def address_of(request: HttpRequest) -> str:
    """The network address, as allauth's own limits see it: through one proxy in production."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return UNKNOWN
