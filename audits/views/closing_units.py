"""Closing a unit, where cases, audits and actions can be seen to be open."""

import uuid

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from accounts.views.frame import carry_out_step, changed_unit, unit_step
from audits.domain.closing_units import close_unit, what_is_left

LEDE = "Nothing new is put into a closed unit. Its past stays in every report."


@require_http_methods(["GET", "POST"])
def unit_close(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close a unit, or read what it still has to do first."""
    held = changed_unit(request.user, public_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    lede = what_is_left(held) if request.method == "GET" else ""
    return carry_out_step(
        request,
        form,
        unit_step(held, f"Close {held}", "Close the unit", lede or LEDE, is_warning=True),
        lambda said: close_unit(held, by=request.user),
        done="The unit is closed.",
    )
