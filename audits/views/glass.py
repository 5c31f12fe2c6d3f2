"""A case that somebody has opened out of turn: which it is, and its returned audits."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from audits.models import Audit
from audits.permissions import can_audit_view_returned
from cases.domain.strip import strips_of
from cases.models import BreakGlass
from cases.permissions import check_break_glass_open
from kit.months import month_name
from kit.tables import Cell, Column, Row, Table

COLUMNS = (Column("Audit"), Column("Round"), Column("Auditor"))


@require_GET
def opened_case(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One's own use, as long as it is open."""
    check_break_glass_open(request.user)
    mine = BreakGlass.objects.open_at(timezone.now()).filter(user=request.user)
    use = get_object_or_404(mine.select_related("case__team"), public_id=public_id)
    audits = Audit.objects.visible_to(request.user).filter(case=use.case, voided_at__isnull=True)
    found = audits.select_related("round", "auditor", "case").order_by("-month", "-pk")
    rows = [_row(audit) for audit in found if can_audit_view_returned(request.user, audit)]
    title = "Returned audits of this case"
    context = {
        "use": use,
        "strip": strips_of([use.case], on=timezone.localdate())[use.case.pk],
        "table": Table(title, COLUMNS, rows, stacks=True, title_hidden=True) if rows else None,
    }
    return render(request, "audits/opened_case.html", context)


def _row(audit: Audit) -> Row:
    href = reverse("audit_returned", args=[audit.public_id])
    return Row((Cell(month_name(audit.month), href=href), audit.round.name, audit.auditor.name))
