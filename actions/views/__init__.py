from actions.views.listing import actions
from actions.views.owning import action_finish, action_note, action_start
from actions.views.showing import action
from actions.views.verifying import action_impact, action_verify

__all__ = [
    "action",
    "action_finish",
    "action_impact",
    "action_note",
    "action_start",
    "action_verify",
    "actions",
]
