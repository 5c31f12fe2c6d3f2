"""The four grades as pages, charts and reports show them: the words and the names of their colours.

The scale itself belongs to the audits; here is only what a swatch or a bar needs to know of it.
"""

from dataclasses import dataclass

NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True, slots=True)
class GradeLook:
    """A grade as it is drawn. `slug` names its colour in the style sheets."""

    value: int
    word: str
    slug: str

    @property
    def short(self) -> str:
        """The word with soft hyphens, for the head of a narrow column."""
        return self.word.replace("Outst", "Out\u00adst").replace("Inadeq", "Inad\u00adeq")


GRADES = (
    GradeLook(4, "Outstanding", "outstanding"),
    GradeLook(3, "Good", "good"),
    GradeLook(2, "Requires improvement", "requires-improvement"),
    GradeLook(1, "Inadequate", "inadequate"),
)
"""Best first: the order of keys, columns and bars."""

_BY_VALUE = {grade.value: grade for grade in GRADES}


def look_of(value: int | None) -> GradeLook | None:
    """How the grade is drawn; None for "not applicable", which is no grade and has no colour.

    Raises ValueError for a number off the scale.
    """
    if value is None:
        return None
    if value not in _BY_VALUE:
        raise ValueError(f"{value} is no grade: the scale runs from 4, Outstanding, to 1.")
    return _BY_VALUE[value]
