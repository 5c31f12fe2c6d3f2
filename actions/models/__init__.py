from actions.models.action import Action
from actions.models.owner import ActionOwner
from actions.models.settings import ActionSettings
from actions.models.update import ActionUpdate

__all__ = ["Action", "ActionOwner", "ActionSettings", "ActionUpdate"]
