"""The question with which a returned audit goes back to its auditor."""

from typing import Any

from django import forms

from kit.fields import Lines


class SendBackForm(forms.Form):
    """What the auditor should look at again."""

    reason = Lines(
        label="What should the auditor look at again?",
        help_text="Ask one thing, and say where: “Section D: which visit shows that she was seen "
        "alone?” The auditor reads this first.",
        rows=4,
        missing="Say what the auditor should look at again.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
