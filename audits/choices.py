"""Words for the programme and the form (domain.md sections 1 and 3)."""

from django.db import models


class Grade(models.IntegerChoices):
    """The only scale that feeds grades. "Not applicable" is no grade."""

    OUTSTANDING = 4, "Outstanding"
    GOOD = 3, "Good"
    REQUIRES_IMPROVEMENT = 2, "Requires improvement"
    INADEQUATE = 1, "Inadequate"


WEAK = (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)


class Axis(models.TextChoices):
    PRACTICE = "practice", "Practice"
    OUTCOME = "outcome", "Outcome"


class AnswerType(models.TextChoices):
    YES_PARTLY_NO = "ypn", "Yes, partly, no, can't tell"
    YES_NO = "yn", "Yes or no"
    DATE = "date", "A date"
    NUMBER = "number", "A number"
    ONE = "one", "Choose one"
    MANY = "many", "Choose any"
    TEXT = "text", "Text"


class RoundKind(models.TextChoices):
    MONTHLY = "monthly", "Monthly case-file audits"
    THEMED = "themed", "Themed audit"
    DIP_SAMPLE = "dip_sample", "Dip sample"
    PRACTICE_WEEK = "practice_week", "Practice Week"
    TRANSFER = "transfer", "Case transfer audits"
    CLOSURE = "closure", "Closure audits"
    MOCK_INSPECTION = "mock_inspection", "Mock inspection"
    BENCHMARKING = "benchmarking", "Benchmarking"
    RE_AUDIT = "re_audit", "Re-audits"


class Standing(models.TextChoices):
    """Who may audit in a round (domain.md section 1)."""

    INDEPENDENT = "independent", "Independent of the case"
    PEER = "peer", "Peer audit"
    LINE = "line", "Line audit"
    EXTERNAL = "external", "External audit"


class ChangeSource(models.TextChoices):
    """What changed a standing grade (domain rule 14)."""

    MODERATION = "moderation", "Moderation"
    PANEL = "panel", "Panel"
    DISPUTE = "dispute", "Dispute"
    CORRECTION = "correction", "Correction"


class SafetyJudgement(models.TextChoices):
    SAFE = "safe", "Yes, and I can say how I know"
    CHECK_TODAY = "check_today", "Something must be checked today"
    NOT_SAFE = "not_safe", "No"

    @property
    def told_by(self) -> set["SafetyJudgement"]:
        """What a concern has to say so that it tells this worry: this, or that it is graver."""
        return {self, SafetyJudgement.NOT_SAFE}


class FindingKind(models.TextChoices):
    STRENGTH = "strength", "Strength"
    DEVELOPMENT = "development", "Area for development"


class ResponseKind(models.TextChoices):
    """What follows from a weak grade (domain rule 9)."""

    NEW_ACTION = "new_action", "A new action"
    OPEN_ACTION = "open_action", "An action that is already open"
    NONE_NEEDED = "none_needed", "No action needed because"


class ContributionSource(models.TextChoices):
    WORKER = "worker", "Allocated worker"
    MANAGER = "manager", "Worker's manager"
    CHILD = "child", "Child or young person"
    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    REVIEWER = "reviewer", "IRO or conference chair"
    PROFESSIONAL = "professional", "Other professional"
    OBSERVATION = "observation", "Observation of practice"


class ContributionState(models.TextChoices):
    SPOKEN_TO = "spoken_to", "Spoken to"
    IN_WRITING = "in_writing", "Seen in writing"
    DECLINED = "declined", "Offered and declined"
    NOT_ASKED = "not_asked", "Not asked"


ANSWERED = (ContributionState.SPOKEN_TO, ContributionState.IN_WRITING)


class ExemptionReason(models.TextChoices):
    """The auditor's or the case's slot leaves the month's scheduled (tools.md section 10)."""

    SICK_LEAVE = "sick_leave", "Auditor on sick, maternity or other long leave"
    VACANT_POST = "vacant_post", "Post vacant all month"
    NEW_AUDITOR = "new_auditor", "Auditor new, training not complete"
    REDEPLOYED = "redeployed", "Auditor redeployed to inspection, court or serious incident"
    TRANSFER_WEEK = "transfer_week", "Team in its transfer week"
    ROUND_STOPPED = "round_stopped", "Round stopped by the director"
    RECORD_LOCKED = "record_locked", "Record locked by court or police"
    SERIOUS_INCIDENT = "serious_incident", "Serious incident review has the file"
    RESTRICTED_CASE = "restricted_case", "Case restricted and no cleared auditor"
    CHILD_DIED = "child_died", "Child has died"


class ExtensionReason(models.TextChoices):
    ANNUAL_LEAVE = "annual_leave", "Annual leave of worker or auditor"
    COURT_WEEK = "court_week", "Court week"
    SYSTEM_DOWN = "system_down", "Record system down"
    CONVERSATION_MOVED = "conversation_moved", "Conversation rearranged"
    INTERPRETER = "interpreter", "Interpreter needed"


class AuditState(models.TextChoices):
    """What a list of audits can be narrowed to; each is counted by a figure of that name."""

    PLANNED = "planned", "Planned"
    EXEMPTED = "exempted", "Exempted"
    SCHEDULED = "scheduled", "Scheduled (not exempted)"
    RETURNED = "returned", "Returned"
    LATE = "late", "Returned late"
    OUTSTANDING = "outstanding", "Outstanding"
    OVERDUE = "overdue", "Overdue"
    EXTENDED = "extended", "Outstanding, extended"
    MODERATED = "moderated", "Moderated"
    LOWERED = "lowered", "Lowered by moderation"


class ExportReason(models.TextChoices):
    """Why rows about children leave the product as a file; kept in the history."""

    INSPECTION = "inspection", "Preparing for or answering an inspection"
    PLANNING = "planning", "Planning the programme or a sample"
    REPORTING = "reporting", "A report or meeting that the product does not serve"
    DATA_QUALITY = "data_quality", "Comparing with the case management system"
    RESEARCH = "research", "An evaluation that information governance agreed"


class FileFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"
