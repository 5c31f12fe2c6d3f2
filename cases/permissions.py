"""Who may do what with cases: the rows of docs/permissions.csv that exist so far.

Each action has `check_<action>`, which raises `Refused`, and `can_<action>`. The system user may
import and keep the register, because case lists come by command; restricting is for people.
"""

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import asking, holds, require
from cases.models import Case, CaseAccess
from cases.models.case import LISTS_ALL, SEES_ALL, SEES_UNIT

LISTS = (Role.PRACTITIONER, *SEES_UNIT, *LISTS_ALL, *SEES_ALL)

OVERSEES_LOOKS = (Role.INFORMATION_GOVERNANCE,)


def check_case_list(user: User) -> None:
    """Open a list of cases or audits; what stands in it is decided by `listed_to`.

    Somebody without a role lists what they have business with. External reviewers do not: their
    lists are to be pseudonymised.
    """
    business = CaseAccess.objects.filter(user=user, until_at__isnull=True)
    require(
        holds(user, *LISTS) or (business.exists() and not holds(user, Role.EXTERNAL_REVIEWER)),
        "case_list_not_yours",
        "Lists of cases are for those who work on them. Published reports have the figures.",
    )


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
        or (holds(user, Role.TEAM_MANAGER, at=case.team) and case.restricted_at is None),
        "case_edit_not_yours",
        "A case is kept by its team manager or the QA manager. Ask one of them.",
    )


def check_case_restrict(user: User, case: Case) -> None:
    require(
        holds(user, Role.QA_MANAGER, Role.INFORMATION_GOVERNANCE, at=case.team),
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


can_case_list = asking(check_case_list)
can_case_view = asking(check_case_view)
can_case_import = asking(check_case_import)
can_case_edit = asking(check_case_edit)
can_case_restrict = asking(check_case_restrict)
can_history_case_views = asking(check_history_case_views)
