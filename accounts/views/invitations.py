"""Where an invitation's link leads: choosing a password, signed out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.domain import inviting
from accounts.forms.password import PasswordForm
from kit.exceptions import NotPossible

ANSWERS = {"link_changed": 404, "link_void": 410, "link_used": 410, "link_expired": 410}


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, or read in one sentence why the link no longer counts."""
    try:
        invited = inviting.invited_by_link(token)
        form = PasswordForm(request.POST or None, user=invited.user)
        if form.is_valid():
            inviting.accept(invited, password=form.cleaned_data["password"])
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("account_login")
    except NotPossible as refusal:
        context = {"sentence": refusal.sentence}
        status = ANSWERS.get(refusal.reason, 410)
        return render(request, "accounts/invitation_over.html", context, status=status)
    return render(request, "accounts/invitation.html", {"form": form, "person": invited.user})
