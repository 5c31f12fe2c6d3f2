"""The actions a person has before them."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_GET

from accounts.models import Unit, User
from accounts.permissions import reach
from accounts.requests import SignedInRequest
from actions.domain import worklist
from actions.domain.worklist import ActionLine
from actions.filters import ActionFilters, asks_for_something
from actions.models.action import SEES_ALL, SEES_UNIT
from actions.permissions import check_action_list
from kit.tables import Cell, Column, Row, Table

PAGE = 50
WORDS = 24

COLUMNS = (
    Column("What"),
    Column("Child"),
    Column("Team"),
    Column("Owner"),
    Column("Due"),
    Column("State"),
)


@require_GET
def actions(request: SignedInRequest) -> HttpResponse:
    """Mine, those that wait for me to verify them, and those of my units."""
    user, today = request.user, timezone.localdate()
    check_action_list(user)
    filters = ActionFilters(
        request.GET, queryset=worklist.seen(user, now=timezone.now()), units=_units(user)
    )
    if asks_for_something(request.GET):
        return _narrowed(request, filters)
    own = worklist.lines(worklist.mine(user), on=today)
    waiting = worklist.to_verify(user)
    page = Paginator(worklist.of_units(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "mine": actions_table("My actions", own),
        "waiting": actions_table(
            "Waiting to be verified", worklist.lines(waiting[:PAGE], on=today)
        ),
        "waiting_count": waiting.count(),
        "shown": PAGE,
        "units": actions_table("Of my units", worklist.lines(page, on=today)),
        "page": page,
        "form": filters.form,
    }
    return render(request, "actions/actions.html", context)


def _narrowed(request: SignedInRequest, filters: ActionFilters) -> HttpResponse:
    """One list of all that fits what is chosen."""
    page = Paginator(filters.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters.form,
        "is_narrowed": True,
        "page": page,
        "found": actions_table("Actions that fit", worklist.lines(page, on=timezone.localdate())),
    }
    return render(request, "actions/actions.html", context)


def _units(user: User) -> list[Unit]:
    """The units whose actions this person lists."""
    mine = reach(user, *SEES_UNIT, *SEES_ALL, field="")
    return list(Unit.objects.filter(mine).order_by("path"))


ONE_LINE = len("AB, 11 months")
"""A child's initials and age that are no longer than this are not broken in a narrow column."""


def child_cell(line: ActionLine) -> Cell:
    """Whose action it is: a child's, or that of a team's work as a whole."""
    if line.strip is None:
        return Cell("", aside="None: for the team")
    child = f"{line.strip.initials}, {line.strip.age}"
    return Cell(child if len(child) > ONE_LINE else child.replace(" ", "\u00a0"))


def actions_table(title: str, lines: Iterable[ActionLine]) -> Table | None:
    """A list of actions; their words lead on to each."""
    rows = [
        Row(
            (
                Cell(
                    Truncator(line.action.what).words(WORDS),
                    href=reverse("action", args=[line.action.public_id]),
                ),
                child_cell(line),
                line.action.unit.name,
                line.owners,
                line.due,
                line.state,
            )
        )
        for line in lines
    ]
    return Table(title, COLUMNS, rows, stacks=True, title_hidden=True) if rows else None
