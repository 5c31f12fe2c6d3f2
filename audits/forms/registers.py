"""Looking for a case in a register, and taking its rows out as a file."""

from typing import Any

from django import forms

from audits.choices import ExportReason, FileFormat
from kit.widgets import Radios


class SearchForm(forms.Form):
    """A reference or initials. Sent by POST, so that it stands in no address, log or history."""

    text = forms.CharField(
        label="Case reference or initials",
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)


class ExportForm(forms.Form):
    """The file's format, and why it is needed where it names children."""

    format = forms.ChoiceField(
        label="Format", choices=FileFormat.choices, initial=FileFormat.XLSX, widget=Radios
    )
    reason = forms.ChoiceField(label="What is it for?", choices=ExportReason.choices, widget=Radios)

    def __init__(self, data: Any = None, *, needs_reason: bool) -> None:
        super().__init__(data, label_suffix="")
        if not needs_reason:
            del self.fields["reason"]
