"""What the report says of themes and of who was asked (domain rule 8)."""

from collections.abc import Sequence

from kit.shares import Share
from reporting.domain.figures import LearningFigures, MonthlyFigures, ThemeCount
from reporting.domain.narrative.document import Passage
from reporting.domain.narrative.wording import capital, out_of, over, some, tail, verb, word


def learning(figures: MonthlyFigures) -> Passage:
    """The themes named most often, and how often the child was asked."""
    part = figures.learning
    titles = {
        "developments": _theme_title(part, part.developments, "area for development"),
        "strengths": _theme_title(part, part.strengths, "strength"),
        "asked": _asked_title(part),
    }
    if not part.returned:
        return Passage(f"No audits were returned {over(figures.period)}.", "", titles)
    finding = _most_named(part, part.developments, "area for development")
    strength = _most_named(part, part.strengths, "strength")
    return Passage(finding, strength, titles)


def _top(themes: Sequence[ThemeCount]) -> list[ThemeCount]:
    most = max((theme.audits for theme in themes), default=0)
    return [theme for theme in themes if theme.audits == most and most]


def _most_named(part: LearningFigures, themes: Sequence[ThemeCount], kind: str) -> str:
    top = _top(themes)
    if not top:
        return f"No {kind} was named."
    share = part.share(top[0])
    audits = f"{share.counts} {verb(share.of, 'audit', 'audits')}{tail(share)}"
    names = some([f"“{theme.name}”" for theme in top])
    if len(top) == 1:
        return f"The {kind} named most often is {names}, in {audits}."
    return f"The {_plural(kind)} named most often are {names}, each in {audits}."


def _theme_title(part: LearningFigures, themes: Sequence[ThemeCount], kind: str) -> str:
    top = _top(themes)
    if not top:
        return f"No {_plural(kind)} were named"
    if len(top) > 2:
        return f"{capital(word(len(top)))} {_plural(kind)} are level as those named most often"
    names = " and ".join(f"“{theme.name}”" for theme in top)
    are = f"is the {kind}" if len(top) == 1 else f"are the {_plural(kind)}"
    return f"{names} {are} named most often"


def _plural(kind: str) -> str:
    return kind.replace("area ", "areas ") if kind.startswith("area ") else f"{kind}s"


def _asked_title(part: LearningFigures) -> str:
    child = next((row for row in part.contributions if row.code == "child"), None)
    if child is None or not part.returned:
        return "Who was asked, and who answered"
    asked = out_of(Share(child.asked, part.returned), "audit")
    return f"The child was asked in {asked} and answered in {child.answered or 'none'}"
