from audits.models.answer import Answer
from audits.models.audit import Audit
from audits.models.audit_return import AuditReturn
from audits.models.contribution import Contribution
from audits.models.domain_evidence import DomainEvidence
from audits.models.domain_grade import DomainGrade
from audits.models.exemption import Exemption
from audits.models.extension import Extension
from audits.models.finding import Finding
from audits.models.finding_response import FindingResponse
from audits.models.independence_override import IndependenceOverride
from audits.models.planned_action import PlannedAction
from audits.models.question import Question, QuestionOption
from audits.models.reviewer import ReviewerAssignment
from audits.models.round import Round
from audits.models.safety_answer import SafetyAnswer
from audits.models.safety_concern import SafetyConcern
from audits.models.section_save import SectionSave
from audits.models.settings import AuditSettings
from audits.models.standing_grade_change import StandingGradeChange
from audits.models.theme import Theme
from audits.models.tool import AuditTool, ToolVersion
from audits.models.tool_domain import Domain

__all__ = [
    "Answer",
    "Audit",
    "AuditReturn",
    "AuditSettings",
    "AuditTool",
    "Contribution",
    "Domain",
    "DomainEvidence",
    "DomainGrade",
    "Exemption",
    "Extension",
    "Finding",
    "FindingResponse",
    "IndependenceOverride",
    "PlannedAction",
    "Question",
    "QuestionOption",
    "ReviewerAssignment",
    "Round",
    "SafetyAnswer",
    "SafetyConcern",
    "SectionSave",
    "StandingGradeChange",
    "Theme",
    "ToolVersion",
]
