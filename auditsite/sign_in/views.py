"""Pages of signing in: allauth's own, closed where they would say no without a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as council
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from accounts.models import User
from accounts.permissions import needs_second_factor
from accounts.requests import SignedInRequest
from auditsite.sign_in import kept, sessions
from auditsite.sign_in.adapters import FACTORS, UNREACHABLE, back_to_sign_in

View = Callable[..., HttpResponse]


class LoginView(account.LoginView):
    """E-mail and password, and the council's own sign-in where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
        name = apps[0]["name"] if apps else ""
        return {**super().get_context_data(**kwargs), "council_name": name}


class SecondStepView(mfa.AuthenticateView):
    """A code of the app, a recovery code or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = Authenticator.objects.filter(
            user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN
        )
        return {**super().get_context_data(**kwargs), "has_passkey": held.exists()}


# The council's own sign-in


def _when_configured(view: View) -> View:
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.SOCIALACCOUNT_PROVIDERS:
            return redirect("account_login")
        try:
            return view(request, **kwargs)
        except (RequestException, KeyError):
            return back_to_sign_in(request, UNREACHABLE)

    return guarded


council_login = _when_configured(council.login)
council_back = _when_configured(council.callback)


# Saying again who one is


def _when_possible(view: View) -> View:
    """For those with a password or a second step; others have nothing to say it with."""

    @wraps(view)
    def guarded(request: SignedInRequest) -> HttpResponse:
        if not account_adapter().get_reauthentication_methods(request.user):
            return redirect("mfa_index")
        return view(request)

    return guarded


again = _when_possible(account.reauthenticate)
again_by_code = _when_possible(mfa.reauthenticate)
again_by_passkey = _when_possible(webauthn.reauthenticate_webauthn)


# My sign-in


class IndexView(mfa.IndexView):
    """What I sign in with, and what is still missing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        held = context["authenticators"]
        needs = needs_second_factor(self.request.user)
        return {
            **context,
            "app": held.get(Authenticator.Type.TOTP),
            "passkeys": held.get(Authenticator.Type.WEBAUTHN, []),
            "codes": held.get(Authenticator.Type.RECOVERY_CODES),
            "is_needed": needs,
            "is_missing": needs and not any(kind in held for kind in FACTORS),
        }


def change_password(request: SignedInRequest) -> HttpResponse:
    """A new password; those who sign in with their council have none here."""
    if not request.user.has_usable_password():
        return redirect("mfa_index")
    return account.password_change(request)


new_codes = codes.generate_recovery_codes


def _may_go(authenticator: Authenticator, form: Form) -> bool:
    """Whether the second step may be removed; under a lock, so that two at once leave one."""
    User.objects.select_for_update().get(pk=authenticator.user_id)
    adapter = factor_adapter()
    if adapter.can_delete_authenticator(authenticator):
        return True
    form.add_error(None, adapter.error_messages["cannot_delete_authenticator"])
    return False


class RemoveAppView(totp.DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        if _may_go(self.authenticator, form):
            return super().form_valid(form)
        return self.form_invalid(form)


class RemovePasskeyView(webauthn.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        if _may_go(self.object, form):
            return super().form_valid(form)
        return self.form_invalid(form)


# Staying signed in


@require_http_methods(["GET", "POST"])
def session_left(request: SignedInRequest) -> HttpResponse:
    """How many seconds the session has; asking (GET) does not prolong it, staying (POST) does."""
    return JsonResponse({"seconds": sessions.seconds_left(request.session)})


@require_safe
def kept_work(request: SignedInRequest) -> HttpResponse:
    """What was sent after the session had ended, to be sent once more."""
    work = kept.work(request.session, person=str(request.user.pk))
    return render(request, "account/kept_work.html", {"work": work})


@require_POST
def drop_kept_work(request: SignedInRequest) -> HttpResponse:
    """Throw away what was kept."""
    kept.drop(request.session)
    return redirect("start")
