"""Actions raised by the verb, in the world of named people."""

import datetime
from zoneinfo import ZoneInfo

from actions.choices import ActionScope
from actions.domain import progress, raising
from actions.models import Action
from tests.world import World

LONDON = ZoneInfo("Europe/London")
NOON = datetime.datetime(2023, 11, 14, 12, tzinfo=LONDON)
DUE = datetime.date(2023, 11, 20)


def hours_later(hours: float) -> datetime.datetime:
    return NOON + datetime.timedelta(hours=hours)


def raised(world: World, **chosen: object) -> Action:
    """An action for the child, owned by the worker and raised by the team manager."""
    facts = {
        "scope": ActionScope.CHILD,
        "case": world.case,
        "unit": world.team,
        "what": "Agree the safety plan with the family.",
        "expected_impact": "The child knows whom to call.",
        "due_on": DUE,
        "owners": [world.practitioner],
        "needs_verification": True,
        "by": world.team_manager,
        "now": NOON,
    }
    return raising.raise_action(**facts | chosen)


def done(world: World, **chosen: object) -> Action:
    """An action that its one owner has finished."""
    action = raised(world, **chosen)
    owner = action.owners.get().user
    return progress.finish(action, evidence="Case note 14 November.", by=owner, now=NOON)
