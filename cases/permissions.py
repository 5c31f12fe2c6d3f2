"""Who may do what with cases: the rows of docs/permissions.csv that exist so far.

Each action has `check_<action>`, which raises `Refused`, and `can_<action>`. The system user may
import and keep the register, because case lists come by command; restricting is for people.
"""

from django.db.models import Q

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import asking, holds, is_guest, reach, require
from cases.models import Case, CaseAccess
from cases.models.case import (
    LISTS_ALL,
    RESTRICTS,
    SEES_ALL,
    SEES_UNIT,
    CaseQuerySet,
)

LISTS = (Role.PRACTITIONER, *SEES_UNIT, *LISTS_ALL, *SEES_ALL)
OPENS_ANY = (Role.INFORMATION_GOVERNANCE,)
OPENS_RESTRICTED = (Role.QA_MANAGER, Role.DIRECTOR)
OPENS = (*OPENS_ANY, *OPENS_RESTRICTED)

OVERSEES_LOOKS = (Role.INFORMATION_GOVERNANCE,)


def check_case_list(user: User) -> None:
    """Open a list of cases or audits; what stands in it is decided by `listed_to`.

    Somebody without a role lists what they have business with, or have opened out of turn.
    External reviewers list the audits of their rounds, under study numbers.
    """
    require(
        holds(user, *LISTS) or _lists_some(user),
        "case_list_not_yours",
        "Lists of cases are for those who work on them. Published reports have the figures.",
    )


def _lists_some(user: User) -> bool:
    if is_guest(user):
        return holds(user, Role.EXTERNAL_REVIEWER)
    business = CaseAccess.objects.filter(user=user, until_at__isnull=True)
    return business.exists() or Case.objects.opened_by(user).exists()


def check_case_view(user: User, case: Case) -> None:
    """Who has business with the case, or answers for its unit (`Case.visible_to`)."""
    require(
        Case.objects.visible_to(user).filter(pk=case.pk).exists(),
        "case_view_not_yours",
        "This case is outside your work. Ask the QA manager if you need it.",
    )


def check_case_import(user: User) -> None:
    require(
        user.is_system or holds(user, Role.QA_MANAGER),
        "case_import_not_yours",
        "Case lists are brought in by the QA manager. Ask them to do it.",
    )


def check_case_edit(user: User, case: Case) -> None:
    require(
        user.is_system
        or holds(user, Role.QA_MANAGER, at=case.team)
        or (holds(user, Role.TEAM_MANAGER, at=case.team) and is_let_in(user, case)),
        "case_edit_not_yours",
        "A case is kept by its team manager or the QA manager. Ask one of them.",
    )


def check_case_restrict(user: User, case: Case) -> None:
    require(
        holds(user, *RESTRICTS, at=case.team),
        "case_restrict_not_yours",
        "Cases are restricted by the QA manager or information governance. Ask them.",
    )


def check_history_case_views(user: User) -> None:
    """Read who looked at which case."""
    require(
        holds(user, *OVERSEES_LOOKS),
        "history_case_views_not_yours",
        "Who looked at which case is read by information governance. Ask them. "
        "What you looked at yourself is on your own page.",
    )


def check_case_restrict_any(user: User) -> None:
    """Look for a case to restrict."""
    require(
        holds(user, *RESTRICTS),
        "case_restrict_not_yours",
        "Cases are restricted by the QA manager or information governance. Ask them.",
    )


def check_break_glass_open(user: User) -> None:
    """Open cases out of turn; which ones is decided by `openable_by`."""
    require(
        holds(user, *OPENS),
        "break_glass_open_not_yours",
        "Cases are opened out of turn by information governance, and restricted ones by the QA "
        "manager and directors. Ask one of them.",
    )


def openable_by(user: User) -> CaseQuerySet:
    """Cases this person may open out of turn: any, or restricted ones alone."""
    any_case = reach(user, *OPENS_ANY, field="team")
    restricted = reach(user, *OPENS_RESTRICTED, field="team") & Q(restricted_at__isnull=False)
    return Case.objects.filter(any_case | restricted)


def check_sees_glass(user: User, of: User) -> None:
    """Look at somebody's use of break-glass; nobody oversees themselves."""
    check_history_case_views(user)
    require(
        of.pk != user.pk,
        "own_break_glass",
        "You can't look at your own use of it. Ask a colleague in information governance.",
    )


def is_let_in(user: User, case: Case) -> bool:
    """Whether the case is not restricted, or its restriction lets this person in."""
    if case.restricted_at is None:
        return True
    return Case.objects.let_in(user).filter(pk=case.pk).exists()


def has_opened(user: User, case: Case) -> bool:
    """Whether this person has opened the case out of turn, now."""
    return Case.objects.opened_by(user).filter(pk=case.pk).exists()


can_case_list = asking(check_case_list)
can_case_view = asking(check_case_view)
can_case_import = asking(check_case_import)
can_case_edit = asking(check_case_edit)
can_case_restrict = asking(check_case_restrict)
can_history_case_views = asking(check_history_case_views)
can_case_restrict_any = asking(check_case_restrict_any)
can_break_glass_open = asking(check_break_glass_open)
