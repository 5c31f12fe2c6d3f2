"""Who was asked and what they said, in the shares of tools.md section 16.

The conversation with the worker is held in 80 % of audits; the child asked in 45 % and answers in
30 %; a parent 35 and 25. Whoever was not asked, there is a reason.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from audits.choices import ContributionSource, ContributionState
from audits.domain.sections import OwnContribution
from cases.choices import PlanKind
from reporting.demo.chance import deck, one
from reporting.demo.children import Child
from reporting.demo.texts.compose import phrase
from reporting.demo.texts.slots import Dates

SPOKEN, WRITTEN, DECLINED, NOT_ASKED = (
    ContributionState.SPOKEN_TO,
    ContributionState.IN_WRITING,
    ContributionState.DECLINED,
    ContributionState.NOT_ASKED,
)
# Per cent of all audits.
SHARES = {
    ContributionSource.WORKER: {SPOKEN: 74, WRITTEN: 6, NOT_ASKED: 20},
    ContributionSource.MANAGER: {SPOKEN: 68, WRITTEN: 8, NOT_ASKED: 24},
    ContributionSource.CHILD: {SPOKEN: 24, WRITTEN: 6, DECLINED: 15, NOT_ASKED: 55},
    ContributionSource.PARENT: {SPOKEN: 22, WRITTEN: 3, DECLINED: 10, NOT_ASKED: 65},
    ContributionSource.CARER: {SPOKEN: 50, WRITTEN: 8, DECLINED: 4, NOT_ASKED: 38},
    ContributionSource.REVIEWER: {SPOKEN: 32, WRITTEN: 22, NOT_ASKED: 46},
}
TOO_YOUNG = ("unborn", "baby")
# The answers of the tool's own questions that say the same.
ASKED = {SPOKEN: "spoken_to", WRITTEN: "in_record", DECLINED: "declined", NOT_ASKED: "not_asked"}


class Voices:
    """States of asking, dealt out so that the shares come out; later audits draw by chance."""

    def __init__(self, seed: int, children: list[tuple[Child, date]]) -> None:
        self.rng = Random(f"voices {seed}")
        asked = [child.for_texts(day).band not in TOO_YOUNG for child, day in children]
        self.decks: dict[ContributionSource, list[ContributionState]] = {}
        for source in (ContributionSource.WORKER, ContributionSource.CHILD):
            count = sum(asked) if source == ContributionSource.CHILD else len(children)
            self.decks[source] = self._deck(source, len(children), count)
        parents = [child.plan_kind != PlanKind.LEAVING_CARE for child, _ in children]
        source = ContributionSource.PARENT
        self.decks[source] = self._deck(source, len(children), sum(parents))

    def contributions(
        self, child: Child, dates: Dates, grade: int, *, is_dealt: bool
    ) -> dict[ContributionSource, OwnContribution]:
        """One for each source that there is for this child."""
        return {
            source: self._one(source, child, dates, grade, is_dealt)
            for source in self._sources(child, dates.last)
        }

    def _sources(self, child: Child, on: date) -> Iterator[ContributionSource]:
        yield from (
            ContributionSource.WORKER,
            ContributionSource.MANAGER,
            ContributionSource.CHILD,
        )
        if child.plan_kind != PlanKind.LEAVING_CARE:
            yield ContributionSource.PARENT
        if child.plan_kind == PlanKind.IN_CARE:
            yield ContributionSource.CARER
        if child.plan_kind in (PlanKind.IN_CARE, PlanKind.PROTECTION):
            yield ContributionSource.REVIEWER

    def _one(
        self,
        source: ContributionSource,
        child: Child,
        dates: Dates,
        grade: int,
        is_dealt: bool,
    ) -> OwnContribution:
        about = child.for_texts(dates.last)
        state = self._state(source, about.band, is_dealt)
        kind = f"people.{source.value}"
        if state == NOT_ASKED:
            kind = f"people.not_asked_{source.value}"
            return OwnContribution(state, reason=phrase(kind, self.rng, about, dates))
        on = dates.last - timedelta(days=self.rng.randrange(6))
        if state == DECLINED:
            reason = phrase("people.declined", self.rng, about, dates)
            return OwnContribution(state, reason=reason, held_on=on)
        words = phrase(kind, self.rng, about, dates, grade=grade)
        return OwnContribution(state, held_on=on, words=words)

    def _state(self, source: ContributionSource, band: str, is_dealt: bool) -> ContributionState:
        if source == ContributionSource.CHILD and band in TOO_YOUNG:
            return NOT_ASKED
        if is_dealt and self.decks.get(source):
            return self.decks[source].pop()
        return one(self.rng, SHARES[source])

    def _deck(self, source: ContributionSource, of: int, count: int) -> list[ContributionState]:
        """So many states that those asked are their share of all `of` audits."""
        shares = SHARES[source]
        counts = {state: round(of * shares[state] / 100) for state in shares if state != NOT_ASKED}
        counts[NOT_ASKED] = max(0, count - sum(counts.values()))
        return deck(self.rng, counts)


def people_answers(
    given: dict[ContributionSource, OwnContribution], would_help: str
) -> dict[str, str]:
    """The people section's own questions, answered as the contributions say."""
    states = {source: own.state for source, own in given.items()}
    worker = {SPOKEN: "together", WRITTEN: "writing"}.get(
        states[ContributionSource.WORKER], "not_held"
    )
    manager = states[ContributionSource.MANAGER] in (SPOKEN, WRITTEN)
    reviewer = states.get(ContributionSource.REVIEWER) in (SPOKEN, WRITTEN)
    carer = states.get(ContributionSource.CARER)
    return {
        "PEO1": worker,
        "PEO2": "yes" if manager else "no",
        "PEO3": ASKED[states[ContributionSource.CHILD]],
        "PEO4": ASKED[states.get(ContributionSource.PARENT, NOT_ASKED)],
        "PEO5": ASKED[carer] if carer else "not_applicable",
        "PEO6": "iro" if reviewer else "none",
        "PEO7": would_help,
    }
