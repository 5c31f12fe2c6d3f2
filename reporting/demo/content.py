"""What an auditor writes in one audit: composed from the plan and the sample texts, no records."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from audits.choices import Axis, ContributionSource, Grade
from audits.domain.sections import OwnContribution, OwnGrade, OwnSection
from audits.tools import ToolText, read_tool
from reporting.demo.answers import Answering, domain_answers, overall_answers
from reporting.demo.children import Child
from reporting.demo.grades import OVERALL, Pair, draw_grades, lower_codes
from reporting.demo.learning import FindingPlan, ResponsePlan, draw_findings, draw_responses
from reporting.demo.texts import Line, compose, lines
from reporting.demo.texts.compose import domain_text, phrase, short_text, unlike
from reporting.demo.texts.slots import Child as TextChild
from reporting.demo.texts.slots import Dates, number
from reporting.demo.voices import Voices, people_answers

TOOL = "MCF"
JUDGED = relativedelta(months=6)
# The ages that sample texts name, and how far from a child's own one may stand for it.
AGES = {number(years): years for years in range(1, 21)} | {"twenty-two": 22}
AGE = re.compile(rf"\bI'm ({'|'.join(sorted(AGES, key=len, reverse=True))})\b(?! months)")
MONTHS_OLD = re.compile(r"\bI'm ten months old\b")
NOT_ONE, HALF = "I'm not one yet", " and a half"
NEAR_YEARS = 2
# Why an overall that is itself weak, or an outcome, stands above two or more domains.
WEAK_PRACTICE = (
    "The basic safeguards held throughout, which the weaker sections do not undo.",
    "The worst of it was short and was noticed; what remains is uneven work.",
    "Each of the lower sections has its own cause; together they do not make a serious gap.",
)
OUTCOME = {
    4: ("Not every section shows it, and the child's life is clearly better all the same.",),
    3: (
        "In some sections little has changed yet; on the whole the child is doing better.",
        "The gain is real, and it shows most in daily life.",
    ),
    2: (
        "Here and there nothing has changed; on the whole there is some benefit, slow and patchy.",
        "Where it is lower it has not yet done harm.",
    ),
}


@dataclass(frozen=True)
class Content:
    """All that stands in one version of an audit; grades by domain code, Z the overall."""

    dates: Dates
    grades: dict[str, Pair | None]
    sections: dict[str, OwnSection]
    child_now: str
    first_step: str
    to_celebrate: str
    contributions: dict[ContributionSource, OwnContribution]
    people_answers: Mapping[str, Any]
    evidence_of_safety: str
    findings: tuple[FindingPlan, ...]
    responses: tuple[ResponsePlan, ...]


@dataclass
class Writer:
    """Writes audits; no two of a month say the same."""

    seed: int
    voices: Voices
    tool: ToolText = field(default_factory=lambda: read_tool(TOOL))
    used: dict[date, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.rng = Random(f"content {self.seed}")

    def write(
        self,
        child: Child,
        *,
        month: date,
        returned_on: date,
        overall: int,
        is_brief: bool = False,
        is_dealt: bool = False,
    ) -> Content:
        """One audit of a child in a month's round, returned on a day.

        `is_dealt`: one of those among which the shares of who was asked are dealt out.
        """
        rng, dates = self.rng, judged(child, returned_on)
        about = child.for_texts(dates.last)
        grades = draw_grades(rng, overall, child)
        own = grades[OVERALL]
        assert own is not None  # the overall always applies
        celebrate = "overall.celebrate"
        said = self.voices.contributions(child, dates, overall, is_dealt=is_dealt)
        helped = phrase("people.would_have_helped", rng, about, dates)
        return Content(
            dates=dates,
            grades=grades,
            sections=self._sections(child, about, grades, dates, month, is_brief),
            child_now=unlike(self.used[month], partial(self._child_now, child, about, own, dates)),
            first_step=phrase("overall.first", rng, about, dates, grade=overall),
            to_celebrate=phrase(celebrate, rng, about, dates) if overall > 1 else "",
            contributions=said,
            people_answers=people_answers(said, helped),
            evidence_of_safety=phrase("safety.safe", rng, about, dates),
            findings=tuple(draw_findings(rng, grades, about, dates, self.used[month])),
            responses=tuple(draw_responses(rng, grades, about, dates)),
        )

    def _sections(
        self,
        child: Child,
        about: TextChild,
        grades: dict[str, Pair | None],
        dates: Dates,
        month: date,
        is_brief: bool,
    ) -> dict[str, OwnSection]:
        answering = Answering(self.rng, child, dates.first, dates.last)
        made = {}
        for domain in self.tool.domains:
            pair = grades[domain.code]
            if domain.is_overall:
                made[domain.code] = self._overall(grades, about, dates)
            elif pair is None:
                made[domain.code] = self._left_out(about, dates)
            else:
                text = self._texts(domain.code, pair, about, dates, is_brief)
                saw, difference = unlike(self.used[month], text)
                answers = domain_answers(domain, pair.practice, answering)
                own = own_grades(pair, self._why_apart(pair, about, dates))
                made[domain.code] = OwnSection(saw, difference, own, answers)
        return made

    def _texts(
        self, code: str, pair: Pair, about: TextChild, dates: Dates, is_brief: bool
    ) -> Callable[[], tuple[str, str]]:
        case = (code, pair.practice, about.band, about.plan, self.rng, dates)
        if is_brief:
            return partial(short_text, *case, pronoun=about.pronoun)
        return partial(domain_text, *case, outcome=pair.outcome, pronoun=about.pronoun)

    def _overall(
        self, grades: dict[str, Pair | None], about: TextChild, dates: Dates
    ) -> OwnSection:
        """The overall's grades, with why they are higher than two domains or two steps apart."""
        pair = grades[OVERALL]
        assert pair is not None  # the overall always applies
        practice = self._why_higher(lower_codes(grades, "practice"), pair.practice, about, dates)
        is_above = len(lower_codes(grades, "outcome")) > 1
        outcome = self.rng.choice(OUTCOME[pair.outcome]) if is_above else ""
        apart = self._why_apart(pair, about, dates)
        own = {
            Axis.PRACTICE: OwnGrade(Grade(pair.practice), practice),
            Axis.OUTCOME: OwnGrade(Grade(pair.outcome), apart or outcome),
        }
        is_example = pair.practice == 4 or (pair.practice == 3 and self.rng.random() < 0.06)
        return OwnSection(grades=own, answers=dict(overall_answers(is_example)))

    def _left_out(self, about: TextChild, dates: Dates) -> OwnSection:
        reason = phrase("overall.not_applicable", self.rng, about, dates)
        own = {axis: OwnGrade(not_applicable_because=reason) for axis in Axis}
        return OwnSection(grades=own)

    def _why_apart(self, pair: Pair, about: TextChild, dates: Dates) -> str:
        apart = pair.outcome - pair.practice
        if abs(apart) < 2:
            return ""
        kind = "overall.outcome_higher" if apart > 0 else "overall.outcome_lower"
        return phrase(kind, self.rng, about, dates)

    def _why_higher(self, lower: list[str], overall: int, about: TextChild, dates: Dates) -> str:
        """A reason that is true of the domains that are lower, where two or more are."""
        if len(lower) < 2:
            return ""
        if overall < 3:
            return self.rng.choice(WEAK_PRACTICE)
        fitting = [line for line in lines("overall.overall_higher") if _is_true(line, lower)]
        slots = compose.draw(self.rng, about, dates, 3)
        return compose.fill(self.rng.choice(fitting).say, slots, self.rng)

    def _child_now(self, child: Child, about: TextChild, own: Pair, dates: Dates) -> str:
        while True:
            text = compose.being_this_child(about, own.practice, own.outcome, self.rng)
            fitted = at_own_age(text, child, dates.last)
            if fitted:
                return fitted


def judged(child: Child, returned_on: date) -> Dates:
    """The months that an audit returned on a day judges, none of them before the case opened."""
    last = returned_on - timedelta(days=1)
    return Dates(max(last - JUDGED, child.opened_on), last)


def own_grades(pair: Pair, why_apart: str) -> dict[Axis, OwnGrade]:
    return {
        Axis.PRACTICE: OwnGrade(Grade(pair.practice)),
        Axis.OUTCOME: OwnGrade(Grade(pair.outcome), why_apart),
    }


def at_own_age(text: str, child: Child, on: date) -> str:
    """The text with the child's own age where it names another; "" where it can't be theirs."""
    years = child.years(on)
    if years is None:
        return text
    if MONTHS_OLD.search(text) or NOT_ONE in text:
        return _in_months(text, child, on) if years == 0 else ""
    named = AGE.search(text)
    if named is None:
        return text
    is_half = text[named.end() :].startswith(HALF)
    if abs(AGES[named[1]] - years) > (0 if is_half else NEAR_YEARS):
        return ""
    return text[: named.start(1)] + _years(years) + text[named.end(1) :]


def _in_months(text: str, child: Child, on: date) -> str:
    born = child.born_on or child.expected_on or on
    months = max(2, (on - born).days // 30)
    return MONTHS_OLD.sub(f"I'm {number(min(months, 11))} months old", text)


def _years(years: int) -> str:
    return number(years) if years <= 20 else f"twenty-{number(years - 20)}"


def _is_true(line: Line, lower: list[str]) -> bool:
    if line.say.startswith("The record and the review"):
        return set(lower) == {"A", "G"}
    if line.say.startswith("Two domains are lower and both are about paper"):
        return set(lower) <= {"A", "G"}
    return not line.say.startswith("Two") or len(lower) == 2
