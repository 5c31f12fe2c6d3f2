"""What the addresses at which cases are shown are called in words.

Names of addresses are the one reference upward (architecture, section 1). An address without words
is called by its name, so that nothing is hidden because nobody has named it yet.
"""

ROUTES = {
    "action": "Action",
    "action_finish": "Action: say that it is done",
    "action_impact": "Action: judge its impact",
    "action_note": "Action: add a note",
    "action_start": "Action: begin",
    "action_verify": "Action: verify",
    "actions": "List of actions",
    "audit_check": "Audit form: check your answers",
    "audit_exemption": "Audit: ask to be excused",
    "audit_extension": "Audit: ask for more time",
    "audit_overall": "Audit form: overall judgement",
    "audit_overview": "Audit form: overview",
    "audit_people": "Audit form: people",
    "audit_register": "Register of audits",
    "audit_register_export": "Register of audits, taken out",
    "audit_register_search": "Register of audits, search",
    "audit_return": "Audit form: return",
    "audit_returned": "Returned audit",
    "audit_safety": "Audit form: safety",
    "audit_section": "Audit form: section",
    "audit_send_back": "Returned audit: send back",
    "audit_start": "Audit form: start",
    "audit_version": "Returned audit, an earlier version",
    "case_register": "Register of cases",
    "case_register_export": "Register of cases, taken out",
    "case_register_search": "Register of cases, search",
    "dashboard": "Figures: children at Inadequate",
    "moderation": "Moderation: re-grade",
    "moderation_commit": "Moderation: commit",
    "moderation_comparison": "Moderation: comparison",
    "moderation_feedback": "Moderation: feedback",
    "moderation_outcome": "Moderation: outcome",
    "moderation_propose": "Moderation: propose",
    "moderation_section": "Moderation: section",
    "moderation_settle": "Moderation: settle",
    "moderation_sighted": "Moderation: record as sighted",
    "moderation_stand": "Moderation: why it stands",
    "moderation_take": "Moderation: take one",
    "moderation_why": "Moderation: why we differ",
    "moderation_whys": "Moderation: why we differ, every section",
    "moderations": "List of moderations",
    "moderations_to_settle": "Moderations to settle",
    "moderations_to_take": "Audits to moderate",
    "safety_concern": "Safety concern",
    "safety_concern_raise": "Safety concern: raise",
    "safety_concern_settle": "Safety concern: settle",
    "start": "Start page",
}


def route_words(route: str) -> str:
    """The page's name in words."""
    words = route.replace("_", " ")
    return ROUTES.get(route, f"{words[:1].upper()}{words[1:]}")
