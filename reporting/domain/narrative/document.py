"""The sentences of a monthly report as they are kept, frozen with their figures."""

from dataclasses import dataclass
from typing import Any

from cattrs.preconf.json import make_converter

_CONVERTER = make_converter()


@dataclass(frozen=True)
class Fact:
    """One large figure, what it counts, and the counts behind it."""

    value: str
    label: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """Something that needs attention: said shortly, then with its figures."""

    lead: str
    text: str


@dataclass(frozen=True)
class Summary:
    """One page that can be read alone."""

    facts: tuple[Fact, ...]
    compared: str
    better: tuple[str, ...]
    not_better: tuple[str, ...]
    unknown: tuple[str, ...]
    attention: tuple[Point, ...]
    care: str


@dataclass(frozen=True)
class Passage:
    """What a section says: the finding, what belongs to it, and its figures' messages by code."""

    finding: str
    detail: str
    titles: dict[str, str]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Narrative:
    """Every sentence of a report that depends on its figures."""

    headline: str
    summary: Summary
    returns: Passage
    services: Passage
    levels: Passage
    grades: Passage
    own_grades: Passage
    domains: Passage
    axes: Passage
    moderation: Passage
    chosen: Passage
    learning: Passage
    safety: Passage
    re_audits: Passage
    actions: Passage

    def as_document(self) -> dict[str, Any]:
        """The sentences as plain JSON values, to be frozen on the Report."""
        document: dict[str, Any] = _CONVERTER.unstructure(self)
        return document

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Narrative":
        """The sentences as they were frozen."""
        return _CONVERTER.structure(document, cls)
