"""The figures of the units a person answers for, each with the audits behind it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from accounts.domain.units import authority
from accounts.models import Unit, User
from accounts.permissions import grants_read_once
from accounts.requests import SignedInRequest
from audits.models import Round
from kit.charts import Chart
from kit.months import long_date, period_text
from reporting.domain.dashboard.children import Children, children_at_inadequate
from reporting.domain.dashboard.counting import count_dashboard
from reporting.domain.dashboard.reach import Scope, open_scope, scope_of, units_in_reach
from reporting.domain.ledger import Ledger
from reporting.domain.periods import ledger_months
from reporting.filters import Chosen, DashboardForm, chosen, unit_in
from reporting.permissions import check_dashboard_view
from reporting.printing.dashboard import Beside, dashboard_sections, needs_first
from reporting.printing.dashboard.parts import Part, Topic
from reporting.views.dashboard_links import links_of
from reporting.views.drawing import Drawn, drawn, show_to, shown_to
from reporting.views.start_tables import followed_table


@dataclass(frozen=True)
class Asked:
    """Whose figures are asked for, and the form that asks; no scope without any month."""

    form: DashboardForm
    scope: Scope
    units: Sequence[Unit]

    @property
    def has_figures(self) -> bool:
        return bool(self.form.months) and self.form.is_valid()


@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """What needs doing first, then figures with their tables, as at this moment."""
    with grants_read_once(), transaction.atomic():
        asked = asked_of(request)
        context: dict[str, Any] = {"scope": asked.scope}
        if asked.form.months:
            context["form"] = asked.form
        if asked.has_figures:
            context |= _figures(request.user, asked, timezone.now())
    return render(request, "reporting/dashboard/dashboard.html", context)


@require_safe
def dashboard_chart(request: SignedInRequest, sha256: str) -> HttpResponse:
    """One chart of a dashboard, by the hash of its content, for who was shown it.

    Where this process has not drawn it, the figures are counted again as at the page's moment.
    """
    with grants_read_once(), transaction.atomic():
        asked = asked_of(request)
        svg = shown_to(request.user, sha256, of=asked.scope.unit.public_id)
        if svg is None:
            svg = _drawn_again(request, asked).get(sha256)
    if svg is None:
        raise Http404
    return HttpResponse(svg, content_type="image/svg+xml")


def asked_of(request: HttpRequest) -> Asked:
    """Raises Refused for who sees no figures, and Http404 for a unit out of reach."""
    user: Any = request.user
    check_dashboard_view(user)
    units = units_in_reach(user)
    scope = scope_of(user, unit_in(units, request.GET.get("unit", "")), units)
    if scope is None or (scope.auditor and request.GET.get("unit")):
        raise Http404
    return Asked(DashboardForm(request.GET, months=ledger_months(), units=units), scope, units)


def _figures(user: User, asked: Asked, now: datetime.datetime) -> dict[str, Any]:
    """Everything that stands under the filters."""
    want = chosen(asked.form)
    ledger = open_scope(asked.scope, want.period, user=user, as_at=now)
    figures = count_dashboard(ledger, axis=want.axis, authority=_beside(asked.scope))
    children = _children(user, asked.scope, ledger)
    opens = links_of(user, asked.scope, ledger, axis=want.axis)
    topics = dashboard_sections(figures, children, opens=opens)
    pictures = _pictures(topics)
    show_to(user, pictures.values(), of=asked.scope.unit.public_id)
    query = _chart_query(want, now)
    return {
        "figures": figures,
        "children": children,
        "child_table": followed_table(children.rows, linked=opens.opens_rows),
        "needs": needs_first(figures, children, opens=opens),
        "topics": [_for_page(topic, pictures, query) for topic in topics],
        "period": period_text(want.period.first, want.period.last),
        "closed": _closed(ledger),
    }


def _beside(scope: Scope) -> Unit:
    """What domains are compared with: the authority, for an auditor their own again."""
    return scope.unit if scope.auditor else authority()


def _children(user: User, scope: Scope, ledger: Ledger) -> Children:
    if scope.auditor:
        return Children(0, 0, (), ())
    return children_at_inadequate(
        scope.unit,
        rounds=ledger.rounds,
        user=user,
        now=ledger.as_at,
        left_out=ledger.left_out,
    )


def _closed(ledger: Ledger) -> str:
    """When the returns of the last month were closed; "" while they are open."""
    last = Round.objects.filter(pk__in=ledger.rounds).order_by("-month", "-pk").first()
    return long_date(last.returns_closed_at) if last and last.returns_closed_at else ""


def _drawn_again(request: SignedInRequest, asked: Asked) -> dict[str, str]:
    """The charts of the page whose filters and moment the address carries, by hash."""
    moment = _moment(request.GET.get("at", timezone.now().isoformat()))
    if moment is None or not asked.has_figures:
        return {}
    want = chosen(asked.form)
    ledger = open_scope(asked.scope, want.period, user=request.user, as_at=moment)
    figures = count_dashboard(ledger, axis=want.axis, authority=_beside(asked.scope))
    opens = links_of(request.user, asked.scope, ledger, axis=want.axis)
    topics = dashboard_sections(figures, Children(0, 0, (), ()), opens=opens)
    charts = [chart for each in _pictures(topics).values() for chart in (each.wide, each.narrow)]
    return {chart.sha256: chart.svg for chart in charts}


def _moment(text: str) -> datetime.datetime | None:
    """A moment as a chart's address carries it."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _chart_query(want: Chosen, now: datetime.datetime) -> str:
    return urlencode(want.codes | {"at": now.isoformat()})


def _pictures(topics: Sequence[Topic]) -> dict[str, Drawn]:
    """The pictures by their figure's title."""
    parts = (part for topic in topics for part in topic.parts)
    return {part.figure.title: drawn(part.figure) for part in parts if isinstance(part, Beside)}


def _for_page(topic: Topic, pictures: dict[str, Drawn], query: str) -> dict[str, Any]:
    return {"topic": topic, "parts": [_part(part, pictures, query) for part in topic.parts]}


def _part(part: Part, pictures: dict[str, Drawn], query: str) -> dict[str, Any]:
    if not isinstance(part, Beside):
        return {"kind": part.kind, "part": part, "table": getattr(part, "table", None)}
    both = pictures[part.figure.title]

    def address(chart: Chart) -> str:
        return f"{reverse('dashboard_chart', args=[chart.sha256])}?{query}"

    return {
        "kind": part.kind,
        "part": part.figure,
        "table": part.table,
        "alt": both.wide.alt,
        "wide": address(both.wide),
        "wide_width": both.wide.width,
        "wide_height": both.wide.height,
        "narrow": address(both.narrow),
        "narrow_height": both.narrow.height,
    }
