from moderation.views.comparing import (
    moderation_comparison,
    moderation_feedback,
    moderation_outcome,
    moderation_why,
    moderation_whys,
)
from moderation.views.importing import audit_import, audit_import_best, audit_imports
from moderation.views.mine import moderations
from moderation.views.registers import (
    audit_register,
    audit_register_export,
    audit_register_search,
    case_register,
    case_register_export,
    case_register_search,
)
from moderation.views.regrading import (
    moderation,
    moderation_commit,
    moderation_hand_over,
    moderation_section,
    moderation_sighted,
)
from moderation.views.returned import audit_returned, audit_send_back, audit_version
from moderation.views.settling import (
    moderation_propose,
    moderation_refuse,
    moderation_settle,
    moderation_stand,
    moderations_to_settle,
)
from moderation.views.taking import moderation_take, moderation_take_next, moderations_to_take

__all__ = [
    "audit_import",
    "audit_import_best",
    "audit_imports",
    "audit_register",
    "audit_register_export",
    "audit_register_search",
    "audit_returned",
    "audit_send_back",
    "audit_version",
    "case_register",
    "case_register_export",
    "case_register_search",
    "moderation",
    "moderation_commit",
    "moderation_comparison",
    "moderation_feedback",
    "moderation_hand_over",
    "moderation_outcome",
    "moderation_propose",
    "moderation_refuse",
    "moderation_section",
    "moderation_settle",
    "moderation_sighted",
    "moderation_stand",
    "moderation_take",
    "moderation_take_next",
    "moderation_why",
    "moderation_whys",
    "moderations",
    "moderations_to_settle",
    "moderations_to_take",
]
