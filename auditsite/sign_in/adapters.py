"""What allauth asks us: whom to let in, what to call it, how secrets are kept."""

from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from accounts.models import User
from accounts.permissions import needs_second_factor
from auditsite.sign_in import sessions
from kit.sealing import seal, unseal

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What is a second step by itself; recovery codes only stand in for one."""

NO_ACCOUNT = (
    "There is no account here for the e-mail address you signed in with. "
    "Ask the Quality Assurance team for one."
)
UNVERIFIED = (
    "Your council's sign-in did not confirm your e-mail address. "
    "Ask the people who run it, or sign in with your password."
)
CANCELLED = "You did not finish signing in with your council. Try again, or use your password."
UNREACHABLE = "Your council's sign-in did not answer as it should. Try again, or use your password."


class Accounts(DefaultAccountAdapter):
    """E-mail and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "The e-mail address or the password is not right. Check both and try again."
        ),
        "enter_current_password": "That is not your present password. Type it again.",
        "incorrect_password": "That is not your password. Type it again.",
        "too_many_login_attempts": (
            "There were too many attempts in a short time. Wait 15 minutes and try again."
        ),
        "rate_limited": (
            "There were too many attempts in a short time. Wait 15 minutes and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in need not say again who they are."""
        asked: bool = super().is_reauthentication_required(app=app, **kwargs)
        return asked and not sessions.just_signed_in(self.request.session)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class SecondFactors(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Your role needs a second step, and this is your only one. "
            "Add another before you remove it."
        ),
        "cannot_generate_recovery_codes": (
            "Recovery codes stand in for an app or a passkey. Add one of these first."
        ),
        "incorrect_code": "That code is not right. Wait for the next one and type it.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A role that needs a second step keeps at least one."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        has_other = others.exclude(pk=authenticator.pk).exists()
        return has_other or not needs_second_factor(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {held + 1}"

    def build_totp_svg(self, url: str) -> SafeString:
        """The code to scan as part of the page: an address with data: is not let in."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathImage, box_size=8).save(drawn)
        return mark_safe(drawn.getvalue().decode().partition("?>")[2])


class CouncilSignIn(DefaultSocialAccountAdapter):
    """The council's own sign-in (OpenID Connect): for people who have an account here.

    Each time anew the confirmed e-mail address says who it is; nothing of it is stored.
    """

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never: `pre_social_login` finds the person."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        confirmed = [each.email for each in sociallogin.email_addresses if each.verified]
        if not confirmed:
            raise ImmediateHttpResponse(back_to_sign_in(request, UNVERIFIED))
        person = User.objects.people().filter(email__iexact=confirmed[0]).first()
        if person is None or sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(back_to_sign_in(request, NO_ACCOUNT))
        sociallogin.user = person

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        sentence = CANCELLED if error == AuthError.CANCELLED else UNREACHABLE
        raise ImmediateHttpResponse(back_to_sign_in(request, sentence))


def back_to_sign_in(request: HttpRequest, sentence: str) -> HttpResponse:
    """The sign-in page, with a sentence that says why."""
    messages.error(request, sentence)
    return redirect("account_login")
