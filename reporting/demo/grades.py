"""The grades of each domain around an overall one (tools.md section 16).

Oversight, plans and record come out weakest, where the child lives strongest. The outcome equals
the practice in about 60 %, is one higher in 25 %, one lower in 13 % and two apart in 2 %.
"""

from dataclasses import dataclass
from random import Random

from cases.choices import PlanKind
from reporting.demo.chance import one
from reporting.demo.children import Child

DOMAINS = "ABCDEFGH"
OVERALL = "Z"
MOST_LOWER = 2
# By domain: how likely it is one lower, and one higher, than the overall.
AROUND = dict.fromkeys("BDEG", (0.14, 0.2)) | {
    "A": (0.32, 0.1),
    "C": (0.34, 0.08),
    "F": (0.05, 0.42),
    "H": (0.36, 0.08),
}
OUTCOME = {0: 60, 1: 25, -1: 13, 2: 1, -2: 1}
IN_CARE = {0: 57, 1: 34, -1: 7, 2: 1, -2: 1}


@dataclass(frozen=True)
class Pair:
    """The grades of one domain on both axes."""

    practice: int
    outcome: int

    @property
    def is_weak(self) -> bool:
        return min(self.practice, self.outcome) < 3


def draw_grades(rng: Random, overall: int, child: Child) -> dict[str, Pair | None]:
    """Each domain's grades and the overall's; None where the domain does not apply."""
    shifts = IN_CARE if child.plan_kind == PlanKind.IN_CARE else OUTCOME
    practice = _practice(rng, overall)
    pairs: dict[str, Pair | None] = {
        code: Pair(grade, _outcome(rng, grade, shifts)) for code, grade in practice.items()
    }
    if child.plan_kind == PlanKind.ASSESSMENT:
        pairs["F"] = None
    outcome = _outcome(rng, overall, shifts)
    if outcome < 3 and not any(pair.is_weak for pair in pairs.values() if pair):
        # A weak outcome shows in some section; the plan is where it shows first.
        pairs["C"] = Pair(practice["C"], outcome)
    pairs[OVERALL] = Pair(overall, outcome)
    return pairs


def draw_regrades(
    rng: Random, own: dict[str, Pair | None], moderated: int
) -> dict[str, Pair | None]:
    """A moderator's grades beside the auditor's, whose overall is `moderated` on practice."""
    lower = {code for code, pair in own.items() if pair and pair.practice > 1}
    overall = own[OVERALL]
    is_lower = overall is not None and moderated < overall.practice
    count = rng.choice((2, 3, 3, 4)) if is_lower else rng.choice((0, 0, 1, 2))
    changed = set(rng.sample(sorted(lower - {OVERALL}), k=min(count, len(lower - {OVERALL}))))
    pairs = {code: _lower(pair) if code in changed else pair for code, pair in own.items()}
    if overall is not None:
        pairs[OVERALL] = Pair(moderated, overall.outcome)
    return pairs


def lower_codes(grades: dict[str, Pair | None], axis: str) -> list[str]:
    """The domains below the overall on an axis ("practice" or "outcome")."""
    top = getattr(grades[OVERALL], axis)
    pairs = ((code, pair) for code, pair in grades.items() if pair)
    return [code for code, pair in pairs if getattr(pair, axis) < top]


def _practice(rng: Random, overall: int) -> dict[str, int]:
    grades = {}
    for code in DOMAINS:
        down, up = AROUND[code]
        shift = one(rng, {-1: down, 1: up, 0: 1 - down - up})
        grades[code] = min(4, max(1, overall + shift))
    lower = [code for code in DOMAINS if grades[code] < overall]
    for code in rng.sample(lower, max(0, len(lower) - MOST_LOWER)):
        grades[code] = overall
    if overall < 3 and min(grades.values()) >= 3:
        grades["H"] = overall
    return grades


def _outcome(rng: Random, practice: int, shifts: dict[int, int]) -> int:
    return min(4, max(1, practice + one(rng, shifts)))


def _lower(pair: Pair | None) -> Pair | None:
    return pair and Pair(pair.practice - 1, pair.outcome)
