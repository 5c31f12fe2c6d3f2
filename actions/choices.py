"""Words for actions (domain rule 17)."""

from django.db import models


class ActionScope(models.TextChoices):
    CHILD = "child", "For a child"
    TEAM = "team", "For a team"
    SERVICE = "service", "For the service"


class ActionState(models.TextChoices):
    """Derived from the moments on the row, never stored."""

    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done, not yet verified"
    VERIFIED = "verified", "Verified"
    IMPACT_SHOWN = "impact_shown", "Impact shown"
    IMPACT_NOT_SHOWN = "impact_not_shown", "Impact not shown"
    WITHDRAWN = "withdrawn", "Withdrawn"


class UpdateKind(models.TextChoices):
    NOTE = "note", "Note"
    EVIDENCE = "evidence", "Evidence that it is done"
    VERIFICATION = "verification", "Verification"
    SENT_BACK = "sent_back", "Back to the owner"
    IMPACT = "impact", "Impact"
