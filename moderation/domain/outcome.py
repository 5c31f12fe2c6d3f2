"""What became of a moderation, in the sentences that its readers get (domain rules 13 and 14)."""

import datetime

from audits.choices import Grade
from audits.models import StandingGradeChange
from kit.months import london_day, long_date
from kit.working_days import add_working_days
from moderation.choices import Comparison, Settlement
from moderation.domain import agreement
from moderation.domain.comparison import SideBySide
from moderation.models import Moderation, ModerationSettings


def next_step(moderation: Moderation, side: SideBySide) -> str:
    """Where a committed moderation stands and who acts next, in one or two sentences."""
    if moderation.settled_at:
        return settled_sentence(moderation)
    until = f"Until it is settled, {side.governing.label} governs actions and re-audit."
    if moderation.proposed_at:
        grade = Grade(moderation.settled_grade or 0).label
        said = f"{moderation.proposed_by} proposed on {long_date(moderation.proposed_at)} that"
        return f"{said} {grade} stands. A second person settles it. {until}"
    if side.needs_two_people:
        return f"One person proposes which grade stands, another settles it. {until}"
    return f"The moderator says why, and it is settled with that. {until}"


def settled_sentence(moderation: Moderation) -> str:
    """ "Settled on 3 March 2026 by two people: Good stands." """
    if moderation.settled_at is None or moderation.settled_grade is None:
        return ""
    on, grade = long_date(moderation.settled_at), Grade(moderation.settled_grade).label
    if moderation.settlement == Settlement.SAME:
        return f"Settled on {on}: both gave {grade}, and it stands."
    if moderation.proposed_by:
        who = f"{moderation.proposed_by} and {_second(moderation)}"
        return f"Settled on {on} by {who}: {grade} stands."
    return f"Settled on {on} by {moderation.settled_by}: {grade} stands."


def _second(moderation: Moderation) -> str:
    """Who settled it, and for whom where it was a partner authority's reviewer (rule 22)."""
    partner = moderation.settled_for
    return f"{moderation.settled_by} for {partner}" if partner else str(moderation.settled_by)


def outcome_word(side: SideBySide, settled_grade: int) -> Comparison:
    """Supported, downgraded or upgraded: what stands in the end, seen from the auditor's grade."""
    return agreement.compare(side.grades[0], settled_grade)


def dispute_until(moderation: Moderation) -> datetime.date | None:
    """The last day on which auditor or service may dispute (domain rule 13)."""
    if moderation.settled_at is None or moderation.settlement == Settlement.SAME:
        return None
    days = ModerationSettings.objects.in_use().dispute_days
    return add_working_days(london_day(moderation.settled_at), days)


def grade_changes(moderation: Moderation) -> list[StandingGradeChange]:
    """Every change of a standing grade of the audit's return, the first first."""
    changes = StandingGradeChange.objects.filter(domain_grade__audit_return=moderation.audit_return)
    return list(
        changes.select_related("domain_grade__domain", "by", "second_by").order_by("at", "pk")
    )
