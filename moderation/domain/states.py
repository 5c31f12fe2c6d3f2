"""The life of a moderation and of a re-audit: which step is possible in which state.

States are derived from moments, never stored; docs/states.md is drawn from `TABLES`.
"""

from kit.transitions import Step, TransitionTable
from moderation.models import Moderation, ReAuditSchedule

MODERATION = TransitionTable(
    name="moderation",
    words={
        "assigned": "with its moderator",
        "committed": "committed and not settled",
        "proposed": "waiting for a second person",
        "settled": "settled",
        "withdrawn": "withdrawn",
    },
    steps=(
        Step("regrade", ("assigned",), "assigned"),
        Step("record_as_sighted", ("assigned",), "assigned"),
        Step("withdraw", ("assigned",), "withdrawn"),
        Step("commit", ("assigned",), "committed"),
        Step("commit", ("assigned",), "settled"),
        Step("explain", ("committed",), "committed"),
        Step("explain", ("proposed",), "proposed"),
        Step("explain", ("settled",), "settled"),
        Step("give_feedback", ("committed",), "committed"),
        Step("give_feedback", ("proposed",), "proposed"),
        Step("give_feedback", ("settled",), "settled"),
        Step("let_stand", ("committed",), "settled"),
        Step("propose", ("committed",), "proposed"),
        Step("withdraw_proposal", ("proposed",), "committed"),
        Step("settle", ("proposed",), "settled"),
    ),
)

RE_AUDIT = TransitionTable(
    name="re-audit",
    words={
        "due": "due",
        "held": "held and not followed up",
        "followed": "followed by the next one",
        "ended": "ended",
    },
    steps=(
        Step("hold", ("due",), "held"),
        Step("follow_up", ("held",), "followed"),
        Step("follow_up", ("held",), "ended"),
        Step("end", ("due", "held"), "ended"),
    ),
)

TABLES = (MODERATION, RE_AUDIT)


def state_of(moderation: Moderation) -> str:
    """The state in which the moderation is now, a key of `MODERATION.words`."""
    reached = (
        (moderation.withdrawn_at, "withdrawn"),
        (moderation.settled_at, "settled"),
        (moderation.proposed_at, "proposed"),
        (moderation.committed_at, "committed"),
    )
    return next((state for moment, state in reached if moment), "assigned")


def re_audit_state(schedule: ReAuditSchedule) -> str:
    """The state in which the re-audit is now, a key of `RE_AUDIT.words`."""
    if schedule.ended_at:
        return "ended"
    if schedule.held_id is None:
        return "due"
    later = ReAuditSchedule.objects.filter(origin_id=schedule.origin_id, number__gt=schedule.number)
    return "followed" if later.exists() else "held"
