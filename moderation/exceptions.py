"""What keeps a moderation from being committed."""

from collections.abc import Sequence

from audits.exceptions import Missing
from kit.exceptions import NotPossible


class IncompleteModeration(NotPossible):
    """Grades are missing; `missing` lists them in the order of the form."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        grades = "1 grade is" if len(missing) == 1 else f"{len(missing)} grades are"
        super().__init__(
            "incomplete", f"{grades} still missing. Give every grade, then commit them."
        )
        self.missing = list(missing)
