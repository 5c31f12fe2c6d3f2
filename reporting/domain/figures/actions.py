"""Actions raised by the period's audits and where they stand (domain rule 17)."""

from dataclasses import dataclass

from kit.shares import Share


@dataclass(frozen=True)
class OverdueBands:
    """Overdue actions by calendar days past their date."""

    up_to_10: int = 0
    up_to_30: int = 0
    over_30: int = 0

    @property
    def total(self) -> int:
        return self.up_to_10 + self.up_to_30 + self.over_30


@dataclass(frozen=True)
class ActionFigures:
    """Actions by where they stand at the report's moment; each is in one state only."""

    open: int
    in_progress: int
    done: int
    verified: int
    impact_shown: int
    impact_not_shown: int
    overdue: OverdueBands

    @property
    def raised(self) -> int:
        return self.open + self.in_progress + self.completed

    @property
    def completed(self) -> int:
        """Done, whether or not verified since."""
        return self.done + self.checked

    @property
    def checked(self) -> int:
        """Verified by someone other than the owner, whether or not the impact was judged."""
        return self.verified + self.impact_shown + self.impact_not_shown

    @property
    def completed_share(self) -> Share:
        return Share(self.completed, self.raised)

    @property
    def checked_share(self) -> Share:
        return Share(self.checked, self.completed)
