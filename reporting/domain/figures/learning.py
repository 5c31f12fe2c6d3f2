"""What the audits found, and who was asked (domain rule 8)."""

from dataclasses import dataclass

from kit.shares import Share

STRENGTHS = 5
"""At most as many strengths are named; others may be level with the last."""
DEVELOPMENTS = 6


@dataclass(frozen=True)
class ThemeCount:
    """Returned audits with at least one finding on a theme."""

    code: str
    name: str
    audits: int


@dataclass(frozen=True)
class ContributionCounts:
    """In how many returned audits a source was asked, and in how many they answered."""

    code: str
    name: str
    asked: int
    answered: int


@dataclass(frozen=True)
class LearningFigures:
    """Themes by how many audits name them, most first, and contributions by source."""

    returned: int
    strengths: tuple[ThemeCount, ...]
    developments: tuple[ThemeCount, ...]
    contributions: tuple[ContributionCounts, ...]

    def share(self, theme: ThemeCount) -> Share:
        return Share(theme.audits, self.returned)
