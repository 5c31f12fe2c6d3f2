"""Words for moderation and re-audits (domain rules 11 to 16)."""

from django.db import models


class ChosenBecause(models.TextChoices):
    """Why an audit was chosen for moderation. Only the random part speaks for the rest."""

    RANDOM = "random", "Random share"
    INADEQUATE = "inadequate", "Auditor's grade Inadequate"
    OUTSTANDING = "outstanding", "Auditor's grade Outstanding"
    NEW_AUDITOR = "new_auditor", "First two audits of a new auditor"
    BY_HAND = "by_hand", "By hand, with a reason"


class Comparison(models.TextChoices):
    """The moderated grade against the auditor's own, on the headline axis."""

    SUPPORTED = "supported", "Supported"
    DOWNGRADED = "downgraded", "Downgraded"
    UPGRADED = "upgraded", "Upgraded"


class Settlement(models.TextChoices):
    """How a moderation ended (domain rule 13)."""

    SAME = "same", "Both gave the same grade"
    MODERATOR = "moderator", "The moderator's grade stands"
    AUDITOR = "auditor", "The auditor's grade stands"
    OTHER = "other", "Another grade was settled"


class WhyWeDiffer(models.TextChoices):
    """The main reason why moderator and auditor differ in a domain."""

    MISSED = "missed", "Evidence missed"
    NOT_ANALYSED = "not_analysed", "Evidence present but not analysed"
    THRESHOLD = "threshold", "Threshold read differently"
    NOT_CAUSED = "not_caused", "Outcome credited to practice that didn't cause it"
    LOOK_BACK = "look_back", "Practice marked down for something outside the look-back"
    CHANGED = "changed", "Record changed since"


class ReAuditEnd(models.TextChoices):
    """Why re-audits of a child's case stopped (domain rule 16)."""

    BETTER = "better", "Better than Inadequate"
    CASE_CLOSED = "case_closed", "Case closed, child safe"
    MOVED = "moved", "Moved to another authority, which was told"
    OVERSEEN = "overseen", "Overseen by court or review instead"
