"""What the report says of themes and of who was asked (domain rule 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.shares import Share
from reporting.domain.figures import LearningFigures, MonthlyFigures, ThemeCount
from reporting.domain.figures.learning import DEVELOPMENTS, STRENGTHS
from reporting.domain.narrative.document import Passage
from reporting.domain.narrative.wording import capital, out_of, over, some, tail, verb, word


def learning(figures: MonthlyFigures) -> Passage:
    """The themes named most often, and how often the child was asked."""
    part = figures.learning
    developments = _Kind("area for development", part.developments, DEVELOPMENTS)
    strengths = _Kind("strength", part.strengths, STRENGTHS)
    titles = {
        "developments": _theme_title(developments),
        "strengths": _theme_title(strengths),
        "asked": _asked_title(part),
    }
    if not part.returned:
        return Passage(f"No audits were returned {over(figures.period)}.", "", titles)
    return Passage(_most_named(part, developments), _most_named(part, strengths), titles)


@dataclass(frozen=True)
class _Kind:
    """Strengths or areas for development; no more than `limit` of them were counted."""

    name: str
    themes: Sequence[ThemeCount]
    limit: int

    @property
    def plural(self) -> str:
        return self.name.replace("area ", "areas ") if " " in self.name else f"{self.name}s"

    @property
    def top(self) -> list[ThemeCount]:
        most = max((theme.audits for theme in self.themes), default=0)
        return [theme for theme in self.themes if theme.audits == most]

    @property
    def level(self) -> str:
        """Where every one that was counted is level, others may be too."""
        at_least = "at least " if len(self.top) >= self.limit else ""
        how_many = capital(f"{at_least}{word(len(self.top))}")
        return f"{how_many} {self.plural} are level as those named most often"


def _most_named(part: LearningFigures, kind: _Kind) -> str:
    top = kind.top
    if not top:
        return f"No {kind.name} was named."
    share = part.share(top[0])
    audits = f"{share.counts} {verb(share.of, 'audit', 'audits')}{tail(share)}"
    names = some([f"“{theme.name}”" for theme in top])
    if len(top) == 1:
        return f"The {kind.name} named most often is {names}, in {audits}."
    if len(top) >= kind.limit:
        return f"{kind.level}, each in {audits}."
    return f"The {kind.plural} named most often are {names}, each in {audits}."


def _theme_title(kind: _Kind) -> str:
    top = kind.top
    if not top:
        return f"No {kind.plural} were named"
    if len(top) > 2:
        return kind.level
    names = " and ".join(f"“{theme.name}”" for theme in top)
    are = f"is the {kind.name}" if len(top) == 1 else f"are the {kind.plural}"
    return f"{names} {are} named most often"


def _asked_title(part: LearningFigures) -> str:
    child = next((row for row in part.contributions if row.code == "child"), None)
    if child is None or not part.returned:
        return "Who was asked, and who answered"
    asked = out_of(Share(child.asked, part.returned), "audit")
    return f"The child was asked in {asked} and answered in {child.answered or 'none'}"
