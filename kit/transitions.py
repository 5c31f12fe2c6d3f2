"""One transition table an object has: which step is possible in which state.

States are derived from moments on the row, never stored; the table says what a verb may do in
each, and docs/states.md is drawn from all tables (`manage.py draw_states`).
"""

from dataclasses import dataclass

from kit.exceptions import NotPossible


@dataclass(frozen=True)
class Step:
    """A verb that takes a thing from one of some states to another."""

    verb: str
    starts: tuple[str, ...]
    ends: str


@dataclass(frozen=True)
class TransitionTable:
    """The life of one kind of record: its states in words, and the steps between them."""

    name: str
    words: dict[str, str]
    steps: tuple[Step, ...]

    def check(self, state: str, verb: str) -> None:
        """Raise NotPossible, in words for the person asking, unless `verb` is possible now."""
        starts = [start for step in self.steps if step.verb == verb for start in step.starts]
        if state in starts:
            return
        possible = " or ".join(dict.fromkeys(self.words[start] for start in starts))
        raise NotPossible(
            f"{verb}_not_possible",
            f"This {self.name} is {self.words[state]}. "
            f"That step is possible only when it is {possible}.",
        )

    def allows(self, state: str, verb: str) -> bool:
        return any(step.verb == verb and state in step.starts for step in self.steps)
