"""Mail as people receive it. No mail names a case."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.domain.authority import authority_name
from accounts.domain.inviting import token_of
from accounts.domain.post import address_of
from accounts.models import Invitation
from kit.months import long_date


def invitation(invited: Invitation) -> EmailMessage:
    """The mail with the link by which one chooses a password."""
    path = reverse("invitation", kwargs={"token": token_of(invited)})
    context = {
        "person": invited.user,
        "has_been_here": invited.user.last_login is not None,
        "inviter": invited.invited_by,
        "authority": authority_name(),
        "link": address_of(path),
        "last_day": long_date(timezone.localdate(invited.expires_at)),
    }
    what = "Choose a new password for" if context["has_been_here"] else "Your invitation to"
    return EmailMessage(
        subject=f"{what} Case audits",
        body=render_to_string("accounts/mail/invitation.txt", context),
        to=[invited.user.email],
    )
