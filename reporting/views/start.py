"""Start pages: what waits for the person who has signed in, by their roles."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import grants_read_once
from accounts.requests import SignedInRequest
from moderation.views.moderation_tables import work_table
from reporting.domain.start.auditor import AuditorWork
from reporting.domain.start.concerns import Concerns
from reporting.domain.start.governance import GovernanceWork
from reporting.domain.start.head import HeadWork
from reporting.domain.start.officer import OfficerWork
from reporting.domain.start.page import Section, start_page
from reporting.domain.start.requests import RequestWork
from reporting.views import start_tables as tables


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Safety concerns first, then the sections of each role, the most urgent first."""
    with grants_read_once():
        page = start_page(request.user, now=timezone.now())
    context = {
        "page": page,
        "concern_table": _concern_table(page.concerns),
        "sections": [{"work": work, **_tables(work)} for work in page.sections],
    }
    return render(request, "reporting/start/start.html", context)


def _concern_table(concerns: Concerns | None) -> Any:
    return tables.concern_table(concerns.rows) if concerns else None


def _tables(work: Section) -> dict[str, Any]:
    """The tables of a section by name; none where there is nothing to list."""
    if isinstance(work, AuditorWork):
        return {
            "audits": tables.audit_table("My audits this month", work.of_month),
            "earlier": tables.audit_table("Outstanding from earlier months", work.earlier),
            "actions": tables.action_table(work.actions),
        }
    if isinstance(work, OfficerWork):
        mine = work.moderations
        return {
            "to_do": work_table("To do", mine.to_do),
            "in_progress": work_table("In progress", mine.in_progress, counts=True),
            "month": tables.month_table(work.months),
            "chase": [(month, tables.chase_table(month.chase)) for month in work.months],
            "decisions": tables.decision_table(work.decisions.rows),
        }
    if isinstance(work, HeadWork):
        return {
            "children": tables.child_table(work.children.rows),
            "owing": tables.owing_table(work.month.owing),
            "decisions": tables.decision_table(work.decisions.rows),
        }
    if isinstance(work, RequestWork):
        return {"decisions": tables.decision_table(work.rows)}
    if isinstance(work, GovernanceWork):
        return {"uses": tables.use_table(work.uses)}
    return {}
