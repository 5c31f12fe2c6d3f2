"""The actions behind a dashboard's figures: as many rows as the figure says."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import grants_read_once
from accounts.requests import SignedInRequest
from actions.domain import worklist
from actions.filters import ActionFilters, asks_for_something
from actions.models import Action
from actions.views.listing import PAGE, actions_table
from kit.months import london_day, period_text
from reporting.domain.counting.actions import of_ledger
from reporting.domain.dashboard.reach import open_scope
from reporting.filters import chosen
from reporting.permissions import check_dashboard_drill_to_rows
from reporting.views.dashboard import Asked, asked_of


@require_safe
def dashboard_actions(request: SignedInRequest) -> HttpResponse:
    """Actions of the period's audits and of the unit, narrowed as a figure's link asks."""
    with grants_read_once(), transaction.atomic():
        asked = asked_of(request)
        if asked.scope.auditor is None:
            check_dashboard_drill_to_rows(request.user, asked.scope.unit)
        context: dict[str, Any] = {"scope": asked.scope, "kept": ""}
        if asked.form.months:
            context["form"] = asked.form
        if asked.has_figures:
            context |= _listed(request, asked)
        return render(request, "reporting/dashboard/actions.html", context)


def _listed(request: SignedInRequest, asked: Asked) -> dict[str, Any]:
    """What the reader may see of them; how many more the figures count is said beneath."""
    user, now, want = request.user, timezone.now(), chosen(asked.form)
    ledger = open_scope(asked.scope, want.period, user=user, as_at=now)
    filters = ActionFilters(request.GET, queryset=of_ledger(Action.objects.all(), ledger))
    counted = filters.rows
    rows = worklist.with_lines(counted.filter(pk__in=Action.objects.visible_to(user).values("pk")))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "form": filters.form,
        "is_narrowed": asks_for_something(request.GET),
        "codes": want.codes,
        "kept": f"?{urlencode(want.codes)}",
        "page": page,
        "hidden": counted.count() - page.paginator.count,
        "period": period_text(want.period.first, want.period.last),
        "table": actions_table("Actions", worklist.lines(page, on=london_day(now))),
    }
