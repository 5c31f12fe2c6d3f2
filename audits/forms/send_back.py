"""The question with which a returned audit goes back to its auditor."""

from typing import Any

from django import forms


class SendBackForm(forms.Form):
    """What the auditor should look at again."""

    reason = forms.CharField(
        label="What should the auditor look at again?",
        help_text="Ask one thing, and say where: “Section D: which visit shows that she was seen "
        "alone?” The auditor reads this first.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what the auditor should look at again."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
