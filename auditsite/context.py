"""What the frame of every page shows: the authority's name, and the parts one may use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.choices import Role
from accounts.domain.authority import authority_name
from accounts.models import User
from accounts.permissions import asking, held_by, holds
from actions.permissions import OWNERS, check_action_list
from auditsite.sign_in import sessions
from cases.domain import glass
from cases.models import BreakGlass
from cases.permissions import LISTS, OPENS, OVERSEES_LOOKS, check_case_list
from moderation.permissions import MODERATORS, can_moderation_regrade_any
from reporting.models.report import RECEIVES
from reporting.permissions import SEES_FIGURES, can_dashboard_view

GUESTS = frozenset({Role.EXTERNAL_REVIEWER})
"""Their role alone opens nothing: they see what they were named for."""


def _nobody(user: User) -> bool:
    return False


def _everybody(user: User) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the product: for those who hold one of the roles.

    `others` says whether somebody without any role may use it, because of what they were given.
    """

    text: str
    url_name: str
    prefix: str
    roles: frozenset[Role]
    others: Callable[[User], bool] = _nobody

    def is_current(self, path: str) -> bool:
        """The start page's own prefix begins every address, and so it has to be all of it."""
        return path == self.prefix if self.prefix == "/" else path.startswith(self.prefix)

    def is_for(self, user: User, held: frozenset[Role]) -> bool:
        return bool(held & self.roles) or (not held and self.others(user))


@dataclass(frozen=True, slots=True)
class Link:
    """A part of the product in the bar under the header."""

    text: str
    href: str
    current: bool


PARTS = (
    Part("My work", "start", "/", frozenset(Role), _everybody),
    Part("Figures", "dashboard", "/dashboard/", frozenset(SEES_FIGURES), can_dashboard_view),
    Part(
        "Audits",
        "audit_register",
        "/registers/audits/",
        frozenset(LISTS),
        asking(check_case_list),
    ),
    Part("Cases", "case_register", "/registers/cases/", frozenset(LISTS), asking(check_case_list)),
    Part(
        "Moderation",
        "moderations",
        "/moderations/",
        frozenset(MODERATORS) - GUESTS,
        can_moderation_regrade_any,
    ),
    Part(
        "Actions",
        "actions",
        "/actions/",
        frozenset({*OWNERS, Role.DIRECTOR}),
        asking(check_action_list),
    ),
    Part("Reports", "reports", "/reports/", frozenset(RECEIVES)),
    Part("Who looked", "case_views", "/who-looked/", frozenset(OVERSEES_LOOKS)),
    Part("People", "people", "/people/", frozenset({Role.ADMINISTRATOR})),
    Part("Units", "units", "/units/", frozenset({Role.ADMINISTRATOR})),
    Part(
        "Roles to confirm",
        "role_requests",
        "/roles/",
        frozenset({Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE}),
    ),
    Part("Import", "audit_imports", "/imports/", frozenset({Role.QA_MANAGER})),
    Part(
        "Settings",
        "authority_settings",
        "/settings/",
        frozenset({Role.QA_MANAGER, Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE}),
    ),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """For templates: `authority_name`, `parts` for the navigation of someone signed in, and
    `open_uses`, the cases they have open out of turn with the minutes left.

    `session_seconds` is how long they stay so without another page. They are looked up only where
    a template prints them.
    """
    return {
        "authority_name": authority_name,
        "parts": lambda: _parts(request),
        "open_uses": lambda: _open_uses(request),
        "session_seconds": lambda: sessions.seconds_left(request.session),
    }


def _open_uses(request: HttpRequest) -> list[tuple[BreakGlass, int]]:
    """None for most people: only a few roles open cases so."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or sessions.is_held_up(request) or not holds(user, *OPENS):
        return []
    return [(use, glass.minutes_left(use)) for use in glass.open_now(user)]


def _parts(request: HttpRequest) -> list[Link]:
    """The parts this person may use; one statement for whoever holds a role."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or sessions.is_held_up(request):
        return []
    held = frozenset(Role(role) for role, _ in held_by(user)) - GUESTS
    return [
        Link(part.text, reverse(part.url_name), part.is_current(request.path))
        for part in PARTS
        if part.is_for(user, held)
    ]
