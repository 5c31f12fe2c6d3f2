from moderation.models.audit_import import AuditImport
from moderation.models.feedback import AuditFeedback
from moderation.models.import_correction import ImportCorrection
from moderation.models.imported_audit import ImportedAudit
from moderation.models.moderation import Moderation
from moderation.models.re_audit import ReAuditSchedule
from moderation.models.regrade import Regrade
from moderation.models.regrade_evidence import RegradeEvidence
from moderation.models.settings import ModerationSettings

__all__ = [
    "AuditFeedback",
    "AuditImport",
    "ImportCorrection",
    "ImportedAudit",
    "Moderation",
    "ModerationSettings",
    "ReAuditSchedule",
    "Regrade",
    "RegradeEvidence",
]
