"""Puts the sample texts together, the same for the same seed, with every slot filled.

Each function draws from the `Random` it is given and keeps nothing. `unlike` redraws until a text
is new, so that no two audits of a month say the same (tools.md section 16).
"""

import re
from collections.abc import Callable, Iterable
from random import Random
from typing import TypeVar

from reporting.demo.texts import (
    Line,
    Pair,
    SampleTextError,
    domain_pool,
    lines,
    read_actions,
    read_concerns,
)
from reporting.demo.texts.slots import Child, Dates, draw

CHOICE = re.compile(r"<([^<>]*)>")
# What I saw is meant to run from 25 to 140 words, about 70 as a rule (tools.md section 16): the
# least, most and usual length that a text aims at. At most so many sentences are put behind it.
AIM = (30.0, 125.0, 55.0)
MOST_EXTRAS = 3
REDRAWS = 400
INADEQUATE = 1

Texts = TypeVar("Texts", str, tuple[str, str])


def domain_text(
    domain_code: str,
    grade: int,
    band: str,
    plan: str,
    rng: Random,
    dates: Dates,
    *,
    outcome: int | None = None,
    pronoun: str | None = None,
) -> tuple[str, str]:
    """What I saw, and what difference it made, for a domain graded `grade` on practice.

    `outcome` is the grade on the other axis where it differs: the second text is then of that
    grade. `pronoun` ("she" or "he") keeps one child the same through all domains; None draws it.
    Raises SampleTextError if there is no text for such a child.
    """
    child = Child(band, plan, pronoun or rng.choice(("she", "he")))
    pool = domain_pool(domain_code)[grade]
    pair = _one(rng, _suited(pool.pairs, child), f"{domain_code} at grade {grade}")
    slots = draw(rng, child, dates, grade)
    saw = [fill(pair.saw.say, slots, rng)]
    for extra in _extras(rng, pair, pool.extras, child):
        saw.append(fill(extra.say, draw(rng, child, dates, grade), rng))
    made = _made(rng, domain_code, outcome or grade, child, dates)
    if outcome in (None, grade):
        made = [fill(pair.made.say, slots, rng), *made[: rng.choice((0, 1, 1, 1))]]
    return " ".join(saw), " ".join(made)


def short_text(
    domain_code: str,
    grade: int,
    band: str,
    plan: str,
    rng: Random,
    dates: Dates,
    *,
    pronoun: str | None = None,
) -> tuple[str, str]:
    """The two texts as an auditor writes them who says too little (8 to 20 words)."""
    child = Child(band, plan, pronoun or rng.choice(("she", "he")))
    pair = rng.choice(domain_pool(domain_code)[grade].short)
    slots = draw(rng, child, dates, grade)
    end = rng.choice(lines("overall.short_end")).say
    made = [fill(pair.made.say, slots, rng), *_made(rng, domain_code, grade, child, dates)]
    kept = rng.choice((slice(0, 1), slice(0, 2), slice(1, 2)))
    return fill(f"{pair.saw.say} {end}", slots, rng), " ".join(made[kept])


def being_this_child(child: Child, practice: int, outcome: int, rng: Random) -> str:
    """Three sentences or so in the child's voice: where I live, how it is, what our work did."""
    parts = (("where", None), ("now", outcome), ("work", practice))
    return " ".join(
        rng.choice(suited_lines(f"overall.{part}", child, grade)).say for part, grade in parts
    )


def phrase(kind: str, rng: Random, child: Child, dates: Dates, *, grade: int | None = None) -> str:
    """One text of a kind ("safety.safe", "moderation.supported") that suits child and grade."""
    line = rng.choice(suited_lines(kind, child, grade))
    return fill(line.say, draw(rng, child, dates, grade), rng)


def concern_text(rng: Random, child: Child, dates: Dates) -> tuple[str, str]:
    """A worry that must be checked today, and what was done about it the same day."""
    suited = [text for text in read_concerns() if text.worry.suits(child.band, child.plan)]
    text, slots = rng.choice(suited), draw(rng, child, dates, INADEQUATE)
    return fill(text.worry.say, slots, rng), fill(text.done, slots, rng)


def action_text(domain_code: str, rng: Random, child: Child, dates: Dates) -> tuple[str, str, int]:
    """An action for this child under a domain: what, what will be different, days to do it."""
    suited = [
        text
        for text in read_actions("child")
        if text.domain_code == domain_code and text.what.suits(child.band, child.plan)
    ]
    if not suited:
        raise SampleTextError(f"No action of domain {domain_code} suits {child}.")
    text, slots = rng.choice(suited), draw(rng, child, dates, INADEQUATE)
    return fill(text.what.say, slots, rng), fill(text.different, slots, rng), text.days


def suited_lines(kind: str, child: Child, grade: int | None = None) -> list[Line]:
    """The texts of a kind that are true for this child; SampleTextError if there are none."""
    suited = [line for line in lines(kind) if line.suits(child.band, child.plan, grade)]
    if not suited:
        raise SampleTextError(f"No text of {kind} suits {child} at grade {grade}.")
    return suited


def fill(text: str, slots: dict[str, str], rng: Random) -> str:
    """Choose within <this|that>, then put the values into the slots."""
    chosen = CHOICE.sub(lambda found: rng.choice(found.group(1).split("|")), text)
    try:
        return chosen.format_map(slots)
    except KeyError as missing:
        raise SampleTextError(f"No value for the slot {missing} in: {text}") from missing


def unlike(taken: set[str], make: Callable[[], Texts]) -> Texts:
    """What `make` gives, drawn again until none of its texts is in `taken`, to which they go.

    Raises SampleTextError when nothing new comes after REDRAWS draws.
    """
    for _ in range(REDRAWS):
        made = make()
        texts = {made} if isinstance(made, str) else set(made)
        if not texts & taken:
            taken |= texts
            return made
    raise SampleTextError(f"No new text in {REDRAWS} draws; the last was: {made}")


def _suited(pairs: Iterable[Pair], child: Child) -> list[Pair]:
    return [pair for pair in pairs if pair.saw.suits(child.band, child.plan)]


def _one(rng: Random, pairs: list[Pair], what: str) -> Pair:
    if not pairs:
        raise SampleTextError(f"No sample text for domain {what} suits this child.")
    return rng.choice(pairs)


def _extras(rng: Random, pair: Pair, extras: Iterable[Line], child: Child) -> list[Line]:
    """Further sentences, up to the length aimed at, on topics that no other sentence touches."""
    free = [
        extra
        for extra in extras
        if extra.suits(child.band, child.plan) and not extra.about & pair.saw.about
    ]
    words, aim, chosen = len(pair.saw.say.split()), rng.triangular(*AIM), []
    for extra in rng.sample(free, k=min(len(free), MOST_EXTRAS)):
        if words >= aim:
            break
        chosen.append(extra)
        words += len(extra.say.split())
    return chosen


def _made(rng: Random, domain_code: str, outcome: int, child: Child, dates: Dates) -> list[str]:
    """Two sentences on the outcome that stand without a pair."""
    pool = domain_pool(domain_code)[outcome].made
    chosen = rng.sample([line for line in pool if line.suits(child.band, child.plan)], k=2)
    return [fill(line.say, draw(rng, child, dates, outcome), rng) for line in chosen]
