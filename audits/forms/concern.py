"""A child may be unsafe now: the fewest fields that let someone act."""

from typing import Any

from django import forms

from audits.choices import SafetyJudgement
from audits.forms.safety import WORRY_HINT
from kit.fields import Lines
from kit.widgets import Radios


class ConcernForm(forms.Form):
    """How soon, and what worries you."""

    judgement = forms.ChoiceField(
        label="How soon must someone look?",
        choices=[
            (SafetyJudgement.NOT_SAFE, "At once: the child is not safe"),
            (SafetyJudgement.CHECK_TODAY, "Today: something must be checked"),
        ],
        widget=Radios,
        error_messages={"required": "Choose how soon someone must look."},
    )
    worry = Lines(
        label="What worries you?",
        help_text=WORRY_HINT,
        rows=6,
        missing="Say what worries you, so that someone can act on it.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class DoneForm(forms.Form):
    """What was done about a concern."""

    what_was_done = Lines(
        label="What was done?",
        help_text="What you did, who saw the child and when, and what happens next.",
        rows=5,
        missing="Say what was done, so that others can see it.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
