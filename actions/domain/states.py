"""The life of an action: which step is possible in which state (domain rule 17).

Open, in progress, done, verified, impact shown or not shown; derived from the moments on the row.
"""

from actions.choices import ActionState
from actions.models import Action
from kit.transitions import Step, TransitionTable

_OPEN, _IN_PROGRESS, _DONE, _VERIFIED = (
    ActionState.OPEN.value,
    ActionState.IN_PROGRESS.value,
    ActionState.DONE.value,
    ActionState.VERIFIED.value,
)

ACTION = TransitionTable(
    name="action",
    words={
        _OPEN: "open",
        _IN_PROGRESS: "in progress",
        _DONE: "done",
        _VERIFIED: "verified",
        ActionState.IMPACT_SHOWN.value: "closed, its impact shown",
        ActionState.IMPACT_NOT_SHOWN.value: "closed, its impact not shown",
        ActionState.WITHDRAWN.value: "withdrawn",
    },
    steps=(
        Step("start", (_OPEN,), _IN_PROGRESS),
        Step("finish", (_OPEN, _IN_PROGRESS), _DONE),
        Step("verify", (_DONE,), _VERIFIED),
        Step("send_back", (_DONE,), _IN_PROGRESS),
        Step("judge_impact", (_DONE, _VERIFIED), ActionState.IMPACT_SHOWN.value),
        Step("judge_impact", (_DONE, _VERIFIED), ActionState.IMPACT_NOT_SHOWN.value),
        Step("withdraw", (_OPEN, _IN_PROGRESS), ActionState.WITHDRAWN.value),
    ),
)

TABLES = (ACTION,)


def state_of(action: Action) -> ActionState:
    """The state in which the row is now."""
    impact = ActionState.IMPACT_SHOWN if action.impact_shown else ActionState.IMPACT_NOT_SHOWN
    reached = (
        (action.withdrawn_at, ActionState.WITHDRAWN),
        (action.impact_judged_at, impact),
        (action.verified_at, ActionState.VERIFIED),
        (action.done_at, ActionState.DONE),
        (action.started_at, ActionState.IN_PROGRESS),
    )
    return next((state for moment, state in reached if moment), ActionState.OPEN)
