"""Words for cases and for who has business with them."""

from django.db import models


class PlanKind(models.TextChoices):
    """The kind of plan a child has, which is the status shown on every page about the case."""

    ASSESSMENT = "assessment", "Assessment"
    IN_NEED = "in_need", "Child in need plan"
    PROTECTION = "protection", "Child protection plan"
    IN_CARE = "in_care", "In care"
    LEAVING_CARE = "leaving_care", "Care leaver"
    UNKNOWN = "unknown", "Not recorded"


class LegalStatus(models.TextChoices):
    NONE = "none", "No order"
    PRE_PROCEEDINGS = "pre_proceedings", "Pre-proceedings"
    SECTION_20 = "section_20", "Accommodated by agreement"
    INTERIM_ORDER = "interim_order", "Interim care order"
    FULL_ORDER = "full_order", "Full care order"
    PLACEMENT_ORDER = "placement_order", "Placement order"


class Gender(models.TextChoices):
    FEMALE = "female", "Girl"
    MALE = "male", "Boy"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not recorded"


class AccessCapacity(models.TextChoices):
    """Why a person has business with a case (permissions: the scope "assigned")."""

    AUDITOR = "auditor", "Auditor"
    MODERATOR = "moderator", "Moderator"
    WORKER = "worker", "Allocated worker"
    OWNER = "owner", "Owner of an action"
    NAMED = "named", "Named on a restricted case"


class InvolvementKind(models.TextChoices):
    """What a person did in a case that takes their independence away (domain rules 3 and 12)."""

    DECIDED = "decided", "Took a decision in the case"
    CHAIRED = "chaired", "Chaired the child's conference or review"


class IndependenceBreach(models.TextChoices):
    """Why someone is not independent of a case (domain rule 3)."""

    WORKER = "worker", "is or was the case's worker"
    TEAM = "team", "belongs to the case's team"
    MANAGER = "manager", "manages the case's team"
    DECISION = "decision", "took a decision in the case"


class Business(models.TextChoices):
    """What somebody who looked at a case had to do with it at that moment (domain rule 21)."""

    ASSIGNED = "assigned", "Works on the case"
    UNIT = "unit", "Answers for its unit"
    GLASS = "glass", "Opened out of turn"
    DUTY = "duty", "Quality assurance, director or reviewer"
    NONE = "none", "No business with it"


class Medium(models.TextChoices):
    """As what a case left the program."""

    PAGE = "page", "Page"
    CSV = "csv", "CSV file"
    XLSX = "xlsx", "Spreadsheet"
    PDF = "pdf", "PDF"
    OTHER = "other", "Other file"
