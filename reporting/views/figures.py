"""An edition's figures as a page: the same sections, tables and charts as its PDF."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.domain.telling import told_of
from accounts.exceptions import Refused
from accounts.models import User
from accounts.requests import SignedInRequest
from kit.charts import PRINT, Chart
from reporting.choices import ReportStatus
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.models import Report
from reporting.permissions import (
    check_counts_nothing_blind,
    check_report_approve,
    check_report_download_published,
    check_report_view_draft,
)
from reporting.printing import monthly_sections
from reporting.printing.edition import period_line, status_within
from reporting.printing.parts import Figure, Pair, Part, Section, TablePart
from reporting.views.drawing import Drawn

KEPT_SECONDS = 24 * 60 * 60
"""An edition never changes, so its charts are drawn once a day and process."""


@require_GET
def report(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The figures of an edition as at its moment, each with its table."""
    edition = visible_report(request.user, public_id)
    more = {
        "doings": told_of(edition, edition.run, reader=request.user),
        "may_approve": edition.status == ReportStatus.DRAFT and edition.is_current,
        "approval_refused": _why_not(request.user, edition),
    }
    return _page(request, edition, "report", more)


@require_GET
def published_report(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same of a published edition, for its recipients."""
    return _page(request, received_report(request.user, public_id), "published_report", {})


@require_GET
def report_chart(request: SignedInRequest, public_id: uuid.UUID, sha256: str) -> HttpResponse:
    """One chart of an edition, by the hash of its content."""
    return _chart(visible_report(request.user, public_id), sha256)


@require_GET
def published_report_chart(
    request: SignedInRequest, public_id: uuid.UUID, sha256: str
) -> HttpResponse:
    """One chart of a published edition, by the hash of its content."""
    return _chart(received_report(request.user, public_id), sha256)


def visible_report(user: User, public_id: uuid.UUID) -> Report:
    """An issued edition whose drafts this person may see."""
    editions = Report.objects.visible_to(user).select_related("run__scope")
    edition = get_object_or_404(editions, public_id=public_id)
    check_report_view_draft(user, edition.run)
    return edition


def received_report(user: User, public_id: uuid.UUID) -> Report:
    """A published edition, for those who receive it."""
    check_report_download_published(user)
    editions = Report.objects.published_for(user).select_related("run__scope")
    edition = get_object_or_404(editions, public_id=public_id)
    check_counts_nothing_blind(user, edition.run)
    return edition


def _page(
    request: SignedInRequest, edition: Report, route: str, more: dict[str, Any]
) -> HttpResponse:
    sections = _sections(edition)
    drawn = _drawn(edition, sections)
    context = more | {
        "report": edition,
        "status": status_within(edition),
        "is_received": route == "published_report",
        "file_route": f"{route}_file",
        "period": period_line(edition),
        "summary": Narrative.from_document(edition.narrative).summary,
        "sections": [_for_page(edition, section, drawn, route) for section in sections],
    }
    return render(request, "reporting/report.html", context)


def _chart(edition: Report, sha256: str) -> HttpResponse:
    drawn = _drawn(edition, _sections(edition)).values()
    charts = {chart.sha256: chart for each in drawn for chart in (each.wide, each.narrow)}
    if sha256 not in charts:
        return HttpResponse(status=404)
    return HttpResponse(charts[sha256].svg, content_type="image/svg+xml")


def _why_not(user: User, edition: Report) -> str:
    """Why this person may not approve the edition; "" when they may."""
    try:
        check_report_approve(user, edition)
    except Refused as refused:
        return refused.sentence
    return ""


def _sections(edition: Report) -> tuple[Section, ...]:
    figures = MonthlyFigures.from_document(edition.figures)
    return monthly_sections(figures, Narrative.from_document(edition.narrative))


def _drawn(edition: Report, sections: tuple[Section, ...]) -> dict[str, Drawn]:
    """The edition's pictures by the figure's number."""
    key = f"charts:{edition.public_id}"
    found: dict[str, Drawn] | None = cache.get(key)
    if found is None:
        found = {part.number: Drawn(part.draw(PRINT), part.narrow) for part in _figures(sections)}
        cache.set(key, found, KEPT_SECONDS)
    return found


def _figures(sections: tuple[Section, ...]) -> Iterator[Figure]:
    parts = (part for section in sections for part in _one_by_one(section))
    return (part for part in parts if isinstance(part, Figure))


def _for_page(
    edition: Report, section: Section, drawn: dict[str, Drawn], route: str
) -> dict[str, Any]:
    parts = [_part(edition, part, drawn, route) for part in _one_by_one(section)]
    return {"section": section, "parts": parts}


def _one_by_one(section: Section) -> Iterator[Part]:
    for part in section.parts:
        if isinstance(part, Pair):
            yield part.left
            yield part.right
        else:
            yield part


def _part(edition: Report, part: Part, drawn: dict[str, Drawn], route: str) -> dict[str, Any]:
    if isinstance(part, Figure):
        return {"kind": part.kind, "part": part, **_pictures(edition, drawn[part.number], route)}
    if isinstance(part, TablePart):
        # Figures are compared down a column: on a phone the table scrolls instead of stacking.
        return {"kind": part.kind, "part": part, "table": replace(part.table, stacks=False)}
    return {"kind": part.kind, "part": part}


def _pictures(edition: Report, drawn: Drawn, route: str) -> dict[str, Any]:
    def address(chart: Chart) -> str:
        return reverse(f"{route}_chart", args=[edition.public_id, chart.sha256])

    return {
        "alt": drawn.wide.alt,
        "wide": address(drawn.wide),
        "wide_width": drawn.wide.width,
        "wide_height": drawn.wide.height,
        "narrow": address(drawn.narrow),
        "narrow_height": drawn.narrow.height,
    }
