"""Open work as an administrator reads it: what and by when, never which case."""

from dataclasses import dataclass

from kit.months import long_date
from reporting.domain.leaving import OpenWork


@dataclass(frozen=True)
class Line:
    """One kind of open work: its heading, what happens to it, and each piece to choose."""

    kind: str
    heading: str
    sentence: str
    button: str
    choices: list[tuple[str, str]]


def lines_of(work: OpenWork) -> list[Line]:
    """The kinds of which there is any, the most pressing first."""
    found = (_audits(work), _moderations(work), _actions(work), _units(work))
    return [line for line in found if line.choices]


def _audits(work: OpenWork) -> Line:
    return Line(
        "audits",
        "Audits not returned",
        "What was written so far goes with the audit. Independence is checked again.",
        "Hand these audits on",
        [
            (str(each.public_id), f"{each.round.name}, due {long_date(each.due_on)}")
            for each in work.audits
        ],
    )


def _moderations(work: OpenWork) -> Line:
    return Line(
        "moderations",
        "Moderations not committed",
        "They go back and wait for another moderator, who starts afresh.",
        "Give these back",
        [
            (
                str(each.public_id),
                f"{each.audit_return.audit.round.name}, taken {long_date(each.assigned_at)}",
            )
            for each in work.moderations
        ],
    )


def _actions(work: OpenWork) -> Line:
    return Line(
        "actions",
        "Actions not done",
        "The new owner sees what has been noted so far.",
        "Hand these actions on",
        [
            (str(each.public_id), f"{each.unit}, due {long_date(each.due_on)}")
            for each in work.actions
        ],
    )


def _units(work: OpenWork) -> Line:
    return Line(
        "units",
        "Units led",
        "The new lead leads from today on.",
        "Name the new lead",
        [(str(each.public_id), each.unit.name) for each in work.units],
    )
