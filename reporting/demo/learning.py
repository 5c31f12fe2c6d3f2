"""Findings with their themes, and what follows from weak grades: chosen to fit child and grades."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from random import Random

from audits.choices import FindingKind, ResponseKind
from audits.tools import ThemeText, read_themes
from reporting.demo.chance import one
from reporting.demo.grades import DOMAINS, Pair
from reporting.demo.texts import BAND_GROUPS, PLAN_GROUPS, lines, read_findings
from reporting.demo.texts.compose import action_text, fill, unlike
from reporting.demo.texts.slots import Child, Dates, draw

# Themes that are about some children only, by the tags of the sample texts.
ONLY_FOR = {
    "assessment-fathers": ("family",),
    "assessment-neglect": ("home", "born"),
    "assessment-domestic-abuse": ("home",),
    "plans-safety": ("home",),
    "plans-step-down": ("home",),
    "plans-unborn": ("unborn",),
    "plans-money-immigration": ("leaving_care",),
    "plans-permanence": ("in_care",),
    "plans-matching": ("in_care",),
    "plans-pathway": ("leaving_care",),
    "voice-alone": ("schooled",),
    "voice-tools": ("child",),
    "voice-non-verbal": ("born",),
    "voice-life-story": ("in_care", "child"),
    "voice-changes-plan": ("schooled",),
    "people-carer": ("in_care",),
    "review-challenge": ("reviewed",),
    "health-wellbeing": ("schooled",),
    "learning-plan": ("schooled",),
    "learning-ambition": ("schooled",),
}
# How often a theme comes up, where not once.
OFTEN = {
    "oversight-reflective": 3,
    "oversight-follow-up": 2,
    "plans-specific": 4,
    "record-chronology": 3,
    "record-summary": 2,
    "voice-changes-plan": 2,
    "people-agencies": 2,
    "voice-non-verbal": 0.3,
}
# Reasons that are true only where something else is.
NEEDS_OVERSIGHT_ACTION = "Covered by the action on supervision"
FOR_COURT = "The court's timetable"
NEVER = ("The case closes this month", "An action from the last audit")
SEE = ("See {date1}.", "See {date2}.", "See {date3}.", "Note of {date2}.", "As on {date3}.")
ACTIONS = {2: 30, 3: 40, 4: 20, 5: 10}


@dataclass(frozen=True)
class FindingPlan:
    domain: str
    kind: FindingKind
    text: str
    theme: str


@dataclass(frozen=True)
class ActionPlan:
    """An action for the child: what, what will be different, and days to do it."""

    what: str
    different: str
    days: int


@dataclass(frozen=True)
class ResponsePlan:
    """What follows from a weak domain: its own action, the one of another domain, or a reason."""

    domain: str
    kind: ResponseKind
    action: ActionPlan | None = None
    as_in: str = ""
    reason: str = ""


def draw_findings(
    rng: Random, grades: dict[str, Pair | None], child: Child, dates: Dates, used: set[str]
) -> Iterator[FindingPlan]:
    """Up to two strengths and three things to develop, none in words that are used already."""
    codes = [code for code in DOMAINS if grades[code]]
    weak = sorted(codes, key=lambda code: (_practice(grades, code), rng.random()))
    strong = [code for code in reversed(weak) if _practice(grades, code) > 2]
    strengths = strong[:2] or weak[-1:]
    developments = [code for code in weak if _practice(grades, code) < 4][: rng.choice((2, 2, 3))]
    kinds = ((FindingKind.STRENGTH, strengths), (FindingKind.DEVELOPMENT, developments))
    for kind, chosen in kinds:
        for code in (code for code in chosen if _themes(code, child)):
            theme, texts = _theme(rng, code, kind, child)
            text = unlike(used, partial(_worded, rng, texts, child, dates, used))
            yield FindingPlan(code, kind, text, theme)


def draw_responses(
    rng: Random, grades: dict[str, Pair | None], child: Child, dates: Dates
) -> list[ResponsePlan]:
    """One for every weak domain, with two to five actions where so many are weak."""
    weak = [code for code in DOMAINS if (pair := grades[code]) and pair.is_weak]
    first = sorted(weak, key=lambda code: (_practice(grades, code), rng.random()))
    own = set(first[: one(rng, ACTIONS)])
    plans = {code: _own_action(rng, code, child, dates) for code in first if code in own}
    others = [code for code in first if code not in plans]
    for code in others:
        plans[code] = _without_action(rng, code, child, sorted(own))
    return [plans[code] for code in weak]


def _own_action(rng: Random, code: str, child: Child, dates: Dates) -> ResponsePlan:
    what, different, days = action_text(code, rng, child, dates)
    return ResponsePlan(code, ResponseKind.NEW_ACTION, ActionPlan(what, different, days))


def _without_action(rng: Random, code: str, child: Child, own: list[str]) -> ResponsePlan:
    if rng.random() < 0.6:
        return ResponsePlan(code, ResponseKind.OPEN_ACTION, as_in=rng.choice(own))
    reasons = [line.say for line in lines("updates.none_needed") if _is_true(line.say, child, own)]
    return ResponsePlan(code, ResponseKind.NONE_NEEDED, reason=rng.choice(reasons))


def _is_true(reason: str, child: Child, own: list[str]) -> bool:
    if reason.startswith(NEEDS_OVERSIGHT_ACTION):
        return "H" in own
    if reason.startswith(FOR_COURT):
        return child.plan == "in_care"
    return not reason.startswith(NEVER)


def _theme(rng: Random, code: str, kind: FindingKind, child: Child) -> tuple[str, tuple[str, ...]]:
    """A theme of the domain, and what can be said under it."""
    themes = _themes(code, child)
    theme = rng.choices(themes, [OFTEN.get(theme.code, 1) for theme in themes])[0].code
    texts = read_findings()[theme]
    return theme, texts.strengths if kind == FindingKind.STRENGTH else texts.developments


def _worded(rng: Random, texts: tuple[str, ...], child: Child, dates: Dates, used: set[str]) -> str:
    """One of the texts; with where to see it, once all were used."""
    text = rng.choice([text for text in texts if text not in used] or texts)
    return f"{text} {fill(rng.choice(SEE), draw(rng, child, dates), rng)}" if text in used else text


@cache
def _themes(code: str, child: Child) -> list[ThemeText]:
    """The themes of a domain that are about such a child; none for some."""
    return [theme for theme in _all_themes() if theme.domain_code == code and _suits(theme, child)]


@cache
def _all_themes() -> tuple[ThemeText, ...]:
    return read_themes()


def _suits(theme: ThemeText, child: Child) -> bool:
    tags = ONLY_FOR.get(theme.code, ())
    bands = [BAND_GROUPS[tag] for tag in tags if tag in BAND_GROUPS]
    plans = [PLAN_GROUPS[tag] for tag in tags if tag in PLAN_GROUPS]
    return all(child.band in band for band in bands) and all(child.plan in plan for plan in plans)


def _practice(grades: dict[str, Pair | None], code: str) -> int:
    pair = grades[code]
    return pair.practice if pair else 0
