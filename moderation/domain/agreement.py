"""Whether two grades agree, and what follows (domain rule 13). Arithmetic without records.

All of it compares the auditor's own overall grade with the moderator's, on the headline axis.
"""

from audits.choices import Grade
from moderation.choices import Comparison


def compare(own: int, moderated: int) -> Comparison:
    """Supported, downgraded or upgraded: the moderator's grade seen from the auditor's."""
    if moderated == own:
        return Comparison.SUPPORTED
    return Comparison.DOWNGRADED if moderated < own else Comparison.UPGRADED


def needs_two_people(own: int, moderated: int) -> bool:
    """Whether two people settle it: more than one step, across the Good line, or Inadequate.

    The same grade needs nobody; one step apart on one side of Good|Requires improvement, neither
    of them Inadequate, the moderator's grade stands with a reason.
    """
    if own == moderated:
        return False
    one_step = abs(own - moderated) == 1
    one_side = (own >= Grade.GOOD) == (moderated >= Grade.GOOD)
    return not (one_step and one_side and Grade.INADEQUATE not in (own, moderated))


def governing(own: int, moderated: int) -> Grade:
    """The grade that governs actions and re-audit until it is settled: the lower one."""
    return Grade(min(own, moderated))
