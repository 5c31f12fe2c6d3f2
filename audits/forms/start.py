"""What an auditor confirms before the first draft is opened."""

from typing import Any

from django import forms

from audits.choices import Standing


class StartForm(forms.Form):
    """In a round of independent standing, that one is independent of the child's case."""

    def __init__(self, data: Any = None, *, standing: str, months: int) -> None:
        super().__init__(data, label_suffix="")
        if standing == Standing.INDEPENDENT:
            self.fields["is_independent"] = forms.BooleanField(
                label="I haven't worked with or decided about this child in the last "
                f"{months} months",
                help_text="The system has checked what it knows. You may know more.",
                error_messages={
                    "required": "Tick the box to confirm it. If it isn't so, choose “I can't do "
                    "this one”."
                },
            )
