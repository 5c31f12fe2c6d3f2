"""The tree of units and its steps, and the authority's settings."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain import directory, settings, tree
from accounts.domain.telling import told_of
from accounts.forms.units import AuthorityForm, BelowForm, NameForm, UnitForm
from accounts.models import AuthoritySettings
from accounts.permissions import can_unit_manage, check_settings_change, check_unit_manage
from accounts.requests import SignedInRequest
from accounts.views.frame import Step, carry_out_step, changed_unit, unit_step, visible_unit
from accounts.views.tables import lead_table, tree_table


@require_safe
def units(request: SignedInRequest) -> HttpResponse:
    """The whole tree with today's leads."""
    check_unit_manage(request.user)
    table = tree_table(directory.tree(directory.units(request.user)))
    return render(request, "accounts/units.html", {"table": table})


@require_safe
def unit(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One unit: where it stands, who led it and who does."""
    held = visible_unit(request.user, public_id)
    leads = held.memberships.leads().select_related("user").order_by("-from_on", "-pk")
    context = {
        "unit": held,
        "is_own": not can_unit_manage(request.user, held),
        "leads": lead_table(leads),
        "below": tree_table(
            directory.tree(directory.units(request.user).within(held).exclude(pk=held.pk))
        ),
        "doings": told_of(held, reader=request.user),
    }
    return render(request, "accounts/unit.html", context)


@require_http_methods(["GET", "POST"])
def unit_add(request: SignedInRequest) -> HttpResponse:
    check_unit_manage(request.user)
    form = UnitForm(request.POST if request.method == "POST" else None)
    step = Step("Add a unit", "Add the unit", reverse("units"), "Units")
    return carry_out_step(
        request,
        form,
        step,
        lambda said: tree.add(**said, by=request.user),
        done="The unit is added.",
    )


@require_http_methods(["GET", "POST"])
def unit_rename(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    held = changed_unit(request.user, public_id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": held.name})
    step = unit_step(held, f"Rename {held}", "Rename", "Reports made before keep the old name.")
    return carry_out_step(
        request,
        form,
        step,
        lambda said: tree.rename(held, **said, by=request.user),
        done="The unit is renamed.",
    )


@require_http_methods(["GET", "POST"])
def unit_move(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    held = changed_unit(request.user, public_id)
    form = BelowForm(request.POST if request.method == "POST" else None)
    lede = "Everything below it moves along. Who answers for it changes, and sessions there end."
    return carry_out_step(
        request,
        form,
        unit_step(held, f"Move {held}", "Move", lede),
        lambda said: tree.move(held, **said, by=request.user),
        done="The unit is moved.",
    )


@require_http_methods(["GET", "POST"])
def authority_settings(request: SignedInRequest) -> HttpResponse:
    """What the authority calls itself, and its partner."""
    check_settings_change(request.user)
    held = AuthoritySettings.objects.in_use()
    initial = {name: getattr(held, name) for name in AuthorityForm.base_fields}
    form = AuthorityForm(request.POST if request.method == "POST" else None, initial=initial)
    step = Step("Settings of the authority", "Save the settings", reverse("start"), "My work")
    return carry_out_step(
        request,
        form,
        step,
        lambda said: settings.change(**said, by=request.user),
        done="The settings are saved.",
        to=reverse("authority_settings"),
    )
