"""A moderator's own list: what to do, what is under way, what waits for others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from moderation.domain.worklist import my_moderations
from moderation.permissions import (
    can_moderation_claim_any,
    can_moderation_settle_any,
    check_moderation_regrade_any,
)
from moderation.views.moderation_tables import feedback_table, settling_table, work_table


@require_GET
def moderations(request: SignedInRequest) -> HttpResponse:
    """My moderations; until the commit a line tells the case and the day and no more."""
    check_moderation_regrade_any(request.user)
    mine = my_moderations(request.user, on=timezone.localdate())
    context = {
        "to_do": work_table("To do", mine.to_do),
        "in_progress": work_table("In progress", mine.in_progress, counts=True),
        "to_settle": settling_table("Waiting to be settled", mine.to_settle),
        "without_feedback": feedback_table(mine.without_feedback),
        "may_take": can_moderation_claim_any(request.user),
        "may_settle": can_moderation_settle_any(request.user),
    }
    return render(request, "moderation/moderations.html", context)
