"""How far a run has come, in the words of the person who waits for it."""

from dataclasses import dataclass
from typing import Final

from reporting.choices import RunStage
from reporting.models import ReportRun

STEPS: Final = (
    (RunStage.WAITING, "Find a free worker"),
    (RunStage.COUNTING, "Count the records"),
    (RunStage.DRAWING, "Draw the charts and tables"),
    (RunStage.PRINTING, "Make the PDF and store it"),
)


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """One line of the progress: its words, and "done", "now" or "waiting"."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A run's progress: `done` of `of` steps, and each of them."""

    steps: tuple[ProgressStep, ...]

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def of(self) -> int:
        return len(self.steps)


def progress_of(run: ReportRun) -> Progress:
    """The steps of an unfinished run as they stand; all done once it is published."""
    stages = [stage for stage, _ in STEPS]
    reached = len(STEPS) if run.published_at else stages.index(RunStage(run.stage))
    return Progress(
        tuple(ProgressStep(text, _state(place, reached)) for place, (_, text) in enumerate(STEPS))
    )


def _state(place: int, reached: int) -> str:
    if place == reached:
        return "now"
    return "done" if place < reached else "waiting"
