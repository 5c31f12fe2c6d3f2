"""Who is still signed in, and who sees nothing but the set-up of a second step."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.permissions import needs_second_factor
from auditsite.sign_in import kept, sessions

NO_FACTOR_YET = frozenset(
    {
        "account_login",
        "account_inactive",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "openid_connect_callback",
        "openid_connect_login",
        "session_left",
    }
)
"""The pages that somebody sees whose role needs a second step which this session has not passed."""


class SessionLimitsMiddleware:
    """Ends a session after its idle time or its longest time; keeps what was sent too late."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and sessions.seconds_left(request.session) <= 0:
            person = request.session[SESSION_KEY]
            logout(request)
            sessions.note_ended(request.session, person=person)
        response = self.get_response(request)
        if SESSION_KEY in request.session and sessions.SIGNED_IN_AT not in request.session:
            sessions.touch(request.session)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """After the check of the form's token, so that nobody else's form is kept."""
        if SESSION_KEY in request.session:
            if (request.method, _name(request)) != ("GET", "session_left"):
                sessions.touch(request.session)
            return None
        ended_for = str(request.session.get(sessions.ENDED_FOR, ""))
        is_late = ended_for and request.method == "POST" and getattr(view, "login_required", True)
        if is_late and kept.keep(request, person=ended_for):
            return _to("account_login", next=reverse("kept_work"))
        return None


class SecondFactorMiddleware:
    """Where a role needs a second step, the session must have passed one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        user = request.user
        if request.session.get(sessions.SECOND_FACTOR) == user.pk or not needs_second_factor(user):
            return None
        sessions.hold_up(request)
        if _name(request) in NO_FACTOR_YET:
            return None
        held = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        if Authenticator.Type.TOTP in held:
            return _to("mfa_reauthenticate", next=request.get_full_path())
        if Authenticator.Type.WEBAUTHN in held:
            return _to("mfa_reauthenticate_webauthn", next=request.get_full_path())
        return redirect("mfa_index")


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name if match else None) or ""


def _to(name: str, **query: str) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode(query)}")
