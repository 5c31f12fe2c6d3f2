"""The states of audits and of what is asked about them, and the step each verb takes.

States are derived from moments, never stored (domain rule 1). docs/states.md is drawn from
`TABLES`.
"""

from audits.models import Audit, AuditReturn, Exemption, Extension, SafetyConcern
from kit.transitions import Step, TransitionTable

NOT_RETURNED = ("allocated", "started", "sent_back")

AUDIT = TransitionTable(
    name="audit",
    words={
        "allocated": "allocated",
        "started": "started",
        "returned": "returned",
        "sent_back": "sent back with a question",
        "exempted": "exempted",
        "voided": "voided",
    },
    steps=(
        Step("start", ("allocated",), "started"),
        Step("edit", ("started",), "started"),
        Step("edit", ("sent_back",), "sent_back"),
        Step("return", ("started", "sent_back"), "returned"),
        Step("send_back", ("returned",), "sent_back"),
        Step("exempt", NOT_RETURNED, "exempted"),
        Step("withdraw_exemption", ("exempted",), "allocated"),
        Step("withdraw_exemption", ("exempted",), "started"),
        Step("withdraw_exemption", ("exempted",), "sent_back"),
        Step("extend", ("allocated",), "allocated"),
        Step("extend", ("started",), "started"),
        Step("extend", ("sent_back",), "sent_back"),
    ),
)

EXEMPTION = TransitionTable(
    name="exemption",
    words={
        "asked": "waiting for a decision",
        "approved": "approved",
        "refused": "refused",
        "withdrawn": "withdrawn",
    },
    steps=(
        Step("approve", ("asked",), "approved"),
        Step("refuse", ("asked",), "refused"),
        Step("withdraw", ("asked", "approved"), "withdrawn"),
    ),
)

EXTENSION = TransitionTable(
    name="extension",
    words={"asked": "waiting for a decision", "approved": "approved", "refused": "refused"},
    steps=(
        Step("approve", ("asked",), "approved"),
        Step("refuse", ("asked",), "refused"),
    ),
)

SAFETY_CONCERN = TransitionTable(
    name="safety concern",
    words={"raised": "raised", "acknowledged": "acknowledged", "settled": "settled"},
    steps=(
        Step("acknowledge", ("raised",), "acknowledged"),
        Step("settle", ("acknowledged",), "settled"),
    ),
)

TABLES = (AUDIT, EXEMPTION, EXTENSION, SAFETY_CONCERN)


def state_of(audit: Audit) -> str:
    """The present state of an audit, a key of `AUDIT.words`.

    Lists read exemptions and returns beforehand, so that many audits take no more statements.
    """
    if audit.voided_at:
        return "voided"
    if any(row.approved_at and not row.withdrawn_at for row in audit.exemptions.all()):
        return "exempted"
    latest = max(audit.returns.all(), key=lambda row: row.version, default=None)
    return _state_of_version(latest) if latest else "allocated"


def _state_of_version(latest: AuditReturn) -> str:
    if latest.returned_at:
        return "returned"
    return "started" if latest.version == 1 else "sent_back"


def exemption_state(exemption: Exemption) -> str:
    """A key of `EXEMPTION.words`."""
    if exemption.withdrawn_at:
        return "withdrawn"
    if exemption.refused_at:
        return "refused"
    return "approved" if exemption.approved_at else "asked"


def extension_state(extension: Extension) -> str:
    """A key of `EXTENSION.words`."""
    if extension.refused_at:
        return "refused"
    return "approved" if extension.approved_at else "asked"


def concern_state(concern: SafetyConcern) -> str:
    """A key of `SAFETY_CONCERN.words`."""
    if concern.settled_at:
        return "settled"
    return "acknowledged" if concern.acknowledged_at else "raised"


def check(audit: Audit, verb: str) -> None:
    """Raise NotPossible unless the audit, as it is now, allows the step."""
    AUDIT.check(state_of(audit), verb)
