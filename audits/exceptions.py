"""What keeps an audit from being returned."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.exceptions import NotPossible


@dataclass(frozen=True)
class Missing:
    """One thing still to be done before the return: in which section, and what to do."""

    section_code: str
    sentence: str


class IncompleteAudit(NotPossible):
    """The draft is not complete; `missing` lists what to do, in the order of the form."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        things = "1 thing is" if len(missing) == 1 else f"{len(missing)} things are"
        super().__init__(
            "incomplete", f"{things} still missing. Complete the sections named, then return it."
        )
        self.missing = list(missing)


class ChangedMeanwhile(NotPossible):
    """The section was saved elsewhere after this page was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "changed_meanwhile",
            "This section was saved in another window after you opened it here, so what you "
            "typed here is not saved yet. Look at what differs, then save again to keep yours.",
        )
