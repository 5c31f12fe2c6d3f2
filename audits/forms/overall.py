"""The overall judgement: a table of the sections above the choice, and no arithmetic."""

from typing import Any

from audits.forms.follow_up import FollowUpForm
from audits.forms.grades import GradesForm
from audits.forms.questions import QuestionsForm
from kit.fields import Lines

TEXTS = {"Z1": "child_now", "Z2": "first_step", "Z3": "to_celebrate"}


class OverallForm(QuestionsForm, GradesForm, FollowUpForm):
    """Overall grades and the three texts that stand on the version itself."""

    asked_elsewhere = tuple(TEXTS)
    why = "Why is the overall higher than the sections?"
    why_hint = (
        "Asked when two or more sections are lower than the overall, "
        "or when your two grades are two steps apart."
    )

    def __init__(self, *args: Any, version: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        labels = {
            "child_now": (
                "In three sentences: what is it like to be this child now, and what has our "
                "work changed?",
                4,
            ),
            "first_step": ("What must happen first?", 2),
            "to_celebrate": ("What one thing should we celebrate?", 2),
        }
        for name, (label, rows) in labels.items():
            self.fields[name] = Lines(
                label=label,
                required=False,
                rows=rows,
                initial=getattr(version, name),
            )
