"""What can be refused, with a named reason and a sentence that says how to mend it."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """The user may not do this. `reason` is stable; `sentence` is shown, and names no case."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


class HistoryBroken(Exception):
    """The chain of history does not verify; `findings` lists each break in words."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings
