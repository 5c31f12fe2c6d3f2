"""Who may raise, see, carry out and verify actions (docs/permissions.csv, action.*)."""

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import asking, holds, require
from actions.models import Action
from cases.choices import AccessCapacity
from cases.models import Case, CaseAccess

MANAGERS = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)
VERIFIERS = (*MANAGERS, Role.QA_OFFICER, Role.QA_MANAGER)
OWNERS = (Role.PRACTITIONER, *VERIFIERS)
AUDITS = (AccessCapacity.AUDITOR, AccessCapacity.MODERATOR)


def check_action_create(user: User, *, case: Case | None, unit: Unit) -> None:
    """Raise an action: managers in their units, the QA manager, and those auditing the case.

    A manager raises none for a case they may not see. Raises Refused ("cannot_raise_here").
    """
    manages = holds(user, *MANAGERS, Role.QA_MANAGER, at=unit)
    if case is not None:
        sees = Case.objects.visible_to(user).filter(pk=case.pk).exists()
        manages = (manages and sees) or _is_assigned(user, case, *AUDITS)
    require(
        manages,
        "cannot_raise_here",
        "You can raise actions for units you manage and for cases you audit. "
        "Ask the manager of this unit to raise it.",
    )


def check_action_list(user: User) -> None:
    """Have a list of actions at all: by role, or because of an action one owns or raised.

    Raises Refused ("no_actions").
    """
    require(
        holds(user, *OWNERS, Role.DIRECTOR) or Action.objects.visible_to(user).exists(),
        "no_actions",
        "You have no actions here. Ask your manager if you expected one.",
    )


def check_action_view(user: User, action: Action) -> None:
    """See an action. Raises Refused ("out_of_scope"), which views answer as not found."""
    require(
        Action.objects.visible_to(user).filter(pk=action.pk).exists(),
        "out_of_scope",
        "This action belongs to work that you have no part in. Ask its team's manager.",
    )


def check_action_update(user: User, action: Action) -> None:
    """Carry out an action: its owners alone. Raises Refused ("not_owner", "cannot_own")."""
    require(
        is_owner(user, action),
        "not_owner",
        "Only an owner of this action can say how it goes. Ask one of them to do it.",
    )
    audits_case = action.case is not None and _is_assigned(
        user, action.case, AccessCapacity.AUDITOR
    )
    require(
        audits_case or holds(user, *OWNERS),
        "cannot_own",
        "Your role doesn't carry out actions. Ask the team's manager to give it to someone else.",
    )


def check_action_verify(user: User, action: Action) -> None:
    """Verify an action, judge its impact or withdraw it: who answers for the unit, never an owner.

    Raises Refused ("out_of_scope", "cannot_verify", "own_action"). Domain rule 17.
    """
    check_action_view(user, action)
    require(
        holds(user, *VERIFIERS, at=action.unit),
        "cannot_verify",
        "Actions are checked by managers of the unit and by the QA team. Ask one of them.",
    )
    require(
        not is_owner(user, action),
        "own_action",
        "You own this action, so someone else has to check it. Ask the QA team or your manager.",
    )


def is_owner(user: User, action: Action) -> bool:
    return action.owners.filter(user=user).exists()


def _is_assigned(user: User, case: Case, *capacities: AccessCapacity) -> bool:
    return CaseAccess.objects.filter(
        user=user, case=case, capacity__in=capacities, until_at__isnull=True
    ).exists()


can_action_list = asking(check_action_list)
can_action_create = asking(check_action_create)
can_action_view = asking(check_action_view)
can_action_update = asking(check_action_update)
can_action_verify = asking(check_action_verify)
