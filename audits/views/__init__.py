from audits.views.asking import audit_exemption, audit_extension
from audits.views.closing_units import unit_close
from audits.views.concerns import (
    safety_concern,
    safety_concern_acknowledge,
    safety_concern_raise,
    safety_concern_settle,
)
from audits.views.deciding import exemption_decision, extension_decision
from audits.views.glass import opened_case
from audits.views.overview import audit_overview, audit_start
from audits.views.returning import audit_check, audit_receipt, audit_return
from audits.views.reviewing import reviewer_end, reviewers
from audits.views.sections import OverallPage, PeoplePage, SafetyPage, SectionPage

__all__ = [
    "OverallPage",
    "PeoplePage",
    "SafetyPage",
    "SectionPage",
    "audit_check",
    "audit_exemption",
    "audit_extension",
    "audit_overview",
    "audit_receipt",
    "audit_return",
    "audit_start",
    "exemption_decision",
    "extension_decision",
    "opened_case",
    "reviewer_end",
    "reviewers",
    "safety_concern",
    "safety_concern_acknowledge",
    "safety_concern_raise",
    "safety_concern_settle",
    "unit_close",
]
