"""The sentences of a monthly report, made from its figures and frozen beside them."""

from reporting.domain.narrative.document import Fact, Narrative, Passage, Point, Summary
from reporting.domain.narrative.telling import narrate

__all__ = ["Fact", "Narrative", "Passage", "Point", "Summary", "narrate"]
